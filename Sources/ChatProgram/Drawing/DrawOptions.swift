package import Conversation

/// What `iris draw` was told on the command line.
package struct DrawOptions: Sendable {
  /// The prompt's words; what is piped in stands behind them.
  package var words: [String] = []
  /// Pictures to change, as paths and URLs; `-` is standard input.
  package var pictures: [String] = []
  package var mask: String?
  package var size: Drawing.Size?
  package var quality: String?
  package var style: String?
  package var background: String?
  package var count = 1
  package var seed: Int64?
  package var looks: [String] = []
  /// The file to write; nil for one that is named for the prompt.
  package var output: String?
  package var isReplacing = false
  package var asJSON = false

  package init() {}
}
