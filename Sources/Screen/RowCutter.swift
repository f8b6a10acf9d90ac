/// Cuts one line into rows: greedy, from left to right, remembering the last good place.
struct RowCutter {
  private let cells: [Cell]
  private let wrapping: Wrapping
  private let hangingSpaces: Int
  private var breaker = LineBreaker()
  private var finished: [Range<Int>] = []
  private var start = 0
  /// The end of the columns of the row that is being filled.
  private var limit: Int
  /// Where that row may end by the rules; not after `start` while there is no place.
  private var lastBreak = 0

  init(wrapping: Wrapping, cells: [Cell], hangingSpaces: Int) {
    self.wrapping = wrapping
    self.cells = cells
    self.hangingSpaces = hangingSpaces
    limit = wrapping.columns
  }

  mutating func rows() -> [Range<Int>] {
    let byWords = wrapping.unit == .words
    for index in cells.indices {
      let width = Int(cells[index].width)
      if width == 0 { continue }
      if byWords, breaker.allowsBreak(before: BreakClass(cells[index])) { lastBreak = index }
      while index + width > limit, !hangs(index) { endRow(before: index) }
    }
    finished.append(start..<cells.count)
    return finished
  }

  private func hangs(_ index: Int) -> Bool { isSpace(index) && index - limit < hangingSpaces }

  private mutating func endRow(before index: Int) {
    let end = rowEnd(before: index)
    finished.append(start..<end)
    start = end
    limit = end + wrapping.columns - wrapping.continuationIndent
  }

  private func rowEnd(before index: Int) -> Int {
    if wrapping.unit == .characters { return hardEnd(before: index) }
    if isSpace(index) { return index }
    if lastBreak > start { return lastBreak }
    return lastJoint(before: index) ?? hardEnd(before: index)
  }

  /// Where a long word had best be cut: after punctuation as in addresses and paths, if that
  /// leaves the row more than half full.
  private func lastJoint(before index: Int) -> Int? {
    let end = min(index, limit)
    return (start + (limit - start) / 2..<end).last { place in
      isJoint(cells[place].base) && !isJoint(cells[place + 1].base)
    }
    .map { $0 + 1 }
  }

  /// The last place in the row that parts no wide cell and, if it can be, no spacing mark.
  private func hardEnd(before index: Int) -> Int {
    let last = cells[min(index, limit)].width == 0 ? limit - 1 : min(index, limit)
    var end = last
    while end > start + 1, !beginsCharacter(end) { end -= 1 }
    return beginsCharacter(end) ? end : last
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
