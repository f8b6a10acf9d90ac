import Markdown

/// What a block takes over from the block that it continues.
struct BlockCarry {
  /// The columns of a table: they are those of its first piece.
  var table: TableColumns?
  /// Whether the last row of a table took more than one line.
  var lastRowIsTall = false
  /// What code is inside of: a comment, a text of several lines.
  var highlighter: CodeHighlighter?
  /// How many fenced blocks of code began before; nil where that is not known.
  var codeCount: Int?

  /// Takes in a block of code that begins; returns the number by which `/copy code` calls it.
  mutating func number(_ code: CodeBlock) -> Int? {
    guard code.isFenced, let count = codeCount else { return nil }
    codeCount = count + 1
    return count + 1
  }

  var isEmpty: Bool { table == nil && highlighter == nil }
}
