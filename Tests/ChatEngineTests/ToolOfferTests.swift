import ChatEngine
import ChatSamples
import Conversation
import Testing

/// Which tools a conversation offers, and that it remembers them.
@Suite struct ToolOfferTests {
  private static let moment = Moment(
    timestamp: Timestamp(milliseconds: 5), entropy: 1, uptime: 5)

  private func engine(given: [String] = [], opening: Bool = false) -> ChatEngine {
    var options = Calls.Options()
    options.enabled = ["time"]
    options.given = given
    let settings = Servers.sample.settings(opening ? GivenSettings() : nil)
    return ChatEngine(.empty, settings: settings, tools: options)
  }

  private func conversation(_ id: Int64, offering tools: [String]?) -> Conversation {
    var conversation = Conversation(
      id: ConversationID(rawValue: id), created: Timestamp(milliseconds: id))
    conversation.parameters.tools = tools
    return conversation
  }

  @Test func `A tool that is switched is on in this conversation alone, for good`() {
    var engine = engine()
    #expect(engine.tools.names == ["time"])
    _ = engine.handle(.calls(.setTool("weather", isOn: true)), at: Self.moment)
    #expect(engine.tools.names == ["time", "weather"])
    let first = engine.conversation
    let other = conversation(77, offering: nil)
    _ = engine.handle(.conversation(.enter(other, isStored: false)), at: Self.moment)
    #expect(engine.tools.names == ["time"])
    _ = engine.handle(.conversation(.enter(first, isStored: true)), at: Self.moment)
    #expect(engine.tools.names == ["time", "weather"])
  }

  @Test func `A conversation without tools stays so, whatever is configured`() {
    var engine = engine()
    let stored = conversation(77, offering: [])
    _ = engine.handle(.conversation(.enter(stored, isStored: true)), at: Self.moment)
    #expect(engine.tools.names.isEmpty)
  }

  @Test(
    arguments: [
      (["search"], ["search", "weather"]), (nil, ["time", "weather"]), (["weather"], ["weather"]),
    ] as [([String]?, [String])])
  func `What the command line names is added to what an opened conversation offers`(
    own: [String]?, expected: [String]
  ) {
    var engine = engine(given: ["weather"], opening: true)
    let stored = conversation(77, offering: own)
    _ = engine.handle(.conversation(.enter(stored, isStored: true)), at: Self.moment)
    #expect(engine.tools.names == expected)
    // It holds for the conversation that was opened by it, not for those that are opened later.
    let later = conversation(78, offering: ["search"])
    _ = engine.handle(.conversation(.enter(later, isStored: true)), at: Self.moment)
    #expect(engine.tools.names == ["search"])
  }

  @Test func `What a switched tool changes is written with a conversation that is stored`() {
    var engine = engine()
    let stored = conversation(77, offering: nil)
    _ = engine.handle(.conversation(.enter(stored, isStored: true)), at: Self.moment)
    let effects = engine.handle(.calls(.setTool("time", isOn: false)), at: Self.moment)
    let saved = effects.compactMap { effect -> [String]? in
      guard case .store(.saveConversation(let conversation)) = effect else { return nil }
      return conversation.parameters.tools
    }
    #expect(saved == [[]])
  }

  @Test func `A server whose tools are others is listed again, where tools were listed`() {
    var engine = engine()
    #expect(engine.handle(.tool(.changed(server: "files")), at: Self.moment).isEmpty)
    _ = engine.handle(.tool(.listed([], problems: [])), at: Self.moment)
    #expect(
      engine.handle(.tool(.changed(server: "files")), at: Self.moment)
        == [.tool(.list(.named(["files"])))])
  }

  @Test func `A server that says so after every list is listed once for each request`() {
    var engine = engine()
    let listing = EngineEffect.tool(.list(.named(["files"])))
    func change(_ server: String) -> [EngineEffect] {
      defer { _ = engine.handle(.tool(.listed([], problems: [])), at: Self.moment) }
      return engine.handle(.tool(.changed(server: server)), at: Self.moment)
    }
    _ = engine.handle(.tool(.listed([], problems: [])), at: Self.moment)
    #expect(change("files") == [listing])
    #expect(change("files").isEmpty && change("files").isEmpty)
    #expect(change("web") == [.tool(.list(.named(["web"])))])
    // Who wants to see the tools sees them as they are now.
    #expect(engine.handle(.calls(.list), at: Self.moment) == [listing])
    #expect(engine.handle(.calls(.list), at: Self.moment).isEmpty)
    #expect(change("files").isEmpty)
    _ = engine.handle(.run(.request(isConfirmed: true)), at: Self.moment)
    #expect(change("files") == [listing])
  }
}
