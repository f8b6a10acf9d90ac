import Conversation
import ConversationStore
import Testing

@Suite struct MessageStorageTests {
  /// A message with every field that there is.
  static let fullReply: Message = {
    var reply = ReplyDetails(model: "gpt-4o", provider: "openai")
    reply.isRefusal = true
    reply.finishReason = .other("eos")
    reply.usage = TokenUsage(prompt: 11, completion: 7, cached: 5, reasoning: 3)
    reply.systemFingerprint = "fp_1"
    reply.milliseconds = 1234
    var message = Message.new(3, after: 2, .assistant, "图 \u{0} \n'\"", status: .stopped)
    message.parts.insert(.reasoning("Let me look.\n"), at: 0)
    message.omission = .pictures
    message.reply = reply
    return message
  }()

  static let withPictures: Message = {
    var message = Message.new(2, after: 1, .user, "")
    message.parts = [
      .text("a"),
      .picture(PictureReference(source: .stored(.new("ab12")), name: "a.png", detail: .high)),
      .text(""),
      .picture(
        PictureReference(source: .remote("https://e.org/b.png"), name: "b", detail: .auto)),
    ]
    return message
  }()

  @Test func `A message that comes behind its answer leaves the answer in use`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.save(.new(1000))
      let id = ConversationID(rawValue: 1000)
      for message in [
        Message.new(1, after: nil, "One"), .new(3, after: 2, .assistant, "Answer"),
        .new(2, after: 1, "Late"),
      ] {
        _ = try await store.append(message, to: id)
      }
      try await store.close()
      let loaded = try await openStore(folder).load(id)
      #expect(loaded.messages.path.map(\.text) == ["One", "Late", "Answer"])
    }
  }

  @Test(arguments: [
    Message.new(2, after: 1, "plain"), Message.new(2, after: 1, .system, ""),
    Message.new(2, after: 1, "unsent", status: .unsent), fullReply, withPictures,
  ])
  func `A message is read back as it was written`(_ message: Message) async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.save(.new(1000))
      #expect(try await store.append(.new(1, "start"), to: .new(1000)) == .inLine)
      #expect(try await store.append(message, to: .new(1000)) == .inLine)
      try await store.close()
      let loaded = try await openStore(folder).load(.new(1000))
      #expect(loaded.messages[message.id] == message)
      #expect(loaded.messages.leaf == message.id)
    }
  }

  @Test func `What changed in a message is read back, its place stays`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, saying: "one", "two")])
      var changed = Self.withPictures
      changed = Message(
        id: MessageID(rawValue: 12), parent: nil, role: .assistant, parts: changed.parts,
        created: Timestamp(milliseconds: 12), status: .cutOff)
      changed.omission = .all
      try await store.update(changed)
      changed.parent = MessageID(rawValue: 11)
      #expect(try await store.load(.new(10)).messages[changed.id] == changed)
    }
  }

  @Test func `A message that is not stored cannot be changed or extended`() async throws {
    try await withStore { store in
      let error = StoreError.unknownMessage(MessageID(rawValue: 5))
      await #expect(throws: error) { try await store.update(.new(5, "x")) }
      await #expect(throws: error) {
        try await store.extend(MessageID(rawValue: 5), by: [PartFragment(ordinal: 0, text: "x")])
      }
    }
  }

  @Test func `A message for a conversation that is not there is refused`() async throws {
    try await withStore { store in
      await #expect(throws: StoreError.notFound("77")) {
        _ = try await store.append(.new(5, "x"), to: .new(77))
      }
    }
  }

  @Test func `The same message is stored once, another is never overwritten`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, saying: "one")])
      let message = Message.new(20, after: 11, .assistant, "two")
      _ = try await store.append(message, to: .new(10))
      #expect(try await store.append(message, to: .new(10)) == .inLine)
      #expect(try await store.summaries().first?.messageCount == 2)
      await #expect(throws: StoreError.duplicate(message.id.rawValue)) {
        _ = try await store.append(.new(20, after: nil, "other"), to: .new(10))
      }
      #expect(try await store.load(.new(10)).messages[message.id]?.text == "two")
    }
  }

  @Test func `A reply in flight is read with all that has come, as cut off`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, saying: "one")])
      _ = try await store.append(.streaming(20, after: 11), to: .new(10))
      try await store.extend(
        MessageID(rawValue: 20),
        by: [
          PartFragment(ordinal: 0, kind: .reasoning, text: "hm"),
          PartFragment(ordinal: 1, text: "Hel"),
        ])
      try await store.extend(
        MessageID(rawValue: 20),
        by: [
          PartFragment(ordinal: 1, text: "lo"),
          PartFragment(ordinal: 2, kind: .reasoning, text: "m"),
        ])
      let reply = try await store.load(.new(10)).messages[MessageID(rawValue: 20)]
      #expect(reply?.text == "Hello")
      #expect(reply?.reasoning == "hm\n\nm")
      #expect(reply?.status == .cutOff)
    }
  }

  @Test func `A finished reply takes the place of its pieces`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, saying: "one")])
      var reply = Message.streaming(20, after: 11)
      _ = try await store.append(reply, to: .new(10))
      try await store.extend(reply.id, by: [PartFragment(ordinal: 0, text: "Hel")])
      reply.parts = [.text("Hello")]
      reply.status = .complete
      try await store.update(reply)
      #expect(try await store.load(.new(10)).messages[reply.id] == reply)
    }
  }

  @Test func `A reply goes on where it stood when another program reads it`() async throws {
    try await withStoreFolder { folder in
      let writer = try openStore(folder)
      try await writer.insert([.new(10, saying: "one")])
      _ = try await writer.append(.streaming(20, after: 11), to: .new(10))
      try await writer.extend(MessageID(rawValue: 20), by: [PartFragment(ordinal: 0, text: "Hel")])
      let reader = try openStore(folder)
      #expect(try await reader.load(.new(10)).messages.path.last?.text == "Hel")
      try await writer.extend(MessageID(rawValue: 20), by: [PartFragment(ordinal: 0, text: "lo")])
      #expect(try await reader.load(.new(10)).messages.path.last?.text == "Hello")
    }
  }
}

extension ConversationID {
  static func new(_ id: Int64) -> ConversationID { ConversationID(rawValue: id) }
}
