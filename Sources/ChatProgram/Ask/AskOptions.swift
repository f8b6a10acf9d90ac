package import Conversation
import Language

/// Tells a mistyped call of the command line from a question.
package enum MistypedCall {
  /// The call that a word is one slip of the fingers away from.
  package static func nearest(to word: String, among calls: [String]) -> String? {
    calls.first { $0 != word && EditDistance.between($0, word) == 1 }
  }
}

/// What `iris ask` was asked for, beside what it shares with the full screen.
package struct AskOptions: Sendable {
  /// A message to add before the question.
  package struct Addition: Sendable {
    package var role: Role
    package var text: String

    package init(role: Role, text: String) {
      self.role = role
      self.text = text
    }
  }

  /// The words of the command line, which may be paths of pictures; empty where there were none.
  package var words: [String] = []
  /// Messages to add before the question.
  package var additions: [Addition] = []
  /// One request for each picture, in order.
  package var each = false
  /// With `each`: a JSON object a line, instead of text.
  package var jsonLines = false
  /// With `jsonLines`: the file of results, which a later run goes on with; nil for standard output.
  package var resultsFile: String?
  /// With `each`: how many requests go side by side.
  package var parallelism = 1
  /// The whole response object as JSON, instead of the text.
  package var raw = false
  package var streams = true
  /// The name to store the conversation under.
  package var saveName: String?
  /// Whether to say at the end what the replies took, in tokens and money.
  package var tellsUsage = false
  /// Whether to send what a known limit speaks against.
  package var ignoresRisks = false
  /// Names of tools whose calls may be made unasked.
  package var allowedTools: [String] = []
  /// How many times in a row calls may be answered; nil for what the configuration says.
  package var roundLimit: Int?
  /// What a question may cost with all its calls, in dollars; nil for no bound.
  package var budget: Double?
  /// Whether no call is made, and recorded results stand in their place.
  package var replays = false
  /// Whether calls and results are told on standard error.
  package var showsCalls = false

  package init() {}
}
