import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Screen
import Testing

@Suite struct KeyTests {
  @Test(arguments: [
    (KeyAction.pageUp, -19), (.pageDown, 19), (.lineUp, -1), (.lineDown, 1), (.wheelUp, -3),
    (.wheelDown, 3),
  ])
  func `The transcript moves by rows, which drawing counts`(key: KeyAction, rows: Int) {
    var chat = Chat(.of("One", "Two"))
    var report = ScrollReport()
    report.visibleRows = 20
    chat.on(.view(.drawn(report)))
    #expect(chat.press(key) == [])
    chat.press(key)
    #expect(chat.state.transcript.pendingRows == 2 * rows)
    report.place = .message(chat.conversation.messages.pathIDs[0], row: 3)
    chat.on(.view(.drawn(report)))
    #expect(chat.state.transcript.pendingRows == 0)
    #expect(chat.state.transcript.place == report.place)
  }

  @Test func `Before anything is drawn a page is one row`() {
    var chat = Chat()
    chat.press(.pageDown)
    #expect(chat.state.transcript.pendingRows == 1)
  }

  @Test func `The transcript moves to its ends and by messages`() {
    var chat = Chat(.of("One", "Two", "Three"))
    let ids = chat.conversation.messages.pathIDs
    chat.press(.messageUp)
    #expect(chat.state.transcript.place == .bottom)
    func place(after key: KeyAction, from first: Int?, inside: Bool = false) -> TranscriptPlace {
      var report = ScrollReport()
      report.firstMessage = first.map { ids[$0] } ?? MessageID(rawValue: 0)
      report.place = inside ? .text(ids[first ?? 0], TextPlace(block: 1)) : .top
      chat.on(.view(.drawn(report)))
      chat.press(key)
      return chat.state.transcript.place
    }
    #expect(place(after: .messageDown, from: 0) == .message(ids[1], row: 0))
    #expect(place(after: .messageDown, from: 2) == .bottom)
    #expect(place(after: .messageUp, from: 1) == .message(ids[0], row: 0))
    #expect(place(after: .messageUp, from: 1, inside: true) == .message(ids[1], row: 0))
    #expect(place(after: .messageUp, from: 0) == .top)
    // The instructions stand above the first message.
    #expect(place(after: .messageDown, from: nil) == .message(ids[0], row: 0))
    #expect(place(after: .messageUp, from: nil) == .top)
    #expect(place(after: .top, from: 2) == .top)
    #expect(place(after: .bottom, from: 0) == .bottom)
  }

  @Test func `New text does not pull the view down, a new message does`() throws {
    var chat = Chat(.of("One", "Two"))
    chat.press(.top)
    try chat.ask("Three")
    #expect(chat.state.transcript.place == .bottom)
    chat.press(.top)
    chat.reply(.text("Four"))
    #expect(chat.state.transcript.place == .top)
  }

  @Test func `Esc leaves the nearest thing, one after another`() {
    var chat = Chat(.of("One", "Two"))
    chat.press(.top)
    chat.enter("/find One")
    chat.press(.cancel)
    #expect(chat.state.transcript.find == nil)
    // What the search said is not true any more.
    #expect(chat.says == nil)
    #expect(chat.state.transcript.place != .bottom)
    chat.press(.cancel)
    #expect(chat.state.transcript.place == .bottom)
  }

  @Test(arguments: [
    (KeyAction.redraw, TerminalEffect.redraw), (.suspend, .suspend), (.editor, .edit("Draft")),
  ])
  func `The terminal is ordered to act`(key: KeyAction, order: TerminalEffect) {
    var chat = Chat()
    chat.type("Draft")
    #expect(chat.press(key) == [.terminal(order)])
  }

  @Test(arguments: [KeyAction.newline, .up, .down, .accept])
  func `Keys of the composer are its own`(key: KeyAction) {
    var chat = Chat(.of("One"))
    chat.type("Draft")
    #expect(chat.press(key) == [])
    #expect(chat.line == "Draft")
    #expect(chat.path == ["user: One"])
    #expect(chat.says == nil)
  }

  @Test func `A page over the transcript leaves the terminal's keys alone`() {
    var chat = Chat()
    chat.enter("/help")
    #expect(chat.press(.redraw) == [.terminal(.redraw)])
    #expect(chat.press(.suspend) == [.terminal(.suspend)])
  }

  @Test func `The mouse is handed over and taken back`() {
    var chat = Chat()
    chat.press(.mouse)
    #expect(!chat.state.capabilities.mouseIsOn)
    #expect(chat.says == "The mouse selects text now; Ctrl-X m takes it back.")
    chat.press(.mouse)
    #expect(chat.state.capabilities.mouseIsOn)
    #expect(chat.says == "The wheel moves the transcript again.")
  }

  @Test func `What the terminal reports is known`() {
    var chat = Chat()
    chat.on(.terminal(.resized(Size(columns: 40, rows: 10))))
    #expect(chat.state.capabilities.size == Size(columns: 40, rows: 10))
    chat.on(.terminal(.background(isDark: false)))
    #expect(!chat.state.capabilities.backgroundIsDark)
    #expect(chat.on(.terminal(.resumed)) == [])
  }

  @Test func `Every key has a name for the init file, and none is bound twice`() {
    let names = KeyAction.allCases.map(\.rawValue)
    #expect(names.allSatisfy { $0.hasPrefix("iris-") })
    let sequences = KeyAction.allCases.flatMap(\.sequences)
    #expect(Set(sequences).count == sequences.count)
    for key in KeyAction.allCases { #expect(!key.sequences.isEmpty) }
  }

  @Test func `What each key does is said without a full stop`() {
    #expect(
      KeyAction.allCases.map { $0.summary.text() } == [
        "stops the reply, closes a list, or leaves the search",
        "stops the reply; clears the line; twice on an empty line quits",
        "quits, on an empty line", "starts a new line",
        "opens the message in $VISUAL or $EDITOR", "draws the screen again",
        "goes to the background", "chooses in a list", "shows the keys, on an empty line",
        "moves in the text, then in the history", "moves in the text, then in the history",
        "moves the transcript by a page", "moves the transcript by a page",
        "moves the transcript by lines", "moves the transcript by lines",
        "moves the transcript by lines", "moves the transcript by lines",
        "moves the transcript by a message", "moves the transcript by a message",
        "goes to the first message", "goes to the last message", "goes to the first message",
        "goes to the last message",
        "shows the other variant of a message", "shows the other variant of a message",
        "goes to the next or the previous match of /find",
        "goes to the next or the previous match of /find", "copies the last reply",
        "shows or hides the reasoning",
        "shows or hides the arguments and results of tools", "shows or hides the pictures",
        "hands the mouse back to the terminal, or takes it",
        "shows the Markdown source, or the text",
        "selects text by keyboard: Space marks, Enter copies, ? shows the keys",
        "moves in the text, or in what is selected", "moves in the text, or in what is selected",
        "moves in the text, or in what is selected", "moves in the text, or in what is selected",
        "accepts what is offered", "accepts what is offered", "accepts what is offered",
      ])
  }
}
