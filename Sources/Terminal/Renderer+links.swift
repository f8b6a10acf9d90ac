import CTerminal
import Screen

// Links (OSC 8, "Hyperlinks in Terminal Emulators") and text that is struck through (ECMA-48 §8.3.117,
// SGR 9), which curses knows nothing of: they are written over what it has drawn, character by
// character the same.
extension Renderer {
  /// Has curses write every changed row anew that has such a stretch or had one, and returns what is
  /// to be written over them afterwards.
  ///
  /// A row that is written whole has no cell that curses shifted, with the address of another.
  func rewriteStretches(of frame: Frame, in rows: [Int]) -> String {
    guard drawsLinks || strikesThrough else { return "" }
    var sequences = ""
    for row in rows {
      let cells = frame.rows.indices.contains(row) ? frame.rows[row] : []
      let stretches = links(in: cells, frame) + struck(in: cells)
      guard !stretches.isEmpty || rewrittenRows.contains(row) else { continue }
      ct_screen_rewrite_row(Int32(row))
      if stretches.isEmpty { rewrittenRows.remove(row) } else { rewrittenRows.insert(row) }
      for stretch in stretches { sequences += sequence(for: stretch, cells, row: row) }
    }
    // The cursor and its attributes go back to where curses believes them to be (DECSC, DECRC).
    return sequences.isEmpty ? "" : "\u{1B}7\(sequences)\u{1B}8"
  }

  private struct Stretch {
    var columns: Range<Int>
    /// Where it leads; nil for one that is struck through alone.
    var link: (id: LinkID, address: String)?
  }

  /// The stretches of a row that lead somewhere.
  private func links(in cells: [Cell], _ frame: Frame) -> [Stretch] {
    guard drawsLinks, !frame.links.isEmpty else { return [] }
    return cells.linkedStretches.compactMap { columns, id in
      frame.links[id].map { Stretch(columns: columns, link: (id, $0)) }
    }
  }

  /// The stretches of a row that are struck through and are no part of a link that is drawn.
  private func struck(in cells: [Cell]) -> [Stretch] {
    guard strikesThrough else { return [] }
    return cells.indices.split { !cells[$0].style.attributes.contains(.strikethrough) }
      .compactMap { indices in
        guard let first = indices.first, let last = indices.last else { return nil }
        return Stretch(columns: first..<last + 1)
      }
  }

  /// Writes a stretch's cells again, of a link between OSC 8 and its end; `id` joins the parts of one
  /// that is wrapped.
  private func sequence(for stretch: Stretch, _ cells: [Cell], row: Int) -> String {
    var text = "\u{1B}[\(row + 1);\(stretch.columns.lowerBound + 1)H"
    for index in stretch.columns where cells[index].width > 0 {
      let cell = cells[index]
      if index == stretch.columns.lowerBound || cell.style != cells[index - 1].style {
        text += rendition(of: cell.style)
      }
      text.unicodeScalars.append(cell)
    }
    guard let link = stretch.link else { return text }
    let start = "\u{1B}]8;id=\(link.id.number);\(link.address)\u{1B}\\"
    return start + text + "\u{1B}]8;;\u{1B}\\"
  }

  private func rendition(of style: Style) -> String {
    depth.rendition(of: style, strikethrough: strikesThrough ? 9 : 2)
  }
}

extension ColorDepth {
  /// A style as curses sets it: SGR from nothing (ECMA-48 §8.3.117; xterm, 38 and 48).
  ///
  /// `strikethrough` is what stands for text that is struck through: 9, or 2 (dim) as curses has it.
  fileprivate func rendition(of style: Style, strikethrough: Int) -> String {
    var codes = [0]
    let attributes: [(Style.Attributes, Int)] = [
      (.bold, 1), (.dim, 2), (.italic, 3), (.underline, 4), (.reverse, 7),
      (.strikethrough, strikethrough),
    ]
    codes += attributes.filter { style.attributes.contains($0.0) }.map(\.1)
    codes += Self.codes(code(for: style.foreground), base: 30)
    codes += Self.codes(code(for: style.background), base: 40)
    return "\u{1B}[\(codes.map(String.init).joined(separator: ";"))m"
  }

  private static func codes(_ color: Int32, base: Int) -> [Int] {
    let color = Int(color)
    return switch color {
    case ..<0: []
    case ..<8: [base + color]
    case ..<16: [base + 60 + color - 8]
    case ..<256: [base + 8, 5, color]
    default: [base + 8, 2, color >> 16 & 255, color >> 8 & 255, color & 255]
    }
  }
}
