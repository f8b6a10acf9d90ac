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

  @Test func `Of calls that draw at the same time each has its own place`() throws {
    var chat = try asking()
    let picture = { (name: String) in ContentPart.picture(.photo(name)) }
    chat.commit(chat.reply(.media(.draft(picture("a1"), call: 0))))
    chat.reply(.media(.draft(picture("b1"), call: 1)))
    chat.reply(.media(.draft(picture("a2"), call: 0)))
    #expect(kinds(chat) == ["a2", "b1"])
    chat.reply(.media(.kept(picture("b"), call: 1)))
    #expect(kinds(chat) == ["a2", "b"])
    chat.reply(.media(.kept(picture("a"), call: 0)))
    chat.reply(.finished(.stop))
    #expect(kinds(chat) == ["a", "b"])
    #expect(chat.conversation.messages.path.last?.pictures.map(\.isUnfinished) == [false, false])
    #expect(chat.says == nil)
  }

  @Test func `/again draws a picture of a reply with the settings that its server told`() throws {
    var chat = try asking()
    chat.commit(chat.reply(.media(.kept(.picture(.photo("one.png"))))))
    chat.reply(.part(.hostedCall(Self.call)))
    chat.reply(.finished(.stop))
    let request = try chat.ask("/again 1 --quality high")
    #expect(request.drawing?.line == "gpt-image-2 1024x1024 high")
    #expect(request.messages.last?.text == "a white cat")
  }

  @Test func `/again says of a picture without settings that it has none`() throws {
    var chat = try asking()
    chat.commit(chat.reply(.media(.kept(.picture(.photo("one.png"))))))
    chat.reply(.finished(.stop))
    #expect(chat.enter("/again 1").request == nil)
    #expect(
      chat.says == "Picture 1 came in a reply, without its settings: /draw PROMPT asks for one.")
  }

  @Test func `A picture that the disk does not take is told beside what else it refuses`() throws {
    var chat = try asking()
    for event in Self.text(0, "Here:") { chat.commit(chat.reply(event)) }
    chat.reply(.lost("The picture is lost."))
    chat.reply(.finished(.stop))
    let told = "The picture is lost. /retry asks for the reply again."
    #expect(chat.says == told)
    #expect(chat.state.notice?.offers == [.retry])
    let id = try #require(chat.conversation.messages.leaf)
    chat.store(.written(.commitFailed(id, "The disk is full.")))
    #expect(chat.says?.hasPrefix(told) == true)
    #expect(chat.says?.contains("The disk is full.") == true)
    chat.store(.written(.committed(id)))
    #expect(chat.says?.hasPrefix(told) == true)
    #expect(chat.says?.contains("The disk is full.") == false)
  }

  @Test func `What pictures cost that went in is said to be unknown`() throws {
    var chat = Chat()
    chat.enter("/pictures on")
    chat.attach(.photo("a.jpg"))
    try chat.ask("Draw a cat")
    for event in Self.text(0, "Here:") { chat.commit(chat.reply(event)) }
    chat.reply(.media(.kept(.picture(.photo("one.png")))))
    chat.reply(.part(.hostedCall(Self.call)))
    chat.reply(.finished(.stop))
    chat.store(.usage([]))
    let rows = try #require(chat.page?.rows).map { $0.phrase.text() }
    #expect(
      rows.contains("picture × 1: ≈$0.053, without the pictures that went in: not known"))
  }

  @Test func `They are counted and priced by model, size and quality`() throws {
    var chat = try asking()
    for event in Self.text(0, "Here:") { chat.commit(chat.reply(event)) }
    chat.reply(.media(.kept(.picture(.photo("one.png")))))
    chat.reply(.part(.hostedCall(Self.call)))
    chat.reply(.finished(.stop))
    let parts = chat.conversation.messages.path.last?.parts ?? []
    #expect(parts.serverToolUses == [.imageGeneration: 1])
    // The picture, and the four tokens or so of its prompt.
    let cost = parts.serverToolCost.dollars
    #expect(cost > 1767 * 30 / 1_000_000 && cost < (1767 * 30 + 10 * 5) / 1_000_000)
    chat.store(.usage([]))
    let rows = try #require(chat.page?.rows).map { $0.phrase.text() }
    #expect(rows.contains("picture × 1: ≈$0.053"))
  }
}
