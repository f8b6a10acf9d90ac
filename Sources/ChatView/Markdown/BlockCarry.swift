import Markdown

/// What a block takes over from the block that it continues.
struct BlockCarry {
  /// The widths of the columns of a table: they are those of its first piece.
  var widths: [Int]?
  /// What code is inside of: a comment, a text of several lines.
  var highlighter: CodeHighlighter?

  var isEmpty: Bool { widths == nil && highlighter == nil }
}
