package import Conversation

/// Why a call is not made.
package enum CallRefusal: Equatable, Sendable {
  /// There is no such tool, or it is not offered; the names of those that are.
  case unknown(String, offered: [String])
  /// A rule forbids the tool.
  case denied(String)
  /// The arguments are no JSON object.
  case unreadable(String)
  /// Nothing is run, and no result of the same call is in the conversation.
  case notRecorded
  /// It would have to be asked about, and nobody can be asked.
  case notAllowedHere
  /// The user said no, and why, where he gave a reason.
  case declined(String?)
  /// The user stopped it.
  case stopped

  /// What a model is told in the place of a result, in the language that models are trained in most.
  package var words: String {
    switch self {
    case .unknown(let name, let offered):
      let names = offered.isEmpty ? "none" : offered.joined(separator: ", ")
      return "There is no tool \(name.prefix(100)). The tools are: \(names)."
    case .denied(let name): return "The user does not allow calls of \(name)."
    case .unreadable(let arguments):
      return "The arguments are no JSON object: \(arguments.prefix(500))"
    case .notRecorded: return "Nothing is run: there is no recorded result of this call."
    case .notAllowedHere:
      return "Not allowed here: nobody can be asked whether this call may be made."
    case .declined(let reason?): return "The user declined this call: \(reason)"
    case .declined(nil): return "The user declined this call."
    case .stopped: return "Stopped by the user before there was a result."
    }
  }
}

extension ToolResult {
  /// Whether the user said no to its call, which never ran.
  package var isDeclined: Bool {
    guard isError, milliseconds == nil, case .text(let text)? = parts.first else { return false }
    return text == CallRefusal.declined(nil).words
      || text.hasPrefix(CallRefusal.declined("").words)
  }
}
