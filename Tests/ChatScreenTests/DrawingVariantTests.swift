import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

/// Several pictures of one turn, and drawings that did not come to their end.
@Suite struct DrawingVariantTests {
  /// Draws, and lets one picture come.
  @discardableResult
  private func draw(
    _ chat: inout Chat, _ line: String, as name: String
  ) throws -> ReplyRequest {
    let request = try chat.ask(line)
    come(&chat, name)
    return request
  }

  private func come(_ chat: inout Chat, _ name: String) {
    chat.commit(chat.reply(.media(.kept(.picture(.photo(name))))))
    chat.reply(.finished(.stop))
  }

  /// The names of the pictures that the next message takes along, behind the one it is.
  private func leafPictures(_ chat: Chat) -> [String] {
    chat.conversation.messages.path.last?.pictures.map(\.name) ?? []
  }

  @Test func `Every picture of a turn is one of its variants, however it was asked for`() throws {
    var chat = Chat()
    try draw(&chat, "/draw --model gpt-image-2 a cat", as: "1.png")
    try draw(&chat, "/redraw with a hat", as: "2.png")
    _ = try #require(chat.enter("/redraw").request)
    come(&chat, "3.png")
    try draw(&chat, "/redraw in the snow", as: "4.png")
    try draw(&chat, #"/redraw --each "Photo, Cartoon" at night"#, as: "5.png")
    var seen = [leafPictures(chat)]
    for number in [4, 3, 2, 1] {
      chat.press(.previousVariant)
      #expect(chat.says == "Variant \(number) of 5.")
      seen.append(leafPictures(chat))
    }
    #expect(seen == [["5.png"], ["4.png"], ["3.png"], ["2.png"], ["1.png"]])
    chat.press(.previousVariant)
    #expect(chat.says == "Variant 5 of 5.")
    // A change of an older one is one more, behind all others.
    chat.enter("/variant 1")
    let request = try draw(&chat, "/redraw in oil", as: "6.png")
    #expect(request.messages.last?.pictures.map(\.name) == ["1.png"])
    for number in 1...6 {
      chat.enter("/variant \(number)")
      #expect(leafPictures(chat) == ["\(number).png"])
    }
  }

  @Test func `Variants of an earlier turn are reached by the number of a message of it`() throws {
    var chat = Chat()
    try draw(&chat, "/draw --model gpt-image-2 a cat", as: "1.png")
    try draw(&chat, "/redraw with a hat", as: "2.png")
    try chat.exchange("What is it?", "A cat.")
    chat.enter("/retry")
    chat.answer("A hat.")
    chat.press(.previousVariant)
    #expect(chat.path.last == "assistant: A cat.")
    chat.enter("/variant 1 2")
    #expect(chat.says == "Variant 1 of 2.")
    #expect(leafPictures(chat) == ["1.png"])
    chat.enter("/variant 1 9")
    #expect(chat.says == "There is no message 9: there are 2.")
    chat.enter("/variant 2 1")
    #expect(chat.path.count == 4)
    chat.enter("/variant 1 2 3")
    #expect(chat.says?.contains("/variant [N [M]]") == true)
  }

  /// A change of a.jpg by a mask, which is under way.
  private func changing(_ chat: inout Chat) throws -> ReplyRequest {
    chat.attach(.photo("a.jpg"))
    try chat.exchange("Look", "I see.")
    let order = MaskOrder(
      picture: .photo("a.jpg"), number: 1, columns: 1, cells: [true], percent: 100)
    chat.on(.preview(.mask(order, .kept(.photo("mask.png")))))
    return try chat.ask("/redraw --model gpt-image-2 a red sky")
  }

  @Test func `A change that was stopped goes on with the same mask, and half a picture is none`()
    throws
  {
    var chat = Chat()
    _ = try changing(&chat)
    chat.commit(chat.reply(.media(.draft(.picture(.photo("half.png"))))))
    chat.press(.cancel)
    let half = try #require(chat.conversation.messages.path.last?.pictures.first)
    #expect(half.isUnfinished)
    chat.enter("/mask 3")
    #expect(chat.says == "Picture 3 came unfinished: /again 3 asks for it once more.")
    chat.enter("/draw like @3")
    #expect(chat.says == "Picture 3 came unfinished: /again 3 asks for it once more.")
    let asked = try chat.ask("What is it?")
    #expect(asked.messages.flatMap(\.pictures).map(\.name) == ["a.jpg", "a.jpg"])
    chat.answer("A sky.")
    chat.enter("/undo")
    let other = try chat.ask("/redraw a green sky")
    #expect(other.drawing?.mask?.name == "mask.png")
    #expect(other.messages.last?.pictures.map(\.name) == ["a.jpg"])
    chat.replyFails(ReplyFailure(kind: .unreachable, phrase: "gone"))
    let same = try #require(chat.enter("/redraw a green sky").request)
    #expect(same.drawing?.mask?.name == "mask.png" && same.messages.last?.text == "a green sky")
  }

  @Test func `Behind a restart an unmade change is offered again, with its mask`()
    throws
  {
    var chat = Chat()
    _ = try changing(&chat)
    let killed = chat.conversation
    var next = Chat(.of("Other", "Words", id: 9))
    next.store(.loaded(killed, at: nil))
    #expect(
      next.says
        == "The drawing did not come to its end: /send asks for it again, with the same marks.")
    #expect(next.state.notice?.offers == [.send])
    #expect(next.enter("/send").request?.drawing?.mask?.name == "mask.png")
  }

  @Test func `Marks that wait are there behind a restart`() throws {
    var chat = Chat()
    chat.attach(.photo("a.jpg"))
    try chat.exchange("Look", "I see.")
    let order = MaskOrder(
      picture: .photo("a.jpg"), number: 1, columns: 1, cells: [true], percent: 100)
    chat.on(.preview(.mask(order, .kept(.photo("mask.png")))))
    let killed = chat.conversation
    var next = Chat(.of("Other", "Words", id: 9))
    next.type("half a word")
    next.store(.loaded(killed, at: nil))
    #expect(next.says == "Picture 1 is still marked: /redraw WORDS changes it.")
    #expect(next.state.composer.text == "half a word")
    let request = try next.ask("/redraw --model gpt-image-2 a red sky")
    #expect(request.drawing?.mask?.name == "mask.png")
    #expect(next.conversation.draft.mask == nil)
  }

  @Test func `Marks of a picture of another branch are said to be gone`() throws {
    var chat = Chat()
    try draw(&chat, "/draw --model gpt-image-2 a cat", as: "1.png")
    let order = MaskOrder(
      picture: .photo("1.png"), number: 1, columns: 1, cells: [true], percent: 100)
    try draw(&chat, "/draw a dog", as: "2.png")
    chat.on(.preview(.mask(order, .kept(.photo("mask.png")))))
    chat.enter("/undo")
    chat.enter("/undo")
    try draw(&chat, "/draw --model gpt-image-2 a fox", as: "3.png")
    #expect(try chat.ask("/redraw with a hat").drawing?.mask == nil)
    #expect(
      chat.says?.hasSuffix("The marks were of a picture of another branch, and are gone.") == true)
  }

  @Test func `A masked prompt that was refused comes back with its mask`() throws {
    var chat = Chat()
    _ = try changing(&chat)
    chat.replyFails(ReplyFailure(kind: .promptRefused, phrase: "refused"))
    #expect(chat.waiting == ["a.jpg"])
    let again = try chat.ask(chat.line.replacing("red", with: "blue"))
    #expect(again.drawing?.mask?.name == "mask.png")
    #expect(again.messages.last?.pictures.map(\.name) == ["a.jpg"])
  }
}
