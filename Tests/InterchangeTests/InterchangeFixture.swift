import Conversation
import Files
import Foundation
import Interchange
import SampleValues

/// A folder that is removed afterwards.
func withFolder(_ body: (String) throws -> Void) throws {
  let url = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  try body(url.path)
}

func write(_ text: String, to path: String) throws {
  try Data(text.utf8).write(to: URL(filePath: path))
}

func read(_ path: String) throws -> String {
  try String(contentsOf: URL(filePath: path), encoding: .utf8)
}

/// Bytes that the tests take for a picture: they begin with `P`.
let pictureBytes = Data("P\u{0}icture".utf8)

/// The digest that the tests give to bytes: their letters and digits.
func digest(of bytes: [UInt8]) -> Digest {
  .sample(String(decoding: bytes, as: UTF8.self).filter { $0.isLetter || $0.isNumber })
}

/// The picture that ``pictureBytes`` is.
let picture = StoredPicture(
  digest: Digest.sample("Picture"), format: .png, size: PixelSize(width: 2, height: 1),
  byteCount: 8)

/// What a file gave.
struct Import {
  var conversations: [Conversation] = []
  var loss = ImportLoss()
}

/// An importer at the second 1000 that takes for pictures what begins with `P`.
struct SampleImporter {
  var allowed: [String] = []
  var now = Timestamp(milliseconds: 1_000_000)

  func read(_ path: String) throws(InterchangeError) -> Import {
    let keepFile: FileKeeper = { digest(of: $0) }
    let importer = Importer(
      now: now, path: path, allowing: allowed, keepFile: keepFile
    ) { bytes, _ in
      guard bytes.first == UInt8(ascii: "P") else { return nil }
      var kept = picture
      kept.digest = digest(of: bytes)
      kept.byteCount = ByteCount(bytes.count)
      return kept
    }
    var source = try ImportedConversations(path, importer)
    var result = Import()
    while let conversation = try source.next() { result.conversations.append(conversation) }
    result.loss = source.loss
    return result
  }
}

/// Where the tests' picture stands in `folder`; made there.
func pictureFile(in folder: String) throws -> PictureFinder {
  let path = folder + "/original"
  try pictureBytes.write(to: URL(filePath: path))
  return { stored in
    stored.digest == picture.digest ? ExportedPicture(path: path, format: stored.format) : nil
  }
}

extension Message {
  static func new(
    _ id: Int64, after parent: Int64? = nil, _ role: Role, _ parts: ContentPart...
  ) -> Message {
    Message(
      id: MessageID(rawValue: id), parent: parent.map { MessageID(rawValue: $0) }, role: role,
      parts: parts, created: Timestamp(milliseconds: 1_700_000_000_000))
  }
}

extension Conversation {
  /// A conversation with everything in it that a conversation can hold.
  static let full: Conversation = {
    var conversation = Conversation(
      id: ConversationID(rawValue: 1), created: Timestamp(milliseconds: 1_700_000_000_000))
    conversation.name = "Brücke 桥"
    conversation.instructions = "Be <brief> & *kind*."
    conversation.model = "gpt-4o"
    conversation.provider = "openai"
    conversation.parameters.temperature = 0.1
    conversation.parameters.seed = .min
    conversation.parameters.stop = ["\u{0}", "a\"b"]
    conversation.parameters.responseFormat = .jsonSchema(name: "n", schema: "{\"a\": 1}")
    conversation.draft.text = "half"
    conversation.draft.pictures = [
      PictureReference(source: .stored(picture), name: "p", detail: .low)
    ]
    var question = Message.new(
      2, .user, .text("What <b>is</b> this?\nLook."),
      .picture(PictureReference(source: .stored(picture), name: "a [1].png", detail: .high)),
      .picture(
        PictureReference(
          source: .remote("https://e.org/x?a=1&b=2"), name: "walk", detail: .auto)))
    question.omission = .pictures
    conversation.messages.append(question)
    var details = ReplyDetails(model: "gpt-4o", provider: "openai")
    details.finishReason = .length
    details.usage = TokenUsage(prompt: 4, completion: 3, cached: 2, reasoning: 1)
    details.milliseconds = 12
    for (id, text, status) in [
      (3, "It is a **bridge**.", Message.Status.complete), (4, "A *walk*", .stopped),
    ] {
      var reply = Message.new(Int64(id), after: 2, .assistant, .reasoning("hm"), .text(text))
      reply.status = status
      reply.reply = details
      conversation.messages.append(reply)
    }
    conversation.messages.select(leaf: MessageID(rawValue: 4))
    return conversation
  }()
}
