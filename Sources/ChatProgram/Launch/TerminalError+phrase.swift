package import Language
import Terminal

extension TerminalError {
  /// What happened, and what to do next.
  package var phrase: Phrase {
    switch self {
    case .notATerminal:
      say("Iris needs a terminal. In a pipe, use: iris ask PROMPT")
    case .terminalNotNamed:
      say(
        "TERM is not set, so the screen cannot be drawn. Set it, for example: TERM=xterm-256color")
    case .unknownTerminal(let name):
      say("The terminal \(name) is not known here. Try: TERM=xterm-256color iris")
    case .unusableTerminal(let name):
      say("The terminal \(name) cannot move the cursor. In scripts, use: iris ask PROMPT")
    case .noUTF8Locale:
      say("No UTF-8 locale is installed. Install one, or set LC_ALL=C.UTF-8.")
    case .system(let call, let code):
      say("\(call) failed (error \(code)). Close some programs, then try again.")
    case .file(let path, let code):
      say("\(path) cannot be read or written (error \(code)). Check its permissions.")
    case .notARegularFile(let path):
      say("What you type is not kept: \(path) is no regular file. Remove it, then start again.")
    }
  }
}
