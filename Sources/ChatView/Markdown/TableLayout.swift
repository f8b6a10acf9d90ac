import Markdown
import Screen

/// Lays a table out: columns as wide as their widest cell while the room lasts, else the widest
/// give way and their cells are wrapped.
struct TableLayout {
  let context: ViewContext
  let columns: Int

  func rows(of table: Table, _ block: Block) -> [[Cell]] {
    let header = table.header.map(cells)
    let body = table.rows.map { $0.map(cells) }
    let widths = fittedWidths(of: [header] + body)
    guard !widths.isEmpty else { return [] }
    var rows: [[Cell]] = []
    if !block.isContinuation {
      rows += self.rows(of: header, widths, table.alignments, style: context.theme.bar)
      rows.append(rule(widths))
    }
    return rows + body.flatMap { self.rows(of: $0, widths, table.alignments, style: nil) }
  }

  private func cells(_ runs: [InlineRun]) -> [Cell] {
    InlineLayout(context).lines(runs).reduce(into: []) { all, line in
      if !all.isEmpty { all += context.cells(" ", .plain) }
      all += line.cells(rules: context.rules)
    }
  }

  /// Widths that fit, taken from the widest columns first.
  private func fittedWidths(of rows: [[[Cell]]]) -> [Int] {
    let count = rows.map(\.count).max() ?? 0
    var widths = (0..<count).map { column in
      max(1, rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 1)
    }
    let room = max(count * 2, columns - 3 * (count - 1))
    while widths.reduce(0, +) > room, let widest = widths.max(), widest > 2,
      let index = widths.firstIndex(of: widest)
    {
      // In one step down to the second widest, or to what is still missing.
      let next = widths.filter { $0 < widest }.max() ?? 2
      let excess = widths.reduce(0, +) - room
      widths[index] = max(2, next, widest - excess)
      if widths[index] == widest { widths[index] = widest - 1 }
    }
    return widths
  }

  private func rows(
    of row: [[Cell]], _ widths: [Int], _ alignments: [Table.Alignment], style: Style?
  ) -> [[Cell]] {
    let wrapped = widths.indices.map { column -> [[Cell]] in
      let cells = column < row.count ? row[column] : []
      return cells.wrapped(by: Wrapping(columns: widths[column]))
    }
    let height = wrapped.map(\.count).max() ?? 0
    let bar = context.cells(" \(context.glyphs.vertical) ", context.theme.codeBar)
    return (0..<height).map { line in
      var result: [Cell] = []
      for column in widths.indices {
        if column > 0 { result += bar }
        var cells = line < wrapped[column].count ? wrapped[column][line] : []
        if let style { cells = cells.restyled(adding: style.attributes) }
        result += cells.padded(to: widths[column], alignment: alignment(column, alignments))
      }
      return result
    }
  }

  private func alignment(_ column: Int, _ alignments: [Table.Alignment]) -> Alignment {
    guard alignments.indices.contains(column) else { return .leading }
    return switch alignments[column] {
    case .center: .center
    case .right: .trailing
    default: .leading
    }
  }

  private func rule(_ widths: [Int]) -> [Cell] {
    let horizontal = context.glyphs.horizontal
    let joint = horizontal + context.glyphs.cross + horizontal
    let text = widths.map { String(repeating: horizontal, count: $0) }.joined(separator: joint)
    return context.cells(text, context.theme.codeBar)
  }
}

extension [Cell] {
  /// The cells with further attributes.
  func restyled(adding attributes: Style.Attributes) -> [Cell] {
    map { cell in
      var cell = cell
      cell.style.attributes.formUnion(attributes)
      return cell
    }
  }
}
