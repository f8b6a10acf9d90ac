package import Language

/// Why a server of tools cannot be used, or did not answer; the one error of this module.
package enum MCPError: Error, Equatable, Sendable {
  /// The program is not there, or may not be run.
  case notStarted(command: String)
  /// The program ended; the last line that it left.
  case ended(status: Int, words: String?)
  /// Nothing came in so many seconds.
  case silent(seconds: Int)
  /// It answered with an error of its own.
  case refused(code: Int, message: String)
  /// It answered with something that is no answer.
  case unintelligible
  /// It speaks none of the revisions that Iris speaks; those that it named.
  case noCommonRevision([String])
  /// A message is longer than is taken, in bytes.
  case tooLong(limit: Int)
  /// Its address or the way to it; what happened, and what to do.
  case unreachable(Phrase)
  /// It has forgotten the session: a new one begins with the next request.
  case sessionLost
  /// The caller does not wait any more.
  case stopped
}

extension MCPError {
  /// What happened with the server of that name in the configuration, and what to do.
  package func phrase(of name: String) -> Phrase {
    switch self {
    case .notStarted(let command):
      say("\(name): \(command) cannot be run. Check command in mcp in config.yaml.")
    case .ended(let status, let words?):
      say("\(name) ended (exit \(status)): \(words). Try its command in a terminal.")
    case .ended(let status, nil):
      say("\(name) ended (exit \(status)). Try its command in a terminal.")
    case .silent(let seconds):
      say("\(name) did not answer within \(seconds) s. Set a longer timeout in mcp in config.yaml.")
    case .refused(let code, let message):
      say("\(name) answered with an error: \(message) (\(code)). iris mcp shows how it is.")
    case .unintelligible:
      say("\(name) does not speak the Model Context Protocol. Check mcp in config.yaml.")
    case .noCommonRevision(let revisions):
      say(
        "\(name) speaks other revisions of the protocol (\(revisions.joined(separator: ", "))). Update it."
      )
    case .tooLong(let limit):
      say("\(name) sent a message of more than \(limit >> 20) MiB. It was ended.")
    case .unreachable(let phrase): say("\(name): \(phrase)")
    case .sessionLost: say("\(name) has forgotten the session. Ask again: a new one begins.")
    case .stopped: say("\(name) was not waited for.")
    }
  }
}
