import ChatEngine
import ChatScreen
import Conversation
import Screen

// Selection: the position of its cursor, and the highlighted cells of a block.
extension TranscriptLayout {
  /// The row that holds a byte of a message's source, and the cell in it; where the message is not
  /// shown as it is written, a row near by.
  mutating func position(
    ofByte offset: Int, in entry: Int, _ source: TranscriptSource
  ) -> (row: RowPosition, column: Int) {
    let place = block(ofByte: offset, in: entry, source)
    var position = RowPosition(entry: entry, block: place.block, row: 0)
    guard let shown = sourceRows(at: position, source) else {
      let passed = source.message(entry).text.utf8.prefix(offset).dropFirst(place.start)
      let rows = rows(at: position, source)
      let line = passed.count { $0 == UInt8(ascii: "\n") } + (rows.first?.isEmpty == true ? 1 : 0)
      position.row = max(0, min(line, rows.count - 1))
      return (position, 0)
    }
    let point = shown.rows.point(ofByte: offset - shown.start)
    position.row = point.row
    return (position, point.column)
  }

  /// The top of a screen that is as near to `top` as it can be with `row` in sight.
  mutating func top(
    near top: RowPosition, showing row: RowPosition, height: Int, _ source: TranscriptSource
  ) -> RowPosition {
    if row < top { return row }
    return max(top, position(from: row, by: 1 - height, source))
  }

  /// The rows of a block with its selected cells highlighted.
  mutating func highlighted(
    _ rows: [[Cell]], at position: RowPosition, _ marked: Range<Int>, _ source: TranscriptSource
  ) -> [[Cell]] {
    guard let shown = sourceRows(at: position, source) else { return rows }
    let bytes = max(0, marked.lowerBound - shown.start)..<max(0, marked.upperBound - shown.start)
    var rows = rows
    for (row, cells) in zip(rows.indices, shown.rows.cells(ofBytes: bytes)) {
      for column in cells where rows[row].indices.contains(column) {
        rows[row][column].style.attributes.formUnion(source.context.theme.match)
      }
    }
    return rows
  }
}
