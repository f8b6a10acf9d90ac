import Markdown

/// The layout state that a block takes over from the block that it continues.
struct BlockContinuation {
  /// The columns of a table: they are those of its first piece.
  var table: TableColumns?
  /// Whether the last row of a table took more than one line.
  var lastRowIsTall = false
  /// The lexer state of code inside a comment or a string of several lines.
  var highlighter: CodeHighlighter?
  /// The number of fenced code blocks before; nil where it is not known.
  var codeCount: Int?

  /// Counts a block of code that begins; returns the number by which `/copy code` calls it.
  mutating func number(_ code: CodeBlock) -> Int? {
    guard code.isFenced, let count = codeCount else { return nil }
    codeCount = count + 1
    return count + 1
  }

  var isEmpty: Bool { table == nil && highlighter == nil }
}
