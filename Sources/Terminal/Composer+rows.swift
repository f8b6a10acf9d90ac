import CTerminal
import Screen

extension Composer {
  /// Has readline ask this composer where Up and Down lead.
  ///
  /// Readline calls back only while a key is being given to it, which the composer does itself: the
  /// unretained pointer cannot outlive it.
  func installRowMover() {
    ct_composer_set_row_mover(
      { context, rows in
        guard let context else { return -1 }
        let composer = Unmanaged<Composer>.fromOpaque(context).takeUnretainedValue()
        return composer.target(rows: Int(rows))
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// The byte of readline's line that so many rows lead to; -1 out of the text.
  private func target(rows: Int) -> Int {
    let now = currentSnapshot()
    let kept = keptColumn.flatMap { $0.byteOffset == now.cursorByteOffset ? $0.column : nil }
    let move = RowMove(
      text: now.text, cursorByteOffset: now.cursorByteOffset, rows: rows, column: kept)
    keptColumn = rowMover(move)
    return keptColumn.map { Self.rawOffset($0.byteOffset, in: now.text) } ?? -1
  }

  /// An offset into the text as one into readline's line, which may be no UTF-8.
  private static func rawOffset(_ offset: Int, in text: String) -> Int {
    var length = 0
    var cursor = 0
    let bytes = ct_composer_text(&length, &cursor)
    guard length != text.utf8.count else { return offset }
    return (0..<length).first { Self.text(bytes, length: $0).utf8.count >= offset } ?? length
  }
}
