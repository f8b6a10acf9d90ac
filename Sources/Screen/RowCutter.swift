/// Cuts one line into rows: greedy, from left to right, remembering the last good place.
struct RowCutter {
  private let cells: [Cell]
  private let wrapping: Wrapping
  private let hangingSpaces: Int
  private var breaker = LineBreaker()
  private var finished: [Range<Int>] = []
  private var start = 0
  /// Where the row that is being filled may end by the rules; `start` while there is no place.
  private var lastBreak = 0
  /// Where a long word may end if it must: after punctuation as in addresses and paths.
  private var lastJoint = 0

  init(wrapping: Wrapping, cells: [Cell], hangingSpaces: Int) {
    self.wrapping = wrapping
    self.cells = cells
    self.hangingSpaces = hangingSpaces
  }

  mutating func rows() -> [Range<Int>] {
    for index in cells.indices where cells[index].width > 0 {
      if wrapping.unit == .words { noteBreaks(before: index) }
      while overflows(at: index) { endRow(before: index) }
    }
    finished.append(start..<cells.count)
    return finished
  }

  private var available: Int {
    finished.isEmpty ? wrapping.columns : wrapping.columns - wrapping.continuationIndent
  }

  private func overflows(at index: Int) -> Bool {
    let excess = index + Int(cells[index].width) - start - available
    return excess > 0 && !(isSpace(index) && excess <= hangingSpaces)
  }

  private mutating func noteBreaks(before index: Int) {
    if breaker.allowsBreak(before: BreakClass(cells[index])) {
      lastBreak = index
    } else if index > 0, isJoint(cells[index - 1].base), !isJoint(cells[index].base) {
      lastJoint = index
    }
  }

  private mutating func endRow(before index: Int) {
    let end =
      if isSpace(index) {
        index
      } else if lastBreak > start {
        lastBreak
      } else if lastJoint > start + available / 2, lastJoint <= start + available {
        lastJoint
      } else {
        hardEnd(before: index)
      }
    finished.append(start..<end)
    start = end
  }

  /// The last place in the row that parts no wide cell and, if it can be, no spacing mark.
  private func hardEnd(before index: Int) -> Int {
    var limit = min(index, start + available)
    if cells[limit].width == 0 { limit -= 1 }
    var end = limit
    while end > start + 1, !beginsCharacter(end) { end -= 1 }
    return beginsCharacter(end) ? end : limit
  }

  private func beginsCharacter(_ index: Int) -> Bool {
    cells[index].width > 0 && BreakClass(cells[index]) != .combining
  }

  private func isSpace(_ index: Int) -> Bool { cells[index].base == " " && cells[index].width > 0 }

  private func isJoint(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "/", "?", "&", "=", "#", "_", ".", ",", ";", ":", "+", "|", "@", "\\", "-", "~": true
    default: false
    }
  }
}
