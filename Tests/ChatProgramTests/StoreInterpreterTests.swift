import ChatEngine
import ChatProgram
import Conversation
import Foundation
import Language
import Testing

/// What becomes of effects of the store, on a real one; each test holds what a user would lose.
@Suite(.timeLimit(.minutes(2))) struct StoreInterpreterTests {
  private let effects: RunningEffects

  init() throws { effects = try RunningEffects() }

  private static func message(
    _ id: Int64, _ text: String, after parent: Int64? = nil,
    status: Message.Status = .complete
  ) -> Message {
    Message(
      id: MessageID(rawValue: id), parent: parent.map { MessageID(rawValue: $0) },
      role: parent == nil ? .user : .assistant, parts: [.text(text)],
      created: Timestamp(milliseconds: 0), status: status)
  }

  private static func conversation(_ id: Int64, _ messages: Message...) -> Conversation {
    var conversation = Conversation(
      id: ConversationID(rawValue: id), created: Timestamp(milliseconds: 0))
    for message in messages { conversation.messages.append(message) }
    return conversation
  }

  private static let talk = conversation(7, message(10, "Why is the sky blue?"))

  /// Stores conversations as copies.
  private func insert(_ conversations: Conversation...) async throws {
    for conversation in conversations {
      #expect(
        try await effects.answer(to: .insert(conversation))
          == .written(.inserted(conversation.messages.pathIDs)))
    }
  }

  private func load(_ query: ConversationQuery) async throws -> Conversation? {
    guard case .loaded(let loaded, at: nil) = try await effects.answer(to: .load(query, at: nil))
    else { return nil }
    return loaded
  }

  @Test func `A message that is confirmed is there for another program`() async throws {
    effects.runner.run(.store(.saveConversation(Self.conversation(7))))
    let message = Self.message(10, "Why?")
    #expect(
      try await effects.answer(to: .append(message, ConversationID(rawValue: 7)))
        == .written(.committed(message.id)))
    let other = try RunningEffects(in: effects.folder)
    let answer = try await other.answer(to: .load(.last, at: nil))
    guard case .loaded(let loaded, _) = answer else {
      throw UnexpectedEvent(answer as Any)
    }
    #expect(loaded.messages.path == [message])
    await other.finish()
    await effects.finish()
  }

  @Test func `What cannot be written names the message, so that it is given again`() async throws {
    let message = Self.message(10, "Why?")
    let nowhere = ConversationID(rawValue: 99)
    for effect in [
      StoreEffect.append(message, nowhere),
      .extend(message.id, by: [PartFragment(ordinal: 0, text: "more")]),
    ] {
      let answer = try await effects.answer(to: effect)
      guard case .written(.commitFailed(message.id, let phrase, _)) = answer else {
        throw UnexpectedEvent(answer as Any)
      }
      #expect(!phrase.text().isEmpty)
    }
    await effects.finish()
  }

  @Test func `What another program wrote meanwhile comes with the answer`() async throws {
    try await insert(Self.talk)
    _ = try await load(.id(Self.talk.id))
    let theirs = Self.message(11, "Theirs", after: 10)
    let other = try RunningEffects(in: effects.folder)
    _ = try await other.answer(to: .append(theirs, Self.talk.id))
    await other.finish()
    let mine = Self.message(12, "Mine", after: 10)
    #expect(
      try await effects.answer(to: .append(mine, Self.talk.id))
        == .written(.branched(mine.id, [theirs])))
    await effects.finish()
  }

  @Test func `A copy comes back as it was, its draft with it`() async throws {
    var copy = Self.conversation(
      8, Self.message(20, "One"), Self.message(21, "Two", after: 20, status: .stopped))
    copy.draft.text = "half a quest"
    copy.name = Label("trip")
    try await insert(copy)
    let loaded = try await load(.name("trip"))
    #expect(loaded?.messages.path == copy.messages.path)
    #expect(loaded?.draft.text == "half a quest")
    await effects.finish()
  }

  @Test func `A name that is taken is refused, and the old one stays`() async throws {
    var first = Self.talk
    first.name = Label("trip")
    try await insert(first, Self.conversation(8, Self.message(20, "Other")))
    let id = ConversationID(rawValue: 8)
    #expect(try await effects.answer(to: .rename(id, "trip")) == .nameTaken("trip"))
    #expect(try await effects.answer(to: .rename(id, "sea")) == .named(id, "sea"))
    #expect(try await load(.name("sea"))?.id == id)
    #expect(try await load(.name("trip"))?.id == first.id)
    await effects.finish()
  }

  @Test func `What was deleted is told, and can be brought back`() async throws {
    try await insert(Self.talk)
    guard case .deleted(let summary) = try await effects.answer(to: .delete(.id(Self.talk.id)))
    else { throw UnexpectedEvent("nothing was deleted") }
    #expect(summary.id == Self.talk.id)
    #expect(try await effects.answer(to: .list) == .listed([]))
    guard case .restored(let restored) = try await effects.answer(to: .restore(Self.talk.id))
    else { throw UnexpectedEvent("nothing was restored") }
    #expect(restored.id == Self.talk.id)
    #expect(try await load(.id(Self.talk.id))?.messages.path == Self.talk.messages.path)
    await effects.finish()
  }

  @Test func `A search names the message and its conversation`() async throws {
    try await insert(Self.talk, Self.conversation(8, Self.message(20, "Other")))
    guard case .found(let query, let hits) = try await effects.answer(to: .search("sky")) else {
      throw UnexpectedEvent("nothing was found")
    }
    #expect(query == "sky")
    #expect(hits.map(\.message) == [MessageID(rawValue: 10)])
    #expect(hits.map(\.conversation.id) == [Self.talk.id])
    await effects.finish()
  }

  @Test func `The last conversation comes with the newer draft that waits beside it`() async throws
  {
    // Drafts are dated by their beginning.
    let later = Timestamp(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000) + 60_000)
    var draft = Conversation(id: ConversationID(rawValue: 9), created: later)
    draft.draft.text = "not yet sent"
    try await insert(Self.talk)
    effects.runner.run(.store(.saveConversation(draft)))
    effects.runner.run(.store(.load(.last, at: nil)))
    guard case .store(.loaded(let loaded, _)) = try await effects.next(),
      case .store(.draftWaits(let waiting)) = try await effects.next()
    else { throw UnexpectedEvent("no draft was told of") }
    #expect(loaded.id == Self.talk.id)
    #expect(waiting.id == draft.id)
    await effects.finish()
  }

  @Test func `A request without a stored message counts in the sums`() async throws {
    var details = ReplyDetails(model: "gpt-4o", provider: "openai")
    details.usage = TokenUsage(prompt: 1000, completion: 50)
    let reply = UncountedReply(
      id: MessageID(rawValue: 1 << 30), created: Timestamp(milliseconds: 1_700_000_000_000),
      details: details, pictures: 2)
    effects.runner.run(.store(.count(reply)))
    guard case .usage(let lines) = try await effects.answer(to: .usage) else {
      throw UnexpectedEvent("no sums came")
    }
    #expect(lines.map(\.model) == ["gpt-4o"])
    #expect(lines.map(\.usage.total.value) == [1050])
    #expect(lines.map(\.pictures) == [2])
    #expect(lines.first?.cost != nil)
    await effects.finish()
  }

  @Test func `A file of another's is asked about before it is replaced`() async throws {
    let path = try effects.write("mine", to: "notes.md")
    let answer = try await effects.answer(
      to: .export(Self.talk, path: path, isReplacing: false))
    guard case .exists(let there, let conversation) = answer else {
      throw UnexpectedEvent(answer as Any)
    }
    #expect((there as NSString).lastPathComponent == "notes.md" && conversation == Self.talk)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    guard
      case .done = try await effects.answer(to: .export(Self.talk, path: path, isReplacing: true))
    else { throw UnexpectedEvent("nothing was written") }
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("Why is the sky blue?"))
    await effects.finish()
  }

  @Test func `A file is stored and opened, and one that is none says so`() async throws {
    let path = try effects.write(
      #"[{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}]"#,
      to: "chat.json")
    effects.runner.run(.store(.importFile(path: path)))
    var event = try await effects.next()
    while case .store(.importing) = event { event = try await effects.next() }
    guard case .store(.imported(let conversation, _)) = event else {
      throw UnexpectedEvent(event)
    }
    #expect(conversation.messages.path.map(\.text) == ["Hi", "Ho"])
    #expect(try await load(.id(conversation.id))?.messages.path == conversation.messages.path)
    let broken = try effects.write("no JSON", to: "broken.json")
    guard
      case .failed(_, of: .importFile(path: broken), _) =
        try await effects.answer(to: .importFile(path: broken))
    else { throw UnexpectedEvent("a broken file was taken") }
    await effects.finish()
  }
}
