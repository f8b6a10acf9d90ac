import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import ModelCatalog
import Testing

/// Pictures that a model makes in its reply: where they stand, and what is told of them.
@Suite struct MadePictureTests {
  private func asking() throws -> Chat {
    var chat = Chat()
    chat.enter("/pictures on")
    try chat.ask("Draw a cat")
    return chat
  }

  private static func text(_ index: Int, _ text: String) -> [ReplyEvent] {
    let part = ReplyPart(index: index, kind: .text)
    return [.partStarted(part), .partDelta(part, text), .partFinished(part)]
  }

  private static let call: HostedToolCall = {
    var drawing = Drawing(model: "gpt-image-2")
    drawing.size = .pixels(PixelSize(width: 1024, height: 1024))
    drawing.quality = "medium"
    return HostedToolCall(.imageGeneration, input: "a white cat", opaque: "", drawing: drawing)
  }()

  private func kinds(_ chat: Chat) -> [String] {
    (chat.conversation.messages.path.last?.parts ?? []).map { part in
      switch part {
      case .text(let text): text
      case .media(let media): media.name
      case .hostedCall(let call): call.input
      default: "?"
      }
    }
  }

  @Test func `A finished picture takes the place of the unfinished one, whatever came between`()
    throws
  {
    var chat = try asking()
    chat.commit(chat.reply(.media(.draft(.picture(.photo("one.png"))))))
    for event in Self.text(0, "Wait …") { chat.reply(event) }
    chat.reply(.media(.draft(.picture(.photo("two.png")))))
    #expect(kinds(chat) == ["two.png", "Wait …"])
    chat.reply(.media(.kept(.picture(.photo("three.png")))))
    chat.reply(.part(.hostedCall(Self.call)))
    for event in Self.text(1, "Done.") { chat.reply(event) }
    chat.reply(.finished(.stop))
    #expect(kinds(chat) == ["three.png", "Wait …", "a white cat", "Done."])
    #expect(chat.says == nil)
  }

  @Test func `What is said of a picture leaves an unfinished one where it is`() throws {
    var chat = try asking()
    chat.commit(chat.reply(.media(.draft(.picture(.photo("one.png"))))))
    chat.reply(.part(.hostedCall(Self.call)))
    #expect(kinds(chat) == ["one.png", "a white cat"])
    chat.reply(.media(.kept(.picture(.photo("two.png")))))
    #expect(kinds(chat) == ["two.png", "a white cat"])
  }

  @Test func `A reply that ends before its picture does keeps what came, and says so`() throws {
    var chat = try asking()
    for event in Self.text(0, "Here:") { chat.commit(chat.reply(event)) }
    chat.reply(.media(.draft(.picture(.photo("one.png")))))
    chat.reply(.finished(.stop))
    #expect(kinds(chat) == ["Here:", "one.png"])
    #expect(chat.says == "A picture came unfinished: /retry asks again.")
  }

  @Test func `They are counted and priced by model, size and quality`() throws {
    var chat = try asking()
    for event in Self.text(0, "Here:") { chat.commit(chat.reply(event)) }
    chat.reply(.media(.kept(.picture(.photo("one.png")))))
    chat.reply(.part(.hostedCall(Self.call)))
    chat.reply(.finished(.stop))
    let parts = chat.conversation.messages.path.last?.parts ?? []
    #expect(parts.serverToolUses == [.imageGeneration: 1])
    #expect(parts.serverToolCost == Money(dollars: 1767 * 30 / 1_000_000))
    chat.store(.usage([]))
    let rows = try #require(chat.page?.rows).map { $0.phrase.text() }
    #expect(rows.contains("picture × 1: ≈$0.053"))
  }
}
