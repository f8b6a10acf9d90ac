import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Screen
import Testing

/// `/mask`: which cells of a picture are marked, and what becomes of them.
@Suite struct MaskTests {
  /// The marked cells as rows of `#` and `.`.
  private func rows(_ mask: PictureMask) -> [String] {
    (0..<mask.size.rows).map { row in
      (0..<mask.size.columns).map { mask.isMarked(column: $0, row: row) ? "#" : "." }.joined()
    }
  }

  private func mask(_ inputs: MaskInput...) -> PictureMask {
    var mask = PictureMask(size: Size(columns: 5, rows: 3))
    for input in inputs { mask.take(input) }
    return mask
  }

  @Test func `Keys mark the cell under the cursor, and unmark it`() {
    #expect(rows(mask(.toggle)) == [".....", "..#..", "....."])
    #expect(rows(mask(.toggle, .toggle)) == [".....", ".....", "....."])
    #expect(rows(mask(.move(columns: 9, rows: 9), .toggle)) == [".....", ".....", "....#"])
    #expect(rows(mask(.move(columns: -9, rows: -9), .toggle)) == ["#....", ".....", "....."])
  }

  @Test func `A box is marked between two corners, whichever way`() {
    let box = ["###..", "###..", "....."]
    #expect(rows(mask(.box, .move(columns: -2, rows: -1), .box)) == box)
    #expect(rows(mask(.box, .move(columns: -2, rows: -1), .toggle)) == box)
    #expect(
      rows(
        mask(
          .press(Point(column: 0, row: 0)), .drag(Point(column: 1, row: 0)),
          .release(Point(column: 2, row: 1)))) == box)
    #expect(
      rows(mask(.press(Point(column: 0, row: 0)), .release(Point(column: 0, row: 0)))) == [
        "#....", ".....", ".....",
      ])
  }

  @Test func `Marks grow and shrink by a cell, are inverted, cleared, undone`() {
    #expect(rows(mask(.toggle, .grow)) == ["..#..", ".###.", "..#.."])
    #expect(rows(mask(.toggle, .grow, .shrink)) == [".....", "..#..", "....."])
    #expect(rows(mask(.toggle, .invert)) == ["#####", "##.##", "#####"])
    #expect(rows(mask(.toggle, .invert, .clear)) == [".....", ".....", "....."])
    #expect(rows(mask(.toggle, .invert, .clear, .undo, .undo)) == [".....", "..#..", "....."])
    #expect(mask(.toggle, .undo, .undo).isEmpty)
    #expect(mask(.toggle).percent == 6)
    #expect(mask(.toggle, .invert).percent == 93)
  }

  @Test func `At another size of the screen the same part is marked`() {
    var mask = mask(.press(Point(column: 0, row: 0)), .release(Point(column: 4, row: 0)))
    mask.resize(to: Size(columns: 10, rows: 6))
    #expect(rows(mask) == ["##########", "##########"] + Array(repeating: "..........", count: 4))
    mask.resize(to: Size(columns: 5, rows: 3))
    #expect(rows(mask) == ["#####", ".....", "....."])
  }

  @Test(arguments: [
    ("\u{1B}[A", MaskKey.input(.move(columns: 0, rows: -1))),
    ("\u{1B}OC", .input(.move(columns: 1, rows: 0))),
    (" ", .input(.toggle)), ("b", .input(.box)), ("u", .input(.undo)), ("\r", .accept),
    ("\u{1B}", .leave), ("\u{3}", .leave),
  ]) func `Keys are read as terminals send them`(bytes: String, key: MaskKey) {
    #expect(MaskKey(Array(bytes.utf8)) == key)
  }

  @Test func `Other keys do nothing`() {
    #expect(MaskKey(Array("x".utf8)) == nil)
    #expect(MaskKey([]) == nil)
  }

  // MARK: - In a chat

  private func opened(_ chat: inout Chat) throws -> PictureViewRequest {
    chat.attach(.photo("a.jpg"))
    try chat.exchange("Look", "I see.")
    chat.enter("/mask 1")
    return try #require(chat.state.pictureView?.request)
  }

  private func drawn(_ chat: inout Chat) throws -> PictureViewRequest {
    let request = try opened(&chat)
    let cells = Array(repeating: Array(repeating: Cell.blank, count: 4), count: 2)
    let facts = FittedFacts(
      format: .jpeg, size: PixelSize(width: 8, height: 8), byteCount: 9, isUntouched: true)
    chat.on(.preview(.view(.drawn(request, .cells(cells), sent: facts))))
    return request
  }

  private func press(_ chat: inout Chat, _ key: MaskKey) -> [ChatEffect] {
    chat.on(.preview(.view(.marking(key))))
  }

  @Test func `The next change of the picture goes by what was marked, once`() throws {
    var chat = Chat()
    #expect(try drawn(&chat).graphics == .none)
    #expect(press(&chat, .accept) == [])
    #expect(
      chat.state.pictureView?.masked?.problem?.text() == "Nothing is marked yet: Space marks.")
    _ = press(&chat, .input(.toggle))
    let effects = press(&chat, .accept)
    guard case .preview(.keepMask(let order))? = effects.first else {
      return #expect(Bool(false), "\(effects)")
    }
    #expect(order.columns == 4 && order.cells.count { $0 } == 1 && order.picture.name == "a.jpg")
    #expect(chat.state.pictureView == nil)
    chat.on(.preview(.mask(order, .kept(.photo("mask.png")))))
    #expect(chat.says == "12 % of picture 1 is marked: /redraw WORDS changes it.")
    let request = try chat.ask("/redraw --model gpt-image-2 a red sky")
    #expect(request.drawing?.mask?.name == "mask.png")
    #expect(request.messages.last?.pictures.map(\.name) == ["a.jpg"])
    chat.answer("done")
    #expect(try chat.ask("/redraw --model gpt-image-2 a blue sky").drawing?.mask == nil)
  }

  @Test func `Enter takes the box that is open`() throws {
    var chat = Chat()
    _ = try drawn(&chat)
    for key: MaskInput in [.move(columns: -9, rows: -9), .box, .move(columns: 1, rows: 1)] {
      _ = press(&chat, .input(key))
    }
    guard case .preview(.keepMask(let order))? = press(&chat, .accept).first else {
      return #expect(Bool(false))
    }
    #expect(order.cells.count { $0 } == 4)
  }

  @Test func `What is marked goes with the next message to a model that makes pictures, once`()
    throws
  {
    var chat = Chat()
    chat.enter("/pictures on")
    _ = try drawn(&chat)
    _ = press(&chat, .input(.toggle))
    guard case .preview(.keepMask(let order))? = press(&chat, .accept).first else {
      return #expect(Bool(false))
    }
    chat.on(.preview(.mask(order, .kept(.photo("mask.png")))))
    #expect(chat.says?.hasSuffix("The next message takes the marks along, too.") == true)
    let request = try chat.ask("Make it blue")
    #expect(request.drawing == nil)
    #expect(request.mask?.name == "mask.png")
    chat.answer("done")
    #expect(try chat.ask("And now?").mask == nil)
    chat.answer("done")
    chat.enter("/pictures off")
    #expect(try chat.ask("Make it red").parameters.makesPictures == false)
  }

  @Test func `Before the picture is drawn nothing is marked, and an early key does not close it`()
    throws
  {
    var chat = Chat()
    let request = try opened(&chat)
    for key in [MaskKey.input(.toggle), .accept] {
      #expect(press(&chat, key) == [])
      let view = try #require(chat.state.pictureView)
      #expect(view.takesMarks && view.masked?.problem == nil)
      #expect(chat.state.caption(of: view).sent.text() == "It is being drawn.")
    }
    #expect(press(&chat, .leave) == [])
    #expect(chat.state.pictureView == nil)
    chat.enter("/mask 1")
    chat.on(.preview(.view(.failed(request, "The kept original is missing."))))
    let failed = try #require(chat.state.pictureView)
    #expect(!failed.takesMarks)
    #expect(
      chat.state.caption(of: failed).sent.text() == "The kept original is missing. Any key closes.")
  }

  @Test func `Esc leaves the picture as it was`() throws {
    var chat = Chat()
    _ = try drawn(&chat)
    _ = press(&chat, .input(.toggle))
    #expect(press(&chat, .leave) == [])
    #expect(chat.state.pictureView == nil)
    #expect(try chat.ask("/redraw --model gpt-image-2 a red sky").drawing?.mask == nil)
  }

  @Test func `A picture at an address cannot be marked`() throws {
    var chat = Chat()
    chat.attach(.url())
    try chat.exchange("Look", "I see.")
    chat.enter("/mask")
    #expect(chat.says == "Picture 1 stands at an address: attach its file to mark it.")
  }
}
