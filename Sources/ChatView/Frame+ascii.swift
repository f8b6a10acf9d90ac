import Screen

extension Frame {
  /// Puts ASCII in the place of the signs that sentences and figures have.
  ///
  /// Terminals whose locale is not UTF-8 may not show them. Letters of other scripts stay: nothing stands for them.
  mutating func spellInASCII() {
    for row in rows.indices where rows[row].contains(where: { Self.spellings[$0.base] != nil }) {
      let spelled = rows[row].flatMap { cell -> [Cell] in
        guard cell.width > 0, let sign = Self.spellings[cell.base] else { return [cell] }
        let blank = Cell(" ", style: cell.style)
        return [Cell(sign, style: cell.style)] + (cell.width == 2 ? [blank] : [])
      }
      write(spelled, row: row)
    }
  }

  private static let spellings: [Unicode.Scalar: Unicode.Scalar] = [
    "…": ".", "×": "x", "·": "-", "•": "*", "–": "-", "—": "-", "−": "-", "“": "\"", "”": "\"",
    "‘": "'", "’": "'", "≤": "<", "≥": ">", "→": ">", "←": "<", "↑": "^", "↓": "v", "½": "/",
    "≈": "~", "‹": "<", "›": ">", "▦": "#", "✓": "*", "\u{A0}": " ",
  ]
}
