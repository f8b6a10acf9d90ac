/// A row of the transcript: all three are counted from 0.
struct RowPosition: Comparable {
  var entry: Int
  /// A block of the message.
  var block: Int
  /// A row of the block.
  var row: Int

  static let top = RowPosition(entry: 0, block: 0, row: 0)

  static func < (left: Self, right: Self) -> Bool {
    (left.entry, left.block, left.row) < (right.entry, right.block, right.row)
  }
}
