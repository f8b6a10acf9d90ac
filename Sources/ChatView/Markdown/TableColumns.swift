import Screen

/// How wide the columns of a table are.
struct TableColumns {
  let widths: [Int]

  /// No column is narrower: a wide character has to fit.
  private static let leastWidth = 2
  /// A longer word is rather cut than the other columns squeezed for it.
  private static let longestUncut = 16

  /// The widths of the widest cells, or as much of them as the room allows: the widest give way
  /// first, down to their longest word while the others leave room for it.
  init(fitting rows: [[[Cell]]], in room: Int) {
    let natural = Self.columns(of: rows).map { max(Self.leastWidth, $0.map(\.count).max() ?? 0) }
    let least = Self.leastWidths(of: rows)
    let hasRoomForWords = least.reduce(0, +) <= room
    widths = Self.level(
      natural, atLeast: hasRoomForWords ? least : natural.map { _ in Self.leastWidth }, in: room)
  }

  /// Whether a row needs more than one line.
  func wraps(_ row: [[Cell]]) -> Bool { zip(row, widths).contains { $0.count > $1 } }

  /// The widths of the longest words that are not to be cut.
  static func leastWidths(of rows: [[[Cell]]]) -> [Int] {
    columns(of: rows).map { cells in
      let word = cells.map(longestWord(in:)).max() ?? 0
      return max(leastWidth, min(word, longestUncut))
    }
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
