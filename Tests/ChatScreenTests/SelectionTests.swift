import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Screen
import Testing

/// Marking text by keyboard: keys in, copied text out.
@Suite struct SelectionTests {
  private func selection(_ chat: Chat) -> Selection? {
    guard case .selection(let selection) = chat.state.overlay else { return nil }
    return selection
  }

  /// Presses the letters one after another, as the composer reports them.
  private func type(_ letters: String, _ chat: inout Chat) -> [ChatEffect] {
    letters.flatMap { letter in
      let effects = chat.on(
        .composer(.changed(ComposerSnapshot(text: String(letter), cursor: letter.utf8.count))))
      chat.on(.composer(.changed(ComposerSnapshot())))
      return effects
    }
  }

  private func copied(_ effects: [ChatEffect]) -> String? {
    effects.lazy.compactMap { if case .externalProgram(.copy(let text)) = $0 { text } else { nil } }
      .first
  }

  struct Row: CustomTestStringConvertible, Sendable {
    let letters: String
    let copied: String
    var testDescription: String { letters }
  }

  private static let text = "one two\n木栈道，和桥 x\n\n| a | b |\ne\u{301}nd 👩‍👩‍👧!"

  private static let rows = [
    Row(letters: "y", copied: "e\u{301}nd 👩‍👩‍👧!"),
    Row(letters: "gy", copied: "one two"),
    Row(letters: "g y", copied: "o"),
    Row(letters: "g wy", copied: "one t"),
    Row(letters: "g $y", copied: "one two"),
    Row(letters: "gj wy", copied: "木栈道，"),
    Row(letters: "gjww by", copied: "，和"),
    Row(letters: "gjl ly", copied: "栈道"),
    Row(letters: "gVjjy", copied: "one two\n木栈道，和桥 x\n"),
    Row(letters: "glll jy", copied: " two\n木栈"),
    Row(letters: "G $y", copied: "e\u{301}nd 👩‍👩‍👧!"),
    Row(letters: "Gl hy", copied: "e\u{301}n"),
    Row(letters: "Gw ly", copied: "👩‍👩‍👧!"),
    Row(letters: "g  y", copied: "one two"),
    Row(letters: "g lloly", copied: "ne"),
    Row(letters: "gpy", copied: "one two\n木栈道，和桥 x"),
    Row(letters: "gjjpy", copied: "| a | b |\ne\u{301}nd 👩‍👩‍👧!"),
    Row(letters: "gj}y", copied: "| a | b |"),
    Row(letters: "G{{y", copied: "one two"),
    Row(letters: "gmy", copied: text),
  ]

  @Test(arguments: rows)
  func `Letters move by character, word and line, and what is marked is copied`(_ row: Row) {
    var chat = Chat(.of(Self.text))
    chat.press(.select)
    #expect(copied(type(row.letters, &chat)) == row.copied)
    #expect(chat.state.overlay == nil)
  }

  @Test func `Each Enter, q and Esc leaves, and what was written comes back`() {
    for key in [KeyAction.accept, .cancel, .interrupt] {
      var chat = Chat(.of("Ask", "Reply"))
      chat.on(.composer(.changed(ComposerSnapshot(text: "draft", cursor: 5))))
      #expect(chat.press(.select) == [.composer(.setText(""))])
      let effects = chat.press(key)
      #expect(chat.state.overlay == nil)
      #expect(effects.contains(.composer(.setText("draft"))))
      #expect(copied(effects) == (key == .accept ? "Reply" : nil))
    }
  }

  @Test func `A marking goes over messages`() {
    var chat = Chat(.of("First\nline", "Second\nline"))
    chat.press(.select)
    _ = type("g ", &chat)
    chat.press(.down)
    chat.press(.down)
    #expect(copied(chat.press(.accept)) == "First\nline\n\nS")
  }

  @Test func `A column is kept over shorter lines`() {
    var chat = Chat(.of("Ask", "long line\nab\nlong line"))
    chat.press(.select)
    _ = type("lllkk", &chat)
    #expect(selection(chat)?.cursor.byteOffset == 3)
    chat.press(.wordRight)
    #expect(selection(chat)?.cursor.byteOffset == 5)
  }

