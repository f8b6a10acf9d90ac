import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

/// Programs beside the conversation.
@Suite struct ExternalProgramTests {
  private func chat() -> Chat { Chat(.of("One", "Two")) }

  @Test func `A reply is handed to a command, one at a time`() {
    var chat = chat()
    let effects = chat.enter("/pipe wc -w")
    #expect(effects.contains(.externalProgram(.pipe(1, command: "wc -w", text: "Two"))))
    // The bar shows how long it takes.
    #expect(chat.tick().contains(.wake(after: 250)))
    #expect(
      !chat.enter("/pipe sort").contains { if case .externalProgram = $0 { true } else { false } })
    #expect(chat.says == "wc -w is still running. Esc stops it.")
    chat.on(.externalProgram(.piped(1, PipeOutcome(status: 0, output: "1\n"))))
    #expect(chat.says == "wc -w: 1")
    #expect(
      chat.enter("/pipe sort").contains(.externalProgram(.pipe(2, command: "sort", text: "Two"))))
  }

  struct Case: Sendable {
    var outcome: PipeOutcome
    var kind: Notice.Kind
    var says: String
  }

  @Test(arguments: [
    Case(outcome: PipeOutcome(status: 0, output: ""), kind: .information, says: "sort is done."),
    Case(outcome: PipeOutcome(status: 0, output: "a\n"), kind: .information, says: "sort: a"),
    Case(
      outcome: PipeOutcome(status: 2, output: "a\nb\n", isCut: true), kind: .error,
      says: "sort ended with status 2: a b …"),
    Case(
      outcome: PipeOutcome(status: 2, output: "sort: no"), kind: .error,
      says: "sort ended with status 2: sort: no"),
    Case(
      outcome: PipeOutcome(status: 2, output: "\n"), kind: .error,
      says: "sort ended with status 2 and printed nothing."),
    Case(
      outcome: PipeOutcome(status: 3, output: "  \n\t\r\n"), kind: .error,
      says: "sort ended with status 3 and printed nothing."),
    Case(
      outcome: PipeOutcome(status: 2, output: "  a\n \n  b \n"), kind: .error,
      says: "sort ended with status 2: a b"),
  ])
  func `What a command printed is told in one line`(row: Case) {
    var chat = chat()
    chat.enter("/pipe sort")
    chat.on(.externalProgram(.piped(1, row.outcome)))
    #expect(chat.state.notice?.kind == row.kind)
    #expect(chat.says == row.says)
    #expect(chat.state.externalPrograms.pipe == nil)
  }

  @Test(arguments: [
    (PipeOutcome(status: 0, output: "  a\n\n\tb \n\n"), ["  a", "", "\tb "]),
    (PipeOutcome(status: 0, output: "a\nb\n", isCut: true), ["a", "b", "…"]),
  ])
  func `Rows that a command printed stand on a page`(outcome: PipeOutcome, rows: [String]) {
    var chat = chat()
    chat.enter("/pipe sort")
    chat.on(.externalProgram(.piped(1, outcome)))
    #expect(chat.page?.title.text() == "What sort printed")
    #expect(chat.page?.text == rows)
    #expect(chat.says == nil)
  }

  @Test func `A page of what was printed takes no letters of what is being written`() {
    var chat = chat()
    chat.enter("/pipe sort")
    chat.type("jo")
    chat.on(.externalProgram(.piped(1, PipeOutcome(status: 0, output: "a\nb\n"))))
    #expect(chat.says == "sort: a b")
    #expect(chat.state.overlay == nil)
    chat.type("jog")
    #expect(chat.line == "jog")
  }

  @Test func `A command that gets the terminal is handed the reply, and its end is told`() {
    var chat = chat()
    #expect(chat.enter("/pipe! vim -").contains(.terminal(.pipe("Two", to: "vim -"))))
    #expect(chat.state.externalPrograms.pipe == nil)
    chat.on(.externalProgram(.ranOnScreen("vim -", status: 0)))
    #expect(chat.says == "vim - is done.")
    chat.on(.externalProgram(.ranOnScreen("vim -", status: 3)))
    #expect(chat.says == "vim - ended with status 3.")
    #expect(chat.state.notice?.kind == .error)
  }

  @Test(arguments: ["sh: 1: cannot open /dev/tty", "Kein Terminal vorhanden", ""])
  func `A command that failed is offered with the terminal, whatever it said`(printed: String) {
    var chat = chat()
    chat.enter("/pipe fzf")
    chat.on(.externalProgram(.piped(1, PipeOutcome(status: 2, output: printed))))
    #expect(chat.says?.hasPrefix("fzf ended with status 2") == true)
    #expect(chat.state.notice?.offers == [.pipeOnScreen("fzf")])
    #expect(chat.press(.offer1).contains(.terminal(.pipe("Two", to: "fzf"))))
  }

  @Test(arguments: [KeyAction.cancel, .interrupt])
  func `Esc and Ctrl-C stop the command, and what it still says is not heard`(key: KeyAction) {
    var chat = chat()
    chat.enter("/pipe sort")
    #expect(chat.press(key) == [.externalProgram(.stop(1))])
    #expect(chat.says == "sort was stopped before its end. /pipe begins anew.")
    chat.on(.externalProgram(.piped(1, PipeOutcome(status: 143, output: ""))))
    #expect(chat.says == "sort was stopped before its end. /pipe begins anew.")
  }

  @Test func `Text that no tool takes goes to the terminal`() {
    var chat = chat()
    #expect(chat.enter("/copy 2").last == .externalProgram(.copy("Two")))
    #expect(chat.on(.externalProgram(.notCopied("Two"))) == [.terminal(.copy("Two"))])
    chat.on(.externalProgram(.copied("Two")))
    #expect(chat.says == "Copied 3 characters to the clipboard.")
    chat.on(.externalProgram(.copied("T")))
    #expect(chat.says == "Copied 1 character to the clipboard.")
    let clipboard = "to tmux, and to the terminal's clipboard where it allows that."
    chat.on(.externalProgram(.copiedToTmux("Two")))
    #expect(chat.says == "Copied 3 characters \(clipboard)")
    chat.on(.externalProgram(.copiedToTmux("T")))
    #expect(chat.says == "Copied 1 character \(clipboard)")
  }

  @Test func `An address that nothing opens is shown`() {
    var chat = chat()
    chat.on(.externalProgram(.opened("http://a.cn")))
    #expect(chat.says == "Opened http://a.cn.")
    chat.on(.externalProgram(.notOpened("http://a.cn")))
    #expect(chat.says == "No program opens links here. The address is http://a.cn")
  }
}
