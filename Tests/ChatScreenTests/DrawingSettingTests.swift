import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import ModelCatalog
import Testing

/// What `/set` says of pictures, variations, and what is left of unfinished ones.
@Suite struct DrawingSettingTests {
  private func come(_ chat: inout Chat, _ name: String) {
    chat.commit(chat.reply(.media(.kept(.picture(.photo(name))))))
    chat.reply(.usage(TokenUsage(prompt: 5, completion: 200)))
    chat.reply(.finished(.stop))
  }

  @Test func `What is set holds for each /draw, and an option goes before it`() throws {
    var chat = Chat(.of("One"))
    chat.enter("/set picture_model gpt-image-2")
    chat.enter("/set picture_size 3:2")
    #expect(
      chat.says
        == "picture_size is 3:2, for each /draw from now on. A /draw now: gpt-image-2 1536x1024 low: ≈$0.0050"
    )
    chat.enter("/set picture_quality high")
    let wide = Drawing.Size.pixels(PixelSize(width: 1536, height: 1024))
    var drawing = try chat.ask("/draw a cat").drawing
    #expect(drawing?.model == "gpt-image-2" && drawing?.size == wide)
    #expect(drawing?.quality == "high")
    come(&chat, "one.png")
    drawing = try chat.ask("/draw --quality low --size 1024x1024 a dog").drawing
    #expect(drawing?.quality == "low")
    come(&chat, "two.png")
    // Not as the last one was, but as was set.
    drawing = try chat.ask("/redraw with a hat").drawing
    #expect(drawing?.size == wide && drawing?.quality == "high")
    come(&chat, "three.png")
    chat.enter("/unset picture_quality")
    #expect(
      chat.says?.hasPrefix("picture_quality is not set: the model's usual one is taken. ") == true)
    #expect(try chat.ask("/draw a bird").drawing?.quality == "low")
  }

  @Test func `An option behind /draw holds for that picture alone`() throws {
    var chat = Chat()
    try chat.ask("/draw --model gpt-image-2 --size 1024x1024 --quality high a cat")
    come(&chat, "one.png")
    let next = try #require(try chat.ask("/draw a dog").drawing)
    #expect(next.model == "gpt-image-2.6-flare")
    #expect(next.size == .auto && next.quality != "high")
    come(&chat, "two.png")
    chat.enter("/unset picture_size")
    #expect(chat.says?.contains("is not set: the model's usual one is taken") == true)
    #expect(try chat.ask("/draw a bird").drawing?.size == .auto)
  }

  @Test func `Where no model is known to draw, the last one's is taken, and nothing else of it`()
    throws
  {
    var chat = Chat()
    chat.enter("/provider plain")
    chat.enter("/model llava")
    chat.enter("/draw a cat")
    #expect(chat.says?.contains("Name one: /draw --model NAME PROMPT") == true)
    try chat.ask("/draw --model gpt-image-2 --quality high a cat")
    come(&chat, "one.png")
    let next = try #require(try chat.ask("/draw a dog").drawing)
    #expect(next.model == "gpt-image-2" && next.quality == "low")
  }

  @Test func `What a /draw asks for, and its price, is told without one`() throws {
    var chat = Chat()
    chat.enter("/set picture_model gpt-image-2")
    chat.enter("/set picture_size 3:2")
    let effects = chat.enter("/draw")
    #expect(effects.request == nil && chat.path == [])
    #expect(chat.says?.hasPrefix("/draw PROMPT asks for gpt-image-2 1536x1024 low: ") == true)
    let told = chat.says
    try chat.ask("/draw a cat")
    // The price that is told with the request is the one that was foretold.
    #expect(told?.contains(chat.says ?? "nothing") == true)
  }

  @Test func `/set with a name alone tells the value`() {
    var chat = Chat()
    chat.enter("/set picture_quality high")
    chat.enter("/set picture_quality")
    #expect(chat.says?.hasPrefix("picture_quality is high, for each /draw from now on.") == true)
    chat.enter("/set top_p")
    #expect(chat.says == "top_p is not set, and not sent.")
    chat.enter("/set nothing")
    #expect(chat.says?.contains("It is written /set") == true)
    chat.enter("/set")
    #expect(chat.page?.rows.contains { $0.lead == "picture_quality" } == true)
  }

  @Test func `It is listed, is no parameter of replies, and is told where it cannot be`() throws {
    var chat = Chat(.of("One"))
    chat.enter("/set picture_style vivid")
    chat.enter("/params")
    #expect(
      chat.page?.rows.first { $0.lead == "picture_style" }?.phrase.text()
        == "vivid, for pictures alone (set in this conversation)")
    chat.press(.cancel)
    #expect(try chat.ask("Hello").parameters.others == [])
    chat.reply(.finished(.stop))
    chat.enter("/set picture_size big")
    #expect(
      chat.says == "picture_size takes a size such as 1536x1024, 3:2 or auto, not big.")
  }

  @Test func `/redraw without words asks a model that varies pictures for others like the last`()
    throws
  {
    var chat = Chat()
    try chat.ask("/draw --model dall-e-2 --size 512x512 a cat")
    come(&chat, "one.png")
    let request = try chat.ask("/redraw")
    #expect(request.drawing?.varied?.name == "one.png")
    // The prompt goes along: a server that varies none draws it once more.
    #expect(request.messages.last?.text == "a cat")
    come(&chat, "two.png")
    let words = try chat.ask("/redraw in oil")
    #expect(words.drawing?.varied == nil)
    #expect(words.messages.last?.pictures.map(\.name) == ["two.png"])
  }

  @Test func `A picture that was attached is varied without a prompt`() throws {
    var chat = Chat()
    chat.attach(.photo("a.jpg"))
    try chat.exchange("Look", "I see.")
    let request = try chat.ask("/redraw --model dall-e-2 -n 2")
    #expect(request.drawing?.varied?.name == "a.jpg")
    #expect(request.drawing?.count == 2)
    #expect(request.messages.last?.text == "")
  }

  @Test func `Unfinished pictures are removed once the whole one is there, and not before`() throws
  {
    var chat = Chat()
    try chat.ask("/draw --model gpt-image-2 a cat")
    let drafts = ["one.png", "two.png"].map { PictureReference.photo($0) }
    chat.commit(chat.reply(.media(.draft(.picture(drafts[0])))))
    chat.reply(.media(.draft(.picture(drafts[1]))))
    let kept = chat.reply(.media(.kept(.picture(.photo("three.png")))))
    #expect(!kept.contains { $0.isDiscard })
    let digests = Set(drafts.compactMap(\.stored?.digest))
    let effects = chat.reply(.finished(.stop))
    #expect(effects.contains(.store(.discard(digests))))
  }

  @Test func `The unfinished picture of a drawing that was stopped is kept`() throws {
    var chat = Chat()
    try chat.ask("/draw --model gpt-image-2 a cat")
    let drafts = ["one.png", "two.png"].map { PictureReference.photo($0) }
    chat.commit(chat.reply(.media(.draft(.picture(drafts[0])))))
    chat.reply(.media(.draft(.picture(drafts[1]))))
    let effects = chat.press(.cancel)
    let first = Set([drafts[0].stored?.digest].compactMap(\.self))
    #expect(effects.contains(.store(.discard(first))))
  }

  @Test func `A model that its maker ended names the next one before it is asked`() throws {
    let model = ModelCatalog.builtIn.model(named: "dall-e-3")
    let day = Timestamp(milliseconds: 1_796_000_000_000)
    #expect(
      model.goneLine(at: "api.openai.com", now: day)?.text()
        == "dall-e-3 ended on 2026-05-12: gpt-image-2.6-flare takes its place.")
    #expect(model.goneLine(at: "relay.example", now: day) == nil)
    #expect(model.goneLine(at: "api.openai.com", now: Timestamp(milliseconds: 0)) == nil)
  }
}

extension ChatEffect {
  fileprivate var isDiscard: Bool {
    if case .engine(.store(.discard)) = self { true } else { false }
  }
}