  @Test func `A row of the screen is a step, and Home and End are its ends`() {
    var chat = Chat(.of("湖边的小路湖边的小路湖边的小路\nab\n湖边的小路湖边"))
    var report = ScrollReport()
    report.textColumns = 12
    chat.on(.view(.drawn(report)))
    chat.press(.select)
    // Six wide characters fit in a row.
    _ = type("gll", &chat)
    for (key, offset) in [
      (KeyAction.down, 24), (.down, 42), (.down, 48), (.down, 55), (.down, 70), (.up, 55),
      (.up, 48), (.up, 42), (.up, 24), (.home, 18), (.end, 33), (.down, 45), (.end, 42),
    ] {
      chat.press(key)
      #expect(selection(chat)?.cursor.byteOffset == offset, "\(key)")
    }
  }

  @Test func `A block of code is marked at once, the one above next, and copied bare`() {
    let text = "A\n```swift\nlet a = 1\n```\n- b\n  ```\n  x\n    y\n  ```\nend"
    var chat = Chat(.of("Ask", text))
    chat.press(.select)
    #expect(copied(type("cy", &chat)) == "x\n  y")
    chat.press(.select)
    #expect(copied(type("ccy", &chat)) == "let a = 1")
    chat.press(.select)
    #expect(copied(type("gcy", &chat)) == "let a = 1")
    chat.press(.select)
    _ = type("ccc", &chat)
    #expect(chat.says == "There is no block of code above.")
  }

  @Test func `Each letter of the help does something`() {
    let letters = SelectionKeys.rows.flatMap {
      $0.keys.split { " ,".contains($0) }.filter { $0.count == 1 }
    }
    #expect(letters.count == 19)
    for letter in letters {
      var chat = Chat(.of("Ask", "a b\n\nc d e\n```\nf\n```\n\ng h"))
      chat.press(.select)
      _ = type("kkk l", &chat)
      let before = chat.state.overlay
      _ = type(String(letter), &chat)
      #expect(chat.state.overlay != before, "\(letter)")
    }
    var chat = Chat(.of("Ask"))
    chat.press(.select)
    _ = type("?", &chat)
    let said = Set((chat.says ?? "").split { " ,;.".contains($0) }.map(String.init))
    #expect(letters.allSatisfy { said.contains(String($0)) })
    chat.press(.up)
    #expect(chat.says == nil)
  }

  @Test func `A page is as many lines as fill the screen when they are wrapped`() {
    let line = String(repeating: "word ", count: 60)
    var chat = Chat(.of("Ask", Array(repeating: line, count: 40).joined(separator: "\n")))
    var report = ScrollReport()
    report.visibleRows = 21
    chat.on(.view(.drawn(report)))
    chat.press(.select)
    chat.press(.top)
    chat.press(.messageDown)
    chat.press(.pageDown)
    let columns = chat.state.capabilities.size.columns - 10
    let perLine = (300 + columns - 1) / columns
    let lines = (20 + perLine - 1) / perLine
    #expect(selection(chat)?.cursor.byteOffset == lines * 301)
    chat.press(.pageUp)
    #expect(selection(chat)?.cursor.byteOffset == 0)
  }

  @Test func `It begins at the top of a screen that was moved`() {
    var chat = Chat(.of("Ask", "one\ntwo\nthree\nfour"))
    let ids = chat.conversation.messages.pathIDs
    var report = ScrollReport()
    report.place = .text(ids[1], TextPlace(block: 1))
    report.firstMessage = ids[1]
    report.firstSource = SourceStart(byteOffset: 4, line: 1)
    chat.on(.view(.drawn(report)))
    chat.press(.select)
    #expect(selection(chat)?.cursor == Selection.Spot(message: ids[1], byteOffset: 8))
  }

  @Test func `Line ends behind a text are no place to stand on`() {
    var chat = Chat(.of("Ask", "one\ntwo\n\n"))
    chat.press(.select)
    #expect(copied(chat.press(.accept)) == "two")
    chat.press(.select)
    chat.press(.down)
    #expect(copied(type("m$y", &chat)) == "one\ntwo")
  }

  @Test func `Without a message there is nothing to select`() {
    var chat = Chat()
    #expect(chat.press(.select) == [])
    #expect(chat.state.overlay == nil && chat.says != nil)
  }

  @Test func `A paste goes to the message that is being written`() {
    var chat = Chat(.of("Ask", "Reply"))
    chat.press(.select)
    #expect(chat.on(.composer(.pasted("text"))).contains(.composer(.insert("text"))))
    #expect(chat.state.overlay == nil)
  }
}
