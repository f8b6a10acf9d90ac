import Conversation
import ConversationStore
import Foundation
import SampleValues
import Testing

/// Where the stores are: in memory, where the system has room for files there.
///
/// Hundreds are opened, each of which waits for a disk many times; what a kill leaves is the same.
private let storesFolder: URL = {
  var status = statvfs()
  let isThere = statvfs("/dev/shm", &status) == 0 && access("/dev/shm", W_OK) == 0
  let isRoomy = UInt64(status.f_bavail) * UInt64(status.f_frsize) > 1 << 29
  return isThere && isRoomy
    ? URL(filePath: "/dev/shm") : FileManager.default.temporaryDirectory
}()

/// A folder for a store, which is removed afterwards.
func withStoreFolder(
  _ body: (String) async throws -> Void
) async throws {
  let url = storesFolder.appending(path: "store-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: url) }
  try await body(url.path)
}

/// A store that is new and open.
func withStore(
  _ body: (ConversationStore) async throws -> Void
) async throws {
  try await withStoreFolder { try await body(try openStore($0)) }
}

/// Opens the store in `folder`.
func openStore(
  _ folder: String, patience: Duration = .seconds(10), pageLimit: Int? = nil
) throws(StoreError) -> ConversationStore {
  var settings = ConversationStore.Settings()
  settings.patience = patience
  settings.pageLimit = pageLimit
  return try ConversationStore(
    folder: folder, settings: settings, now: Timestamp(milliseconds: 1_700_000_000_000))
}

/// The path of the database in a store's folder.
func databasePath(_ folder: String) -> String { folder + "/iris.sqlite" }

extension Conversation {
  /// A conversation with no messages yet.
  static func new(_ id: Int64, name: String? = nil) -> Conversation {
    var conversation = Conversation(
      id: ConversationID(rawValue: id), created: Timestamp(milliseconds: id))
    conversation.name = name.map { Label($0) }
    return conversation
  }

  /// A conversation of user and assistant messages in turn, whose identifiers follow its own.
  static func new(_ id: Int64, name: String? = nil, saying texts: String...) -> Conversation {
    var conversation = new(id, name: name)
    for (index, text) in texts.enumerated() {
      let parent = conversation.messages.leaf?.rawValue
      let message = Message.new(
        id + Int64(index) + 1, after: parent, index % 2 == 0 ? .user : .assistant, text)
      conversation.messages.append(message)
    }
    return conversation
  }
}

extension Message {
  /// A message created at the millisecond of its identifier.
  static func new(
    _ id: Int64, after parent: Int64? = nil, _ role: Role, _ text: String,
    status: Message.Status = .complete
  ) -> Message {
    Message(
      id: MessageID(rawValue: id), parent: parent.map { MessageID(rawValue: $0) }, role: role,
      parts: text.isEmpty ? [] : [.text(text)], created: Timestamp(milliseconds: id),
      status: status)
  }

  /// A user's message.
  static func new(
    _ id: Int64, after parent: Int64? = nil, _ text: String, status: Message.Status = .complete
  ) -> Message {
    new(id, after: parent, .user, text, status: status)
  }

  /// A reply that is arriving, with nothing of it there yet.
  static func streaming(_ id: Int64, after parent: Int64?) -> Message {
    var message = new(id, after: parent, .assistant, "", status: .streaming)
    message.reply = ReplyDetails(model: "m", provider: "p")
    return message
  }
}

extension StoredPicture {
  /// A picture of four bytes.
  static func new(_ digest: String, byteCount: ByteCount = 4) -> StoredPicture {
    StoredPicture(
      digest: Digest.sample(digest), format: .png,
      size: PixelSize(width: 2, height: 1), byteCount: byteCount)
  }
}
