import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import ModelCatalog
import Testing

/// `/draw` and what follows it: a message that asks for pictures is answered by them.
@Suite struct DrawingTests {
  private static let usage = TokenUsage(prompt: 5, completion: 200)

  /// Draws, and lets one picture come.
  private func draw(
    _ chat: inout Chat, _ line: String, as name: String
  ) throws -> ReplyRequest {
    let request = try chat.ask(line)
    come(&chat, name)
    return request
  }

  private func come(_ chat: inout Chat, _ name: String) {
    chat.commit(chat.reply(.media(.kept(.picture(.photo(name))))))
    chat.reply(.usage(Self.usage))
    chat.reply(.finished(.stop))
  }

  @Test func `Nothing is asked for before the prompt is on disk`() throws {
    var chat = Chat()
    let effects = chat.enter("/draw --model gpt-image-2 a cat")
    #expect(effects.request == nil)
    #expect(chat.commit(effects).request?.messages.map(\.text) == ["a cat"])
  }

  @Test func `The request carries the prompt alone, with its settings, and its price is told`()
    throws
  {
    var chat = Chat()
    try chat.exchange("before", "after")
    let request = try chat.ask(
      #"/draw --model gpt-image-2 --size 3:2 -n 2 --quality medium a sign: "OPEN" -n 5"#)
    var wanted = Drawing(model: "gpt-image-2")
    (wanted.size, wanted.count) = (.pixels(PixelSize(width: 1536, height: 1024)), 2)
    wanted.quality = "medium"
    #expect(request.drawing == wanted)
    #expect(request.model == "gpt-image-2")
    #expect(request.messages.map(\.text) == [#"a sign: "OPEN" -n 5"#])
    #expect(request.tools == [] && request.parameters == Parameters())
    #expect(chat.says == "gpt-image-2 1536x1024 medium ×2: ≈$0.082")
  }

  @Test func `A size that is rounded is told`() throws {
    var chat = Chat()
    try chat.ask("/draw --model dall-e-3 --size 1920x1080 a cat")
    #expect(
      chat.says
        == "dall-e-3 does not draw 1920×1080: 1792x1024 is asked for. dall-e-3 1792x1024: the price is not known."
    )
  }

  @Test func `Its pictures become a reply, which goes back with the next message`() throws {
    var chat = Chat()
    try chat.exchange("before", "after")
    _ = try draw(&chat, "/draw --model gpt-image-2 a cat", as: "one.png")
    let reply = try #require(chat.conversation.messages.path.last)
    #expect(reply.role == .assistant && reply.status == .complete)
    #expect(reply.pictures.map(\.name) == ["one.png"])
    #expect(reply.reply?.model == "gpt-image-2" && reply.reply?.usage == Self.usage)
    let next = try chat.ask("What is it?")
    #expect(next.drawing == nil)
    #expect(next.messages.map(\.text) == ["before", "after", "a cat", "", "What is it?"])
    #expect(next.messages[3].pictures.map(\.name) == ["one.png"])
    #expect(!next.messages.contains { $0.drawing != nil })
  }

