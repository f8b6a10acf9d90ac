import Markdown
import Screen

/// Lays a table out: columns as wide as their widest cell while the room lasts, else the widest
/// give way and their cells are wrapped; where even that leaves no room, each row becomes a list of
/// its cells.
struct TableLayout {
  let context: ViewContext
  let columns: Int

  /// The average width below which cells are not read any more.
  private static let leastColumns = 5

  func rows(of table: Table, isContinuation: Bool, _ carry: inout BlockCarry) -> [[Cell]] {
    let header = table.header.map { cells($0, context.theme.bar) }
    let body = table.rows.map { $0.map { cells($0, .plain) } }
    guard fits(columnCount: header.count) else {
      return TableList(context: context, columns: columns)
        .rows(header: header, body: body, isContinuation: isContinuation)
    }
    let widths = carry.widths ?? fittedWidths(of: [header] + body)
    carry.widths = widths
    let rows = body.flatMap { self.rows(of: $0, widths, table.alignments) }
    guard !isContinuation else { return rows }
    return self.rows(of: header, widths, table.alignments) + [rule(widths)] + rows
  }

  /// The widths that the pieces after this one go on with.
  func pass(_ table: Table, _ carry: inout BlockCarry) {
    guard carry.widths == nil else { return }
    carry.widths = fittedWidths(
      of: ([table.header] + table.rows).map { $0.map { cells($0, .plain) } })
  }

  private var barColumns: Int { context.cells(" \(context.glyphs.vertical) ", .plain).count }

  private func fits(columnCount: Int) -> Bool {
    columns - barColumns * (columnCount - 1) >= Self.leastColumns * columnCount
  }

  private func cells(_ runs: [InlineRun], _ base: Style) -> [Cell] {
    InlineLayout(context, base: base).lines(runs).reduce(into: []) { all, line in
      if !all.isEmpty { all.append(.blank) }
      all += line.cells(rules: context.rules)
    }
  }

  /// Widths that fit, taken from the widest columns first.
  private func fittedWidths(of rows: [[[Cell]]]) -> [Int] {
    var widths = (0..<(rows.first?.count ?? 0)).map { column in
      max(2, rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0)
    }
    let room = columns - barColumns * (widths.count - 1)
    while let widest = widths.max(), widest > 2, widths.reduce(0, +) > room {
      let wide = widths.indices.filter { widths[$0] == widest }
      // All the widest give way together: to the next width, or as far as is needed.
      let next = widths.filter { $0 < widest }.max() ?? 2
      let excess = widths.reduce(0, +) - room
      for (place, index) in wide.enumerated() {
        let share = (excess + place) / wide.count
        widths[index] = max(next, widest - max(place == 0 ? 1 : 0, share))
      }
    }
    return widths
  }

  private func rows(
    of row: [[Cell]], _ widths: [Int], _ alignments: [Table.Alignment]
  ) -> [[Cell]] {
    let wrapped = widths.indices.map { column -> [[Cell]] in
      let cells = column < row.count ? row[column] : []
      let fits = cells.count <= widths[column]
      return fits ? [cells] : cells.wrapped(by: Wrapping(columns: widths[column]))
    }
    let bar = context.cells(" \(context.glyphs.vertical) ", context.theme.bars)
    return (0..<(wrapped.map(\.count).max() ?? 0)).map { line in
      widths.indices.reduce(into: []) { result, column in
        let cells = line < wrapped[column].count ? wrapped[column][line] : []
        if column > 0 { result += bar }
        result += cells.padded(to: widths[column], alignment: Self.alignment(column, alignments))
      }
    }
  }

  private static func alignment(_ column: Int, _ alignments: [Table.Alignment]) -> Alignment {
    guard alignments.indices.contains(column) else { return .leading }
    return switch alignments[column] {
    case .center: .center
    case .right: .trailing
    case .left, .none: .leading
    }
  }

  private func rule(_ widths: [Int]) -> [Cell] {
    let horizontal = context.glyphs.horizontal
    let joint = horizontal + context.glyphs.cross + horizontal
    let text = widths.map { String(repeating: horizontal, count: $0) }.joined(separator: joint)
    return context.cells(text, context.theme.bars)
  }
}
