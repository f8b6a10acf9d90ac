import Screen

/// The widths of a table's columns.
///
/// They are those of its header and its first row, with some room to grow, so that a table that
/// streams does not slide while it is read. A later cell widens its column only where it would be
/// broken, in few large steps; no cell is broken in a table that fits. The same rows give the same
/// widths, whether they come at once or letter by letter.
struct TableColumns {
  private(set) var widths: [Int]
  /// The widest cells so far.
  private var natural: [Int]
  /// The longest words so far, which are not to be cut.
  private var least: [Int]
  /// All that the columns may take together.
  private let room: Int

  /// No column is narrower: a wide character has to fit.
  private static let leastWidth = 2
  /// A longer word is rather cut than the other columns squeezed for it.
  private static let longestUncut = 16
  /// A column never grows by less: every step moves what stands beside it.
  private static let step = 8
  /// A cell of more lines takes room from wider columns.
  private static let mostLines = 3

  /// The columns of a header and the rows below it.
  ///
  /// Where the room is too small, the widest cells give way first, down to their longest word while
  /// the others leave room for it.
  init(fitting rows: [[[Cell]]], in room: Int) {
    self.room = room
    let settling = Self.columns(of: Array(rows.prefix(2)))
    natural = settling.map { max(Self.leastWidth, $0.map(\.count).max() ?? 0) }
    least = settling.map(Self.leastWidth(of:))
    widths = natural
    let share = free / max(1, widths.count)
    if share >= 0 {
      widths = zip(natural, settling).map { $0 + min(share, Self.spare($0, in: $1)) }
    } else {
      widths = leveled()
    }
    for row in rows.dropFirst(2) { admit(row) }
  }

  /// Whether a row needs more than one line.
  func wraps(_ row: [[Cell]]) -> Bool { zip(row, widths).contains { $0.count > $1 } }

  /// The widths of the longest words that are not to be cut.
  static func leastWidths(of rows: [[[Cell]]]) -> [Int] { columns(of: rows).map(leastWidth(of:)) }

  private static func leastWidth(of cells: [[Cell]]) -> Int {
    max(leastWidth, min(cells.map(longestWord(in:)).max() ?? 0, longestUncut))
  }

  /// The width that a column gets for cells still to come: sentences differ more than words and numbers do.
  private static func spare(_ width: Int, in cells: [[Cell]]) -> Int {
    let isProse = cells.last.map { $0.contains { $0.width != 1 || $0.base == " " } } ?? false
    return isProse ? width / 2 : leastWidth
  }

  private var free: Int { room - widths.reduce(0, +) }

  private mutating func admit(_ row: [[Cell]]) {
    for (column, cell) in row.enumerated() where column < widths.count {
      while cell.count > widths[column], makeRoom(for: cell.count, in: column) {}
      natural[column] = max(natural[column], cell.count)
      keepWords(of: cell, in: column)
    }
  }

  /// Widens a column by one step; false where it has to do with what it has.
  ///
  /// It goes by the letters that have not found room, not by how many follow: a cell that grows has
  /// to come to the same widths as one that is whole.
  private mutating func makeRoom(for count: Int, in column: Int) -> Bool {
    let before = widths[column]
    natural[column] = max(natural[column], before + 1)
    if free > 0 {
      widths[column] += min(free, max(Self.step, before / 2))
    } else if natural.reduce(0, +) <= room {
      widths = natural
      widths[column] += free
    } else if count > Self.mostLines * before {
      natural[column] = max(natural[column], Self.mostLines * before + 1)
      let fair = leveled()
      if fair[column] > before { widths = fair }
    }
    return widths[column] > before
  }

  /// Where the room is used up, columns that are wider than their words give way to a longer word.
  private mutating func keepWords(of cell: [Cell], in column: Int) {
    let quarter = Self.longestUncut / 4
    let word = (Self.leastWidth(of: [cell]) + quarter - 1) / quarter * quarter
    guard word > least[column] else { return }
    least[column] = word
    guard word > widths[column], least.reduce(0, +) <= room else { return }
    widths[column] = word
    widths = Self.level(widths, atLeast: least, in: room)
  }

  /// The widest cells, cut down to one level; not below their words where there is room for these.
  private func leveled() -> [Int] {
    let hasRoomForWords = least.reduce(0, +) <= room
    return Self.level(
      natural, atLeast: hasRoomForWords ? least : natural.map { _ in Self.leastWidth }, in: room)
  }

  private static func columns(of rows: [[[Cell]]]) -> [[[Cell]]] {
    (0..<(rows.first?.count ?? 0)).map { column in
      rows.compactMap { column < $0.count ? $0[column] : nil }
    }
  }

  /// Cuts all widths down to one level, the highest that fits; what is left over goes to the first
  /// columns that were cut.
  private static func level(_ natural: [Int], atLeast least: [Int], in room: Int) -> [Int] {
    func cut(to level: Int) -> [Int] { zip(natural, least).map { max($1, min($0, level)) } }
    var fitting = 0
    var tooWide = (natural.max() ?? 0) + 1
    while tooWide - fitting > 1 {
      let middle = (fitting + tooWide) / 2
      if cut(to: middle).reduce(0, +) <= room { fitting = middle } else { tooWide = middle }
    }
    var widths = cut(to: fitting)
    var spare = room - widths.reduce(0, +)
    for index in widths.indices where widths[index] == fitting && natural[index] > fitting {
      guard spare > 0 else { break }
      widths[index] += 1
      spare -= 1
    }
    return widths
  }

  /// The columns of the longest stretch that has no blank and no wide character, between which
  /// lines break.
  private static func longestWord(in cells: [Cell]) -> Int {
    cells.split { $0.width != 1 || $0.base == " " }.map(\.count).max() ?? 0
  }
}