  @Test func `Its pictures and their price are a row of /usage, and no words of the next request`()
    throws
  {
    var chat = Chat()
    _ = try draw(&chat, "/draw --model gpt-image-2 a cat", as: "one.png")
    _ = try draw(&chat, "/draw --model flux a dog", as: "two.png")
    chat.store(.usage([]))
    let rows = try #require(chat.page?.rows)
    #expect(
      rows.contains {
        $0.phrase.text() == "gpt-image-2: 1 picture, 5 in (0 cached), 200 out, $0.0060"
      })
    #expect(
      rows.contains {
        $0.lead == "="
          && $0.phrase.text()
            == "gpt-image-2: 1 reply, 1 picture, 5 in (0 cached), 200 out, $0.0060"
      })
    #expect(rows.contains { $0.phrase.text().hasPrefix("flux: 1 picture, ") })
    let reply = try #require(chat.conversation.messages.path.last)
    // 1024×768 of GPT-4o, and the marks around any message; nothing of the 200 tokens of its drawing.
    #expect(chat.state.tokens(of: reply).tokens == 765 + 4)
  }

  @Test func `A drawing that was stopped counts as what it was to be`() throws {
    var chat = Chat()
    try chat.ask("/draw --model gpt-image-2 --size 1024x1024 a cat")
    chat.commit(chat.reply(.media(.draft(.picture(.photo("one.png"))))))
    chat.press(.cancel)
    let usage = chat.conversation.messages.path.last?.reply?.usage
    #expect(usage == TokenUsage(prompt: 0, completion: 200, isEstimated: true))
  }

  @Test func `An unfinished picture gives its place to the next one`() throws {
    var chat = Chat()
    try chat.ask("/draw --model gpt-image-2 a cat")
    chat.commit(chat.reply(.media(.draft(.picture(.photo("one.png"))))))
    chat.reply(.media(.draft(.picture(.photo("two.png")))))
    #expect(chat.conversation.messages.path.last?.pictures.map(\.name) == ["two.png"])
    chat.reply(.media(.kept(.picture(.photo("three.png")))))
    chat.reply(.media(.kept(.picture(.photo("four.png")))))
    chat.reply(.finished(.stop))
    #expect(
      chat.conversation.messages.path.last?.pictures.map(\.name) == ["three.png", "four.png"])
  }

  @Test func `Esc keeps what came, and /send draws anew`() throws {
    var chat = Chat()
    try chat.ask("/draw --model gpt-image-2 a cat")
    chat.commit(chat.reply(.media(.draft(.picture(.photo("one.png"))))))
    chat.press(.cancel)
    #expect(chat.says == "Stopped. It may be charged all the same; /retry asks again.")
    let reply = try #require(chat.conversation.messages.path.last)
    #expect(reply.status == .stopped && reply.pictures.count == 1)
    let again = chat.enter("/send").request
    #expect(again?.drawing?.model == "gpt-image-2")
    #expect(again?.messages.map(\.text) == ["a cat"])
  }

  @Test func `A drawing that failed stays unsent, and is sent again as a drawing`() throws {
    var chat = Chat()
    let first = try chat.ask("/draw --model gpt-image-2 a cat")
    chat.replyFails(ReplyFailure(kind: .unreachable, phrase: "gone"))
    #expect(chat.conversation.messages.path.last?.status == .unsent)
    let again = try #require(chat.enter("/send").request)
    #expect(again.drawing == first.drawing && first.drawing != nil)
    #expect(again.messages.map(\.text) == ["a cat"])
  }

  @Test func `A prompt that was refused comes back, with its settings and its pictures`() throws {
    var chat = Chat()
    try chat.exchange("before", "after")
    chat.attach(.photo("a.jpg"))
    try chat.ask("/draw --model gpt-image-2 --quality high a cat")
    chat.replyFails(ReplyFailure(kind: .promptRefused, phrase: "refused"))
    #expect(chat.says == "refused")
    #expect(chat.line == "/draw --model gpt-image-2 --quality high a cat")
    #expect(chat.waiting == ["a.jpg"])
    #expect(chat.path == ["user: before", "assistant: after"])
  }

  @Test func `It does not take the place of what is being written`() throws {
    var chat = Chat()
    try chat.ask("/draw --model gpt-image-2 a cat")
    chat.type("something else")
    chat.replyFails(ReplyFailure(kind: .promptRefused, phrase: "refused"))
    #expect(chat.line == "something else")
    #expect(chat.path == ["user: a cat"])
  }

  @Test func `Waiting pictures and those that are named are what it is drawn from`() throws {
    var chat = Chat()
    _ = try draw(&chat, "/draw --model gpt-image-2 a cat", as: "cat.png")
    chat.attach(.photo("hat.jpg"))
    let request = try chat.ask("/draw the cat @1 with the hat")
    #expect(request.messages.last?.pictures.map(\.name) == ["hat.jpg", "cat.png"])
    // Behind the hat, which waited: the model is told which of its pictures is meant.
    #expect(request.messages.last?.text == "the cat image 2 with the hat")
    #expect(chat.waiting == [])
  }

  @Test(arguments: [
    ("/draw the cat @1 in the style of @2", "the cat image 1 in the style of image 2", [1, 2]),
    ("/draw @2, then @1, then @2 again", "image 1, then image 2, then image 1 again", [2, 1]),
    ("/draw 把@1放在@2前面", "把 image 1 放在 image 2 前面", [1, 2]),
    ("/draw (@2) me@1.org a@1 @1x @", "(image 1) me@1.org a@1 @1x @", [2]),
    ("/redraw as bright as @1", "as bright as image 2", [2, 1]),
  ])
  func `A mark in a prompt becomes the picture's place in the request`(
    line: String, prompt: String, pictures: [Int]
  ) throws {
    var chat = Chat()
    _ = try draw(&chat, "/draw --model gpt-image-2 a cat", as: "1.png")
    _ = try draw(&chat, "/draw a dog", as: "2.png")
    let message = try #require(try chat.ask(line).messages.last)
    #expect(message.text == prompt)
    #expect(message.pictures.map(\.name) == pictures.map { "\($0).png" })
  }

  @Test func `Each of several styles is one of the looks`() throws {
    var chat = Chat()
    let request = try chat.ask(
      #"/draw --model gpt-image-2 --each "Photo, Cartoon, Illustration" a cat"#)
    #expect(request.drawing?.looks == ["Photo", "Cartoon", "Illustration"])
    #expect(request.messages.last?.text == "a cat")
  }

  @Test func `/redraw changes the last picture as a variant`() throws {
    var chat = Chat()
    _ = try draw(&chat, "/draw --model gpt-image-2 --size 1024x1024 a cat", as: "one.png")
    let first = try #require(chat.conversation.messages.leaf)
    let request = try draw(&chat, "/redraw with a hat", as: "two.png")
    #expect(request.messages.last?.text == "with a hat")
    #expect(request.messages.last?.pictures.map(\.name) == ["one.png"])
    #expect(request.drawing?.size == .pixels(PixelSize(width: 1024, height: 1024)))
    #expect(chat.conversation.messages.path.last?.pictures.map(\.name) == ["two.png"])
    chat.press(.previousVariant)
    #expect(chat.conversation.messages.leaf == first)
  }

  @Test func `/redraw without words draws the same again, beside the first`() throws {
    var chat = Chat()
    _ = try draw(&chat, "/draw --model gpt-image-2 a cat", as: "one.png")
    let first = try #require(chat.conversation.messages.leaf)
    // The prompt is on disk already.
    let request = try #require(chat.enter("/redraw").request)
    come(&chat, "two.png")
    #expect(request.messages.last?.text == "a cat")
    #expect(chat.conversation.messages.variants(of: first).count == 2)
    let better = try chat.ask("/redraw --quality high")
    #expect(better.drawing?.quality == "high")
    #expect(better.messages.last?.text == "a cat")
  }

  @Test func `/redraw changes a picture that was attached, behind it`() throws {
    var chat = Chat()
    chat.attach(.photo("a.jpg"))
    try chat.exchange("Look", "I see.")
    let request = try chat.ask("/redraw --model gpt-image-2 in oil")
    #expect(request.messages.last?.pictures.map(\.name) == ["a.jpg"])
    #expect(chat.path == ["user: Look", "assistant: I see.", "user: in oil"])
  }

  @Test func `/again draws an earlier picture once more with all its settings`() throws {
    var chat = Chat()
    _ = try draw(&chat, "/draw --model gpt-image-2 --size 1024x1024 --seed 7 a cat", as: "1.png")
    _ = try draw(&chat, "/draw a dog", as: "2.png")
    let request = try chat.ask("/again 1")
    #expect(request.messages.last?.text == "a cat")
    #expect(request.drawing?.seed == 7)
    #expect(request.drawing?.size == .pixels(PixelSize(width: 1024, height: 1024)))
    #expect(chat.conversation.messages.pathIDs.count == 5)
  }

  @Test func `/again knows a picture that was drawn on another branch, and changed here`() throws {
    var chat = Chat()
    _ = try draw(&chat, "/draw --model gpt-image-2 --seed 7 a cat", as: "1.png")
    _ = try draw(&chat, "/redraw with a hat", as: "2.png")
    let request = try chat.ask("/again 1")
    #expect(request.messages.last?.text == "a cat" && request.drawing?.seed == 7)
  }

  @Test func `/edit and /undo of a prompt stay drawings`() throws {
    var chat = Chat()
    _ = try draw(&chat, "/draw --model gpt-image-2 a cat", as: "one.png")
    chat.enter("/edit")
    #expect(try chat.ask("a dog").drawing?.model == "gpt-image-2")
    come(&chat, "two.png")
    chat.enter("/undo")
    #expect(chat.line == "/draw --model gpt-image-2 --quality low a dog")
  }

  @Test(arguments: [
    (
      "/draw --model gpt-image-2 --quality hd a",
      "gpt-image-2 knows no quality hd. It knows: low, medium, high, auto."
    ),
    ("/draw --size big a", "big is no size: write it like 1536x1024, 3:2 or auto."),
    ("/draw -n 0 a", "-n takes a whole number from 1 to 100, not 0."),
    (
      "/draw -n 9223372036854775807 a",
      "-n takes a whole number from 1 to 100, not 9223372036854775807."
    ),
    ("/draw --seed x a", "--seed takes a whole number, not x."),
    ("/draw --size", "--size wants a value behind it, like --size low."),
    (
      "/draw --colour red a",
      "/draw has no option --colour. It has: --model, --size, --quality, --style, --background, --seed, --each, -n."
    ),
    (
      "/draw --model gpt-image-2 a @3", "There is no picture to change yet. /draw PROMPT makes one."
    ),
    ("/redraw a hat", "There is no picture to change yet. /draw PROMPT makes one."),
    ("/again 2", "There is no picture to change yet. /draw PROMPT makes one."),
    (
      "/draw a cat",
      "No model of api.openai.com:1 is known to draw. Name one: /draw --model NAME PROMPT"
    ),
  ]) func `What cannot be drawn is told, and the line comes back`(
    line: String, sentence: String
  ) throws {
    var servers = Servers.sample
    servers.providers[0].host = "api.openai.com:1"
    var chat = Chat(.empty, servers)
    let effects = chat.enter(line)
    #expect(effects.request == nil)
    #expect(chat.says == sentence)
    #expect(chat.line == line)
  }

  @Test func `A picture that nobody drew here cannot be drawn again`() throws {
    var chat = Chat()
    chat.attach(.photo("a.jpg"))
    try chat.exchange("Look", "I see.")
    chat.enter("/again 1")
    #expect(chat.says == "Picture 1 was not drawn here: /redraw WORDS changes the last one.")
    chat.enter("/redraw --model gpt-image-2")
    #expect(chat.says == "Say what to change: /redraw WORDS.")
  }

  @Test func `Nothing is drawn before the pictures that wait are ready`() {
    var chat = Chat()
    chat.enter("/attach a.jpg")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["a.jpg"])))
    #expect(chat.enter("/draw --model gpt-image-2 a cat").request == nil)
    #expect(chat.says == "Pictures are still being prepared: press Enter again in a moment.")
    #expect(chat.line == "/draw --model gpt-image-2 a cat")
  }

  @Test func `Nothing is drawn while a reply comes`() throws {
    var chat = Chat()
    try chat.ask("Hello")
    #expect(chat.enter("/draw --model gpt-image-2 a cat").request == nil)
    #expect(chat.says == "A reply is still coming: Esc stops it.")
  }
}
