import ChatEngine
import ChatProgram
import Configuration
import Conversation
import Foundation
import Language
import Testing

/// What the engine asks for is done, in request, and answered; the server is the demo, on loopback.
@Suite(.timeLimit(.minutes(2))) struct EffectRunnerTests {
  private let effects: RunningEffects
  private var runner: EffectRunner { effects.runner }

  init() throws { effects = try RunningEffects() }

  private func finish() async -> [EngineEvent] { await effects.finish() }

  private static func message(
    _ id: Int64, _ text: String, after parent: Int64? = nil,
    status: Message.Status = .complete
  ) -> Message {
    Message(
      id: MessageID(rawValue: id), parent: parent.map { MessageID(rawValue: $0) },
      role: parent == nil ? .user : .assistant, parts: [.text(text)],
      created: Timestamp(milliseconds: 0), status: status)
  }

  private static let conversation = Conversation(
    id: ConversationID(rawValue: 7), created: Timestamp(milliseconds: 0))

  @Test func `Effects of the store are done in request, and each is answered`() async throws {
    let id = Self.conversation.id
    for effect: StoreEffect in [
      .saveConversation(Self.conversation), .append(Self.message(10, "Why?"), id),
      .append(Self.message(11, "Be", after: 10, status: .streaming), id),
      .extend(MessageID(rawValue: 11), by: [PartFragment(ordinal: 0, text: "cause")]),
      .load(.id(id), at: nil),
    ] {
      runner.run(.store(effect))
    }
    let events = await finish()
    #expect(
      events.prefix(2) == [
        .store(.written(.committed(MessageID(rawValue: 10)))),
        .store(.written(.committed(MessageID(rawValue: 11)))),
      ])
    guard case .store(.loaded(let loaded, at: nil)) = events.last else {
      return #expect(Bool(false), "\(events)")
    }
    #expect(loaded.messages.path.map(\.text) == ["Why?", "Because"])
  }

  @Test func `What is not there is answered with what was asked`() async throws {
    runner.run(.store(.load(.name("trip"), at: nil)))
    runner.run(
      .store(.extend(MessageID(rawValue: 5), by: [PartFragment(ordinal: 0, text: "more")])))
    let events = await finish()
    guard case .store(.notFound(let phrase, let effect)) = events.first else {
      return #expect(Bool(false), "\(events)")
    }
    #expect(effect == .load(.name("trip"), at: nil))
    #expect(phrase.text() == "There is no conversation named “trip”. /list shows those there are.")
  }

  @Test func `A file that is written is waited for at the end`() async throws {
    var conversation = Self.conversation
    conversation.messages.append(Self.message(10, "Why?"))
    let folder = effects.folder
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder + "/talk.md"
    runner.run(.store(.export(conversation, path: path, isReplacing: false)))
    let events = await finish()
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("Why?"))
    #expect(events.contains { if case .store(.done) = $0 { true } else { false } })
  }

  private static func request(_ text: String) -> ReplyRequest {
    ReplyRequest(
      id: MessageID(rawValue: 20), provider: ServerDirectory.demoName, model: "demo",
      instructions: "Be short.",
      messages: [message(10, "One"), message(11, "Two", after: 10), message(12, text)],
      parameters: Parameters())
  }

  /// Reads what is reported of the reply until it ends.
  private func ending(_ isEnough: (ReplyEvent) -> Bool = { _ in false }) async throws
    -> (text: String, last: ReplyEvent?)
  {
    var text = ""
    while case .reply(_, let event) = try await effects.next() {
      if case .partDelta(_, let more, _) = event { text += more }
      if case .finished = event { return (text, event) }
      if isEnough(event) { return (text, event) }
    }
    return (text, nil)
  }

  @Test func `A request carries the instructions and every message, in request`() async throws {
    runner.run(.reply(.request(Self.request("Three"))))
    let (text, last) = try await ending()
    #expect(last == .finished(.stop))
    let places = try ["Be short.", "One", "Two", "Three"].map {
      try #require(text.range(of: $0)?.lowerBound, "\(text)")
    }
    #expect(places == places.sorted())
    _ = await finish()
  }

  @Test func `A reply that is cancelled reports nothing more, and leaves nobody waiting`()
    async throws
  {
    runner.run(.reply(.request(Self.request("count 100000"))))
    _ = try await ending { if case .partDelta = $0 { true } else { false } }
    runner.run(.reply(.cancel(MessageID(rawValue: 20))))
    let events = await finish()
    #expect(
      !events.contains { event in
        switch event {
        case .reply(_, .finished), .replyFailed: true
        default: false
        }
      })
  }
}
