import Markdown

/// What a block takes over from the block that it continues.
struct BlockCarry {
  /// The widths of the columns of a table: they are those of its first piece.
  var widths: [Int]?

  var isEmpty: Bool { widths == nil }
}
