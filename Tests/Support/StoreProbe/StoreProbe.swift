import Conversation
import ConversationStore
import Foundation
import SampleValues

/// Writes to a store without end, and says of each thing when it is stored, for a test that kills
/// it.
///
/// The folder is the first argument; the second makes the run's identifiers differ from another's.
/// A line says what the store has answered for: `message ID`, `reply ID LENGTH`, `done ID LENGTH`
/// or `picture DIGEST`.
///
/// With `salvage` as the second argument it saves what was set aside in the folder, as the program
/// does at its start, and ends; with `upgrade` it opens the store and ends.
@main
struct StoreProbe {
  private let store: ConversationStore
  private let conversation: ConversationID
  private var ids: IdentifierSource
  private var leaf: MessageID?

  static func main() async throws {
    let arguments = CommandLine.arguments
    let now = Timestamp(milliseconds: 1_700_000_000_000)
    if arguments[2] == "upgrade" {
      _ = try ConversationStore(folder: arguments[1], now: now)
      return
    }
    if arguments[2] == "salvage" { return try await salvage(in: arguments[1], now: now) }
    var ids = IdentifierSource(entropy: UInt64(arguments[2]) ?? 0)
    let store = try ConversationStore(folder: arguments[1], now: now)
    let conversation = Conversation(id: ids.next(at: now), created: now)
    try await store.save(conversation)
    var probe = StoreProbe(store: store, conversation: conversation.id, ids: ids, leaf: nil)
    while true { try await probe.exchange(at: now) }
  }

  private static func salvage(in folder: String, now: Timestamp) async throws {
    let store = try ConversationStore(folder: folder, now: now)
    for file in try store.unfinishedSalvages() { _ = try await store.salvage(from: file) }
    try await store.close()
  }

  /// Stores a picture, a question that shows it, and an answer that grows.
  private mutating func exchange(at time: Timestamp) async throws {
    let id: MessageID = ids.next(at: time)
    let digest = Digest.sample(String(id.rawValue, radix: 16))
    let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: id.rawValue), count: 30_000)
    try store.pictures.keep(bytes, as: digest)
    say("picture \(digest.rawValue)")
    let picture = StoredPicture(
      digest: digest, format: .png, size: PixelSize(width: 1, height: 1),
      byteCount: ByteCount(bytes.count))
    let reference = PictureReference(source: .stored(picture), name: "p", detail: .auto)
    let question = Message(
      id: id, parent: leaf, role: .user, parts: [.text("question \(id)"), .picture(reference)],
      created: time)
    _ = try await store.append(question, to: conversation)
    say("message \(id)")
    leaf = try await answer(question.id, at: time)
  }

  private mutating func answer(_ question: MessageID, at time: Timestamp) async throws -> MessageID
  {
    var reply = Message(
      id: ids.next(at: time), parent: question, role: .assistant, parts: [], created: time,
      status: .streaming)
    _ = try await store.append(reply, to: conversation)
    say("message \(reply.id)")
    let piece = "ten chars "
    for count in 1...5 {
      try await store.extend(reply.id, by: [PartFragment(ordinal: 0, text: piece)])
      say("reply \(reply.id) \(count * piece.count)")
    }
    reply.parts = [.text(String(repeating: piece, count: 5))]
    reply.status = .complete
    try await store.update(reply)
    say("done \(reply.id) \(piece.count * 5)")
    return reply.id
  }

  private func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}
