import Screen

/// Turns any text into cells: their number is the width, and nothing reaches the screen that could
/// move the cursor or be taken for a command.
///
/// A broken law traps.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
  let rules = WidthRules(ambiguousIsWide: (bytes.first ?? 0) & 1 == 1)
  let cells = Cell.cells(of: text, rules: rules)
  precondition(cells.count == DisplayWidth.columns(of: text, rules: rules), "another width")
  var previous: UInt8 = 1
  for cell in cells {
    precondition(cell.width <= 2 && (cell.width == 0) == (previous == 2), "half a character")
    previous = cell.width
    for scalar in [cell.base] + cell.marks {
      precondition(isHarmless(scalar.value), "U+\(String(scalar.value, radix: 16)) came through")
    }
  }
  precondition(previous != 2, "half a character at the end")
  // What was made safe stays as it is.
  precondition(Cell.cells(of: cells.text, rules: rules) == cells, "made safe twice")
  return 0
}

/// No control of C0 or C1, no mark of direction, no joiner, no noncharacter.
private func isHarmless(_ scalar: UInt32) -> Bool {
  switch scalar {
  case ..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: false
  default: scalar & 0xFFFE != 0xFFFE
  }
}
