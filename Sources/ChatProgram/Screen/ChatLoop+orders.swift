import ChatCore
import Conversation
import Language
import Terminal

extension ChatLoop {
  func perform(_ effect: ComposerEffect) {
    switch effect {
    case .setText(let text): take(composer.setText(text))
    case .insert(let text): take(composer.insert(text))
    case .remember(let text): remember(text)
    }
  }

  private func remember(_ text: String) {
    composer.addHistory(text)
    do {
      try history.append(text)
    } catch {
      let phrase = say(
        "What you type is not kept for the next time: \(history.path) is not writable.")
      state.notice = Notice(.warning, phrase)
    }
  }

  func perform(_ order: TerminalOrder) {
    switch order {
    case .copy(let text): copy(text)
    case .edit(let text): edit(text)
    case .page(let text): page(text)
    case .pipe(let command, let text): pipe(text, to: command)
    case .open(let address): open(address)
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
    let environment = installation.environment
    for tool in Self.clipboardTools(environment) {
      var child = ChildProgram(arguments: tool, environment: environment)
      child.input = Array(text.utf8)
      child.output = .nowhere
      guard child.run().status == 0 else { continue }
      handle(.terminal(.copied(say("Copied \(text.count) characters to the clipboard."))))
      return
    }
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
        .copied(say("Copied \(text.count) characters through the terminal (OSC 52)."))))
  }

  private static func clipboardTools(_ environment: [String: String]) -> [[String]] {
    func isSet(_ name: String) -> Bool { environment[name]?.isEmpty == false }
    var tools: [[String]] = []
    if isSet("WAYLAND_DISPLAY") { tools.append(["wl-copy"]) }
    if isSet("DISPLAY") { tools.append(["xclip", "-selection", "clipboard", "-in"]) }
    #if os(macOS)
      tools.append(["pbcopy"])
    #endif
    return tools
  }

  private func edit(_ text: String) {
    let editor = TextEditor(environment: installation.environment)
    let edited = session.withScreenReleased { editor.edit(text) }
    resize()
    handle(.composer(.edited(edited)))
  }

  private func page(_ text: String) {
    let environment = installation.environment
    let pager = environment["PAGER"].flatMap { $0.isEmpty ? nil : $0 } ?? "less"
    session.withScreenReleased {
      var child = ChildProgram.shell(pager, environment: environment)
      child.input = Array(text.sanitisedLines.utf8)
      child.output = .terminal
      _ = child.run()
    }
    resize()
  }

  private func pipe(_ text: String, to command: String) {
    var child = ChildProgram.shell(command + " 2>&1", environment: installation.environment)
    child.input = Array(text.utf8)
    let outcome = child.run()
    let output = String(decoding: outcome.output.prefix(4000), as: UTF8.self)
    let line = output.split(whereSeparator: \.isNewline).joined(separator: " ")
    state.notice =
      outcome.status == 0
      ? Notice(.information, line.isEmpty ? say("\(command) is done.") : say("\(command): \(line)"))
      : Notice(.error, say("\(command) ended with status \(outcome.status): \(line)"))
  }

  private func open(_ address: String) {
    var child = ChildProgram(
      arguments: ["xdg-open", address], environment: installation.environment)
    child.output = .nowhere
    child.input = []
    state.notice =
      child.run().status == 0
      ? Notice(.information, say("Opened \(address)."))
      : Notice(.warning, say("No program opens links here. The address is \(address)"))
  }
}
