import CTerminal
import Screen

// Links (OSC 8, "Hyperlinks in Terminal Emulators"), which curses knows nothing of: they are written
// over what it has drawn, character by character the same.
extension Renderer {
  /// Has curses write every changed row anew that has a link or had one, and returns what is to be
  /// written over them afterwards.
  ///
  /// A row that is written whole has no cell that curses shifted, with the address of another.
  func rewriteLinks(of frame: Frame, in rows: [Int]) -> String {
    guard drawsLinks, !frame.links.isEmpty || !linkedRows.isEmpty else { return "" }
    var sequences = ""
    for row in rows {
      let links = frame.rows.indices.contains(row) ? self.links(in: frame.rows[row], frame) : []
      guard !links.isEmpty || linkedRows.contains(row) else { continue }
      ct_screen_rewrite_row(Int32(row))
      if links.isEmpty { linkedRows.remove(row) } else { linkedRows.insert(row) }
      for link in links { sequences += sequence(for: link, frame.rows[row], row: row) }
    }
    // The cursor and its attributes go back to where curses believes them to be (DECSC, DECRC).
    return sequences.isEmpty ? "" : "\u{1B}7\(sequences)\u{1B}8"
  }

  private struct Link {
    var columns: Range<Int>
    var id: LinkID
    var address: String
  }

  /// The stretches of a row that lead somewhere.
  private func links(in cells: [Cell], _ frame: Frame) -> [Link] {
    cells.linkedStretches.compactMap { columns, id in
      frame.links[id].map { Link(columns: columns, id: id, address: $0) }
    }
  }

  /// Writes a link's cells again between OSC 8 and its end; `id` joins the parts of one that is
  /// wrapped.
  private func sequence(for link: Link, _ cells: [Cell], row: Int) -> String {
    var text = "\u{1B}[\(row + 1);\(link.columns.lowerBound + 1)H"
    text += "\u{1B}]8;id=\(link.id.number);\(link.address)\u{1B}\\"
    var style: Style?
    for cell in cells[link.columns] where cell.width > 0 {
      if cell.style != style { text += depth.rendition(of: cell.style) }
      style = cell.style
      text.unicodeScalars.append(cell.base)
      text.unicodeScalars.append(contentsOf: cell.marks)
    }
    return text + "\u{1B}]8;;\u{1B}\\"
  }
}

extension ColorDepth {
  /// A style as curses sets it: SGR from nothing (ECMA-48 §8.3.117; xterm, 38 and 48).
  fileprivate func rendition(of style: Style) -> String {
    var codes = [0]
    let attributes: [(Style.Attributes, Int)] = [
      (.bold, 1), (.dim, 2), (.italic, 3), (.underline, 4), (.reverse, 7), (.strikethrough, 2),
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
