import Screen

/// A plain text that may be growing, in pieces of a few dozen lines, so that no piece is costly to
/// lay out.
///
/// Where it is cut depends only on what stands before the cut: a text that grows is cut as a whole
/// one is. The text itself is not kept.
struct PlainBody {
  private static let linesPerPiece = 32
  private static let bytesPerPiece = 4096

  /// The byte offset of each piece; the last one is open.
  private var starts = [0]
  private(set) var byteCount = 0

  var count: Int { byteCount == 0 ? 0 : starts.count }

  /// Whether no further text can change a piece.
  func isFinal(_ piece: Int) -> Bool { piece + 1 < starts.count }

  /// Takes in what was added to the text.
  mutating func update(to text: String) {
    guard text.utf8.count != byteCount else { return }
    byteCount = text.utf8.count
    let bytes = text.utf8
    var start = bytes.index(bytes.startIndex, offsetBy: starts[starts.count - 1])
    while let cut = Self.cut(text[start...]) {
      starts.append(bytes.distance(from: bytes.startIndex, to: cut))
      start = cut
    }
  }

  /// The rows of a piece of the text that was taken in last.
  func rows(
    of piece: Int, in text: String, style: Style, columns: Int, _ rules: WidthRules
  ) -> [[Cell]] {
    var lines = StyledLine.lines(of: self.text(of: piece, in: text), style)
    // What ends a text, or the piece before the next, starts no line.
    if lines.count > 1, lines.last?.text.isEmpty == true { lines.removeLast() }
    return lines.flatMap { $0.wrapped(to: columns, rules: rules) }
  }

  /// The piece that holds a byte of the text.
  func piece(ofByte offset: Int) -> Int { (starts.lastIndex { $0 <= offset }) ?? 0 }

  /// The byte offset at which a piece starts.
  func start(of piece: Int) -> Int { starts[piece] }

  /// A piece in rows that know their bytes, which count from the piece's start.
  func sourceRows(of piece: Int, in text: String, columns: Int, _ rules: WidthRules) -> TextRows {
    TextRows(self.text(of: piece, in: text), columns: columns, rules: rules)
  }

  private func text(of piece: Int, in text: String) -> String {
    let bytes = text.utf8
    let end = piece + 1 < starts.count ? starts[piece + 1] : bytes.count
    let start = bytes.index(bytes.startIndex, offsetBy: min(starts[piece], bytes.count))
    return String(text[start..<bytes.index(bytes.startIndex, offsetBy: min(end, bytes.count))])
  }

  /// The end of the first piece of a text: in a line that is very long, or behind one where the
  /// piece is full; nil where more text might move it.
  private static func cut(_ text: Substring) -> Substring.Index? {
    var start = text.startIndex
    for count in 1... {
      let end = text.utf8[start...].firstIndex(of: UInt8(ascii: "\n"))
      if let cut = LongLine.cut(text[start..<(end ?? text.endIndex)]) { return cut }
      guard let end else { return nil }
      start = text.utf8.index(after: end)
      guard start < text.endIndex else { return nil }
      let size = text.utf8.distance(from: text.startIndex, to: start)
      if count == linesPerPiece || size > bytesPerPiece { return start }
    }
    return nil
  }
}
