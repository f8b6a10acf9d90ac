import Conversation
import Files

extension Importer {
  /// Gives `take` the conversations of ChatGPT's export, with their branches, one by one: an export
  /// of years is larger than what memory should hold.
  ///
  /// False where the file is of another kind; nothing was taken then.
  mutating func chatGPT(
    _ path: String, _ take: (Conversation) throws -> Void
  ) throws -> Bool {
    var elements = try Self.elements(of: path)
    guard let first = try Self.next(&elements), FileSample(first)?.isChatGPT == true else {
      return false
    }
    let files = (try? FileSystem.names(in: folder)) ?? []
    var element: [UInt8]? = first
    var number = 1
    while let bytes = element {
      try take(conversation(from: try exported(in: bytes, number, of: path), files: files))
      element = try Self.next(&elements)
      number += 1
    }
    guard elements.isClosed else { throw InterchangeError.malformed(path: path, place: "JSON") }
    return true
  }

  private static func elements(of path: String) throws(InterchangeError) -> ArrayElements {
    do throws(FileError) {
      return try ArrayElements(path)
    } catch {
      throw .unreadable(error)
    }
  }

  private static func next(_ elements: inout ArrayElements) throws(InterchangeError) -> [UInt8]? {
    do throws(FileError) {
      return try elements.next()
    } catch {
      throw .unreadable(error)
    }
  }

  private func exported(
    in bytes: [UInt8], _ number: Int, of path: String
  ) throws(InterchangeError) -> ChatGPTConversation {
    do {
      return try decode(ChatGPTConversation.self, in: bytes, of: path)
    } catch {
      guard case .malformed(_, let place) = error else { throw error }
      throw .malformed(path: path, place: "\(number) \(place)")
    }
  }

  private mutating func conversation(
    from exported: ChatGPTConversation, files: [String]
  ) -> Conversation {
    let created = exported.created.map(Timestamp.init(seconds:)) ?? now
    var conversation = Conversation(id: ids.next(at: created), created: created)
    conversation.name = exported.title.flatMap { $0.isEmpty ? nil : $0 }
    var messages: [Message] = []
    /// The nearest message at or above each node that has been visited.
    var nearest: [String: MessageID] = [:]
    var waiting = exported.nodes.filter { exported.nodes[$0.value.parent ?? ""] == nil }
      .map(\.key).sorted()
    while let key = waiting.popLast(), let node = exported.nodes[key] {
      let parent = node.parent.flatMap { nearest[$0] }
      nearest[key] = parent
      if let entry = node.message,
        let message = message(from: entry, after: parent, at: created, files: files)
      {
        messages.append(message)
        nearest[key] = message.id
        conversation.model = message.reply?.model ?? conversation.model
      }
      waiting += (node.children ?? []).reversed().filter { nearest[$0] == nil }
    }
    let leaf = exported.current.flatMap { nearest[$0] } ?? messages.last?.id
    conversation.messages = MessageTree(messages: messages, leaf: leaf)
    return conversation
  }

  /// The message, or nil where it is one of tools, of the program's own, or empty.
  private mutating func message(
    from entry: ChatGPTConversation.Entry, after parent: MessageID?, at start: Timestamp,
    files: [String]
  ) -> Message? {
    guard let role = Role(wireName: entry.role),
      ["text", "multimodal_text", "code"].contains(entry.contentType)
    else {
      leftOut += 1
      return nil
    }
    let parts = entry.parts.compactMap { part(from: $0, files: files) }
    if parts.isEmpty { return nil }
    let created = entry.created.map(Timestamp.init(seconds:)) ?? start
    return Message(
      id: ids.next(at: created), parent: parent, role: role, parts: parts, created: created,
      reply: role == .assistant
        ? ReplyDetails(model: entry.model ?? "", provider: "ChatGPT") : nil)
  }

  private mutating func part(
    from part: ChatGPTConversation.Part, files: [String]
  ) -> ContentPart? {
    switch part {
    case .text(let text): return text.isEmpty ? nil : .text(text)
    case .picture(let name):
      let file = files.first { $0.hasPrefix(name) }
      return picture(file.flatMap { Self.bytes(at: folder + "/" + $0) }, name: file)
    case .other:
      leftOut += 1
      return nil
    }
  }

  private static func bytes(at path: String) -> [UInt8]? {
    do throws(FileError) {
      var source = try FileSource(path)
      return try source.readToEnd()
    } catch {
      return nil
    }
  }
}

extension Timestamp {
  fileprivate init(seconds: Double) {
    let milliseconds = (seconds * 1000).rounded()
    self.init(milliseconds: Int64(exactly: milliseconds) ?? 0)
  }
}
