/// Work for other programs, beside the loop.
package enum ExternalProgramEffect: Equatable, Sendable {
  /// Puts text on the clipboard; answered by `copied`, or by `notCopied` where no program takes it.
  case copy(String)
  /// Hands text to a command of the shell; answered by `piped`, unless it is stopped.
  case pipe(Int, command: String, text: String)
  /// Ends the command of a `/pipe`, with all that it has started.
  case stop(Int)
  /// Opens an address; answered by `opened` or `notOpened`.
  case open(String)
}

/// The answer to an ``ExternalProgramEffect``.
package enum ExternalProgramEvent: Equatable, Sendable {
  case copied(String)
  /// tmux took a text, and gives it to the terminal's clipboard where both allow it.
  case copiedToTmux(String)
  case notCopied(String)
  case piped(Int, PipeOutcome)
  /// A command that had the terminal has ended, with a status as shells count it.
  case ranOnScreen(String, status: Int32)
  case opened(String)
  case notOpened(String)
}

/// How the command of a `/pipe` ended.
package struct PipeOutcome: Equatable, Sendable {
  /// As shells count it.
  package var status: Int32
  /// What it printed, the beginning at least.
  package var output: String
  /// Whether it printed more than that.
  package var isCut: Bool

  package init(status: Int32, output: String, isCut: Bool = false) {
    self.status = status
    self.output = output
    self.isCut = isCut
  }
}
