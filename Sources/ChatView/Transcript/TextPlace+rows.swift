import ChatEngine
import ChatScreen
import Screen

extension TextPlace {
  /// The place of a row of a block.
  init(block: Int, row: Int, of rows: [[Cell]]) {
    let before = rows.lettersBefore
    let letter = before.indices.contains(row) ? before[row] : 0
    self.init(block: block, letter: letter, row: before[..<row].count { $0 == letter })
  }

  /// The row that shows the place, in a block that may be laid out for another width.
  func row(in rows: [[Cell]]) -> Int {
    let before = rows.lettersBefore
    let same = before.indices.filter { before[$0] == letter }
    if let first = same.first { return min(first + row, same[same.count - 1]) }
    return before.lastIndex { $0 < letter } ?? 0
  }
}

extension [[Cell]] {
  /// For each row, how many letters stand before it in the block.
  fileprivate var lettersBefore: [Int] {
    var letters = 0
    return map { row in
      defer { letters += row.count { $0.isLetter } }
      return letters
    }
  }
}

extension Cell {
  /// Whether it shows a letter or a digit of any script: no frame and no sign, whose number depends
  /// on the width.
  fileprivate var isLetter: Bool {
    guard width > 0 else { return false }
    return switch base.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0xC0...0x1FFF, 0x3040...: true
    default: false
    }
  }
}
