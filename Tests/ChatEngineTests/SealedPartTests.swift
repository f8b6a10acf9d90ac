import ChatEngine
import ChatSamples
import Conversation
import Language
import Testing

/// What only a server understands of a reply, and where it stands among the parts.
@Suite struct SealedPartTests {
  private static let time = Tool(
    ToolDefinition(name: "time", summary: ""), source: .builtIn, asking: .never)

  private func begun() -> Asker {
    var options = Calls.Options()
    options.enabled = ["time"]
    let engine = ChatEngine(
      .empty, settings: Servers.sample.settings(), tools: options, keepsConversation: true)
    var asker = Asker(AskState(engine, AskInput(text: "What is it like?")))
    asker.commit(asker.on(.begin))
    asker.on(.tool(.listed([Self.time], problems: [])))
    return asker
  }

  private func reasoning(_ index: Int) -> ReplyPart { ReplyPart(index: index, kind: .reasoning) }

  private func call(_ index: Int) -> ReplyPart {
    ReplyPart(index: index, kind: .toolCall(id: "c\(index)", name: "time"))
  }

  private func reply(_ asker: Asker) -> [ContentPart]? {
    asker.engine.conversation.messages.path.first { $0.role == .assistant }?.parts
  }

  @Test func `Reasoning is sealed where it was shown, and before the text where it was not`() {
    var asker = begun()
    asker.reply(.partDelta(reasoning(0), "hm"))
    asker.reply(.partSealed(reasoning(0), "a"))
    asker.reply(.partSealed(reasoning(1), "b"))
    asker.reply(.partDelta(ReplyPart(index: 2, kind: .text), "Fine."))
    asker.reply(.finished(.stop))
    #expect(
      reply(asker) == [
        .reasoning(Reasoning(text: "hm", opaque: "a")),
        .reasoning(Reasoning(text: "", opaque: "b")), .text("Fine."),
      ])
  }

  @Test func `Reasoning that is sealed behind the calls it led to is sealed where it stands`() {
    var asker = begun()
    asker.reply(.partDelta(reasoning(0), "hm"))
    asker.reply(.partStarted(call(1)))
    asker.reply(.partDelta(call(1), "{}"))
    asker.reply(.partSealed(reasoning(0), "a"))
    asker.reply(.finished(.toolCalls))
    let parts = reply(asker)
    #expect(parts?.first == .reasoning(Reasoning(text: "hm", opaque: "a")))
    #expect(parts?.count == 2 && parts?.toolCalls.count == 1)
  }

  @Test func `Sealed reasoning that nothing follows leaves no message`() {
    var asker = begun()
    asker.reply(.partSealed(reasoning(0), "a"))
    asker.on(
      .replyFailed(
        asker.engine.run.id ?? MessageID(rawValue: 0),
        ReplyFailure(kind: .unreachable, phrase: "No network.")))
    #expect(reply(asker) == nil)
  }

  @Test func `Calls stand between the reasoning before them and that behind them`() {
    var asker = begun()
    for index in [0, 2] {
      asker.reply(.partSealed(reasoning(index), "\(index)"))
      asker.reply(.partStarted(call(index + 1)))
      asker.reply(.partDelta(call(index + 1), "{}"))
    }
    asker.reply(.finished(.toolCalls))
    let kinds = reply(asker)?.map { part -> String in
      switch part {
      case .reasoning(let reasoning): reasoning.opaque ?? ""
      case .toolCall(let call): call.id
      default: "?"
      }
    }
    #expect(kinds == ["0", "c1", "2", "c3"])
  }

  @Test func `Texts on both sides of a call stay two`() {
    var asker = begun()
    asker.reply(.partDelta(ReplyPart(index: 0, kind: .text), "I "))
    asker.reply(.partDelta(ReplyPart(index: 0, kind: .text), "look."))
    asker.reply(.partStarted(call(1)))
    asker.reply(.partDelta(call(1), "{}"))
    asker.reply(.partDelta(ReplyPart(index: 2, kind: .text), "Now I wait."))
    asker.reply(.finished(.toolCalls))
    let parts = reply(asker) ?? []
    #expect(parts.count == 3)
    #expect(parts.first == .text("I look."))
    #expect(parts.toolCalls.map(\.id) == ["c1"])
    #expect(parts.last == .text("Now I wait."))
    #expect(parts.text == "I look.\n\nNow I wait.")
  }

  @Test func `What a server calls a text is kept behind it`() {
    var asker = begun()
    let phase = #"{"type":"message","phase":"commentary"}"#
    asker.reply(.partDelta(ReplyPart(index: 0, kind: .text), "I look."))
    asker.reply(.partSealed(ReplyPart(index: 0, kind: .text), phase))
    asker.reply(.partDelta(ReplyPart(index: 1, kind: .text), "It rains."))
    asker.reply(.finished(.stop))
    #expect(
      reply(asker) == [
        .text("I look."), .reasoning(Reasoning(text: "", opaque: phase)), .text("It rains."),
      ])
  }

  @Test func `A call behind text and before more reasoning keeps its place`() {
    var asker = begun()
    asker.reply(.partDelta(ReplyPart(index: 0, kind: .text), "I look."))
    asker.reply(.partStarted(call(1)))
    asker.reply(.partSealed(reasoning(2), "b"))
    asker.reply(.partDelta(call(1), "{}"))
    asker.reply(.partStarted(call(3)))
    asker.reply(.finished(.toolCalls))
    let parts = reply(asker) ?? []
    #expect(parts.count == 4)
    #expect(parts.first == .text("I look."))
    #expect(parts.toolCalls.map(\.id) == ["c1", "c3"])
    #expect(parts.dropFirst(2).first == .reasoning(Reasoning(text: "", opaque: "b")))
  }
}
