import ChatEngine
import ChatScreen
import Configuration
import Conversation
import Language
import Processes
import Screen
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ChatLoop {
  func perform(_ effect: ComposerEffect) {
    switch effect {
    case .setText(let text): place(text, cursor: nil)
    case .place(let text, let cursor): place(text, cursor: cursor)
    case .insert(let text): handleComposerEvents(composer.insert(text))
    case .remember(let text): remember(text)
    }
  }

  private func place(_ text: String, cursor: Int?) {
    handleComposerEvents(composer.setText(text, cursorByteOffset: cursor))
    // Also where the text was the same before: the mode of vi's may be another.
    reportComposer()
  }

  private func remember(_ text: String) {
    composer.addHistory(text)
    guard text != lastRemembered else { return }
    do {
      try history.append(text)
      lastRemembered = text
    } catch .notARegularFile {
      // Told at the start.
    } catch {
      let phrase = say(
        "What you type is not kept for the next time: \(history.path) is not writable.")
      handle(.program(.remarked(phrase, .warning)))
    }
  }

  func perform(_ effect: TerminalEffect) {
    guard effectsWhileLent?.append(effect) == nil else { return }
    switch effect {
    case .copy(let text): copy(text)
    case .edit(let text): edit(text)
    case .page(let text): page(text)
    case .pipe(let text, let command):
      let status = runOnScreen(command, reading: text)
      handle(.externalProgram(.ranOnScreen(command, status: status)))
    case .askKey(let provider): askKey(of: provider)
    case .suspend:
      session.suspend()
      resize()
      handle(.terminal(.resumed))
    case .redraw:
      session.repaint()
      resize()
    case .beep: session.send(.bell)
    case .askGraphics: askGraphics()
    }
  }

  /// The most bytes that terminals take in one OSC 52 (xterm's and tmux's own limits are near it).
  private static let clipboardLimit = 74_994

  private func copy(_ text: String) {
    guard session.takesStrings else {
      let phrase = say("There is no clipboard here. /save FILE or /pipe takes the text.")
      handle(.terminal(.copyFailed(phrase)))
      return
    }
    guard text.utf8.count <= Self.clipboardLimit else {
      let phrase = say(
        "The text is too long for the terminal's clipboard. /save FILE or /pipe takes all of it.")
      handle(.terminal(.copyFailed(phrase)))
      return
    }
    session.send(.copy(text))
    handle(
      .terminal(
        .copied(say("Copied \(text.count, .characters) through the terminal (OSC 52)."))))
  }

  private func edit(_ text: String) {
    let editor = TextEditor(environment: installation.environment)
    switch lendScreen(to: { editor.edit(text) }) {
    case .edited(let text): handle(.composer(.edited(text)))
    case .failed(let saved): handle(.composer(.editorFailed(saved: saved)))
    }
  }

  private func page(_ text: String) {
    let environment = installation.environment
    let pager = environment.value(of: "PAGER") ?? "less"
    let status = runOnScreen(pager, reading: text)
    if status != 0 { handle(.externalProgram(.ranOnScreen(pager, status: status))) }
  }

  /// Gives the terminal to a command of the shell until it ends; its status.
  ///
  /// Where it fails, what it said there can be read before the conversation covers it.
  private func runOnScreen(_ command: String, reading text: String) -> Int32 {
    var child = ChildProgram.shell(command, environment: installation.environment)
    child.input = Array(text.sanitisedLines.utf8)
    child.output = .terminal
    let pause = KeyPause(terminal: session.inputDescriptor)
    let told = say("A key goes back to the conversation.").text(in: installation.language)
    return lendScreen { [child] in
      let status = child.run().status
      if ![0, 128 + SIGINT, 128 + SIGQUIT].contains(status) { pause.wait(saying: told) }
      return status
    }
  }
}
