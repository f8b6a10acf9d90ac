/// What `iris ask` was asked for, beside what it shares with the full screen.
package struct AskOptions: Sendable {
  /// The words of the command line; nil where there were none.
  package var prompt: String?
  /// One request for each picture, in order.
  package var each = false
  /// The whole response object as JSON, instead of the text.
  package var raw = false
  package var streams = true
  /// The name to store the conversation under.
  package var saveName: String?

  package init() {}
}
