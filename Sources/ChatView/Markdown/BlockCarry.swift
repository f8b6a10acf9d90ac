import Markdown

/// What a block takes over from the block that it continues.
struct BlockCarry {
  /// The columns of a table: they are those of its first piece.
  var table: TableColumns?
  /// Whether the last row of a table took more than one line.
  var lastRowIsTall = false
  /// What code is inside of: a comment, a text of several lines.
  var highlighter: CodeHighlighter?

  var isEmpty: Bool { table == nil && highlighter == nil }
}
