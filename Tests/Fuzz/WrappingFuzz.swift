import Screen

/// Wraps any text at any width: rows divide it without loss, none is too wide, none begins with half
/// a character, and each byte is found again in its row.
///
/// The first two bytes are the width and the way of wrapping. A broken law traps.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  guard bytes.count >= 2 else { return 0 }
  let text = String(decoding: bytes.dropFirst(2), as: UTF8.self)
  let columns = 2 + Int(bytes[0] % 80)
  let rules = WidthRules(ambiguousIsWide: bytes[1] & 1 == 1)
  let wrapping = Wrapping(
    columns: columns, continuationIndent: Int(bytes[1] >> 4),
    unit: bytes[1] & 2 == 0 ? .words : .characters)
  for line in StyledLine.lines(of: text) {
    let cells = line.cells(rules: rules)
    var end = 0
    for row in wrapping.rows(of: cells) {
      precondition(row.lowerBound == end, "rows have gaps")
      end = row.upperBound
      guard let first = cells[row].first else { continue }
      precondition(first.width > 0, "a row begins with half a character")
    }
    precondition(end == cells.count, "a row is missing")
    for row in cells.wrapped(by: wrapping) { precondition(row.count <= columns, "too wide") }
  }
  check(TextRows(text, columns: columns, rules: rules), text, columns, rules)
  return 0
}

private func check(_ rows: TextRows, _ text: String, _ columns: Int, _ rules: WidthRules) {
  let drawn = StyledLine.lines(of: text).flatMap { $0.wrapped(to: columns, rules: rules) }
  precondition(rows.count == drawn.count, "rows with bytes are others")
  let cells = rows.cells(ofBytes: 0..<text.utf8.count)
  precondition(cells.map(\.count) == drawn.map(\.count), "rows with bytes show others")
  for row in 0..<rows.count {
    let point = rows.point(ofByte: rows.byteOffset(ofRow: row))
    precondition(point.row == row || drawn[row].isEmpty, "a byte is in another row")
  }
}
