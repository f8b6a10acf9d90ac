import ChatEngine
import Conversation
import Language

extension ChatState {
  mutating func handleExternalProgramEvent(_ event: ExternalProgramEvent) -> [ChatEffect] {
    switch event {
    case .copied(let text): return tell(Self.copied(text.count))
    case .copiedToTmux(let text): return tell(Self.copiedToTmux(text.count))
    case .notCopied(let text): return [.terminal(.copy(text))]
    case .piped(let id, let outcome): return showOutput(outcome, of: id)
    case .ranOnScreen(let command, let status):
      return status == 0
        ? tell(say("\(command) is done."))
        : fail(say("\(command) ended with status \(status).")) + giveBackCommand(for: \.isOnScreen)
    case .opened(let address): return tell(say("Opened \(address)."))
    case .notOpened(let address):
      notice = Notice(
        .warning, say("No program opens links here. The address is \(address)"))
      return []
    }
  }

  private static func copied(_ count: Int) -> Phrase {
    say("Copied \(count, .characters) to the clipboard.")
  }

  private static func copiedToTmux(_ count: Int) -> Phrase {
    say(
      "Copied \(count, .characters) to tmux, and to the terminal's clipboard where it allows that.")
  }

  /// `/pipe COMMAND`.
  mutating func pipe(_ command: String) -> [ChatEffect] {
    guard !command.isEmpty else { return misused(.pipe) }
    guard let reply = lastReply else { return fail(say("There is no reply to hand over yet.")) }
    if let running = externalPrograms.pipe {
      return fail(say("\(running.command) is still running. Esc stops it."))
    }
    externalPrograms.lastID += 1
    externalPrograms.pipe = RunningPipe(
      id: externalPrograms.lastID, command: command, startedAt: self.reply.now)
    notice = nil
    return [.externalProgram(.pipe(externalPrograms.lastID, command: command, text: reply.text))]
      + send(.timeShown(true))
  }

  /// `/pipe! COMMAND`: what draws or asks cannot do so beside the screen.
  mutating func pipeOnScreen(_ command: String) -> [ChatEffect] {
    guard !command.isEmpty else { return misused(.pipeOnScreen) }
    guard let reply = lastReply else { return fail(say("There is no reply to hand over yet.")) }
    notice = nil
    return [.terminal(.pipe(reply.text, to: command))]
  }

  mutating func stop(_ pipe: RunningPipe) -> [ChatEffect] {
    externalPrograms.pipe = nil
    return send(.timeShown(false)) + [.externalProgram(.stop(pipe.id))]
      + tell(say("\(pipe.command) was stopped before its end. /pipe begins anew."))
  }

  private mutating func showOutput(_ outcome: PipeOutcome, of id: Int) -> [ChatEffect] {
    guard let pipe = externalPrograms.pipe, pipe.id == id else { return [] }
    externalPrograms.pipe = nil
    return send(.timeShown(false)) + show(outcome, of: pipe)
  }

  private mutating func show(_ outcome: PipeOutcome, of pipe: RunningPipe) -> [ChatEffect] {
    let command = pipe.command
    let printed = outcome.shown
    guard outcome.status == 0 else {
      let phrase =
        printed.isEmpty
        ? say("\(command) ended with status \(outcome.status) and printed nothing.")
        : say("\(command) ended with status \(outcome.status): \(printed)")
      // Many fail for want of the terminal, in words of their own: it is offered to all.
      return fail(phrase, offers: [.pipeOnScreen(command)])
        + giveBackCommand { $0.pipes(to: pipe.id) }
    }
    let rows = outcome.rows
    // A page takes the letters that are typed: it comes in front of nothing that has begun.
    guard rows.count <= 1 || overlay != nil || !composer.text.isEmpty else {
      return show(Page(title: say("What \(command) printed"), rows: rows.map(Page.Row.init)))
    }
    return tell(printed.isEmpty ? say("\(command) is done.") : say("\(command): \(printed)"))
  }
}

extension PipeOutcome {
  /// The most characters that a notice shows.
  private static let limit = 4000

  /// What was printed, row by row, without blank rows at its end.
  fileprivate var rows: [Substring] {
    var rows = output.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    while rows.last?.allSatisfy(\.isWhitespace) == true { rows.removeLast() }
    return isCut ? rows + ["…"] : rows
  }

  /// What was printed as one line without its blank lines, the dots behind it where there was more.
  fileprivate var shown: String {
    let line = output.prefix(Self.limit).split(whereSeparator: \.isNewline).map(\.trimmed)
      .filter { !$0.isEmpty }.joined(separator: " ")
    return isCut || output.count > Self.limit ? line + " …" : line
  }
}

extension Substring {
  /// Without the white space at its ends.
  fileprivate var trimmed: Substring {
    let start = drop(while: \.isWhitespace)
    return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
  }
}

extension Page.Row {
  /// A row of what a program printed, its blanks kept.
  fileprivate init(_ text: Substring) { self.init("", .verbatim(String(text))) }
}
