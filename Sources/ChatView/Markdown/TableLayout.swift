import Markdown
import Screen

/// Lays a table out: columns as wide as their widest cell while the room lasts, else the widest
/// give way and their cells are wrapped; where that leaves no room to read the header, each row
/// becomes a list of its cells.
struct TableLayout {
  let context: ViewContext
  let columns: Int

  /// The width in which a column's cells can be read with ease: as much as its name, but within
  /// these bounds.
  private static let readable = 5...8

  func rows(of table: Table, isContinuation: Bool, _ continuation: inout BlockContinuation)
    -> [[Cell]]
  {
    let header = table.header.map { cells($0, context.theme.bar) }
    let body = table.rows.map { $0.map { cells($0, .plain) } }
    guard fits(header) else {
      return TableList(context: context, columns: columns)
        .rows(header: header, body: body, isContinuation: isContinuation)
    }
    let layout = continuation.table ?? fitted([header] + body)
    continuation.table = layout
    let rows = self.rows(of: body, layout, table.alignments, isContinuation, &continuation)
    guard !isContinuation else { return rows }
    return self.rows(of: header, layout.widths, table.alignments) + [rule(layout.widths)] + rows
  }

  /// The column widths for the pieces after this one.
  func pass(_ table: Table, _ continuation: inout BlockContinuation) {
    let rows = ([table.header] + table.rows).map { $0.map { cells($0, .plain) } }
    let layout = continuation.table ?? fitted(rows)
    continuation.table = layout
    continuation.lastRowIsTall = rows.count > 1 && layout.wraps(rows[rows.count - 1])
  }

  /// The rows of a body; a rule stands between two of them where one takes more than a line.
  private func rows(
    of body: [[[Cell]]], _ layout: TableColumns, _ alignments: [Table.Alignment],
    _ isContinuation: Bool, _ continuation: inout BlockContinuation
  ) -> [[Cell]] {
    var rows: [[Cell]] = []
    for (index, row) in body.enumerated() {
      let lines = self.rows(of: row, layout.widths, alignments)
      let isFirst = index == 0 && !isContinuation
      if !isFirst, continuation.lastRowIsTall || lines.count > 1 {
        rows.append(rule(layout.widths))
      }
      rows += lines
      continuation.lastRowIsTall = lines.count > 1
    }
    return rows
  }

  private func fitted(_ rows: [[[Cell]]]) -> TableColumns {
    TableColumns(fitting: rows, in: columns - barColumns * ((rows.first?.count ?? 1) - 1))
  }

  private var barColumns: Int { context.cells(" \(context.glyphs.vertical) ", .plain).count }

  /// Whether the header's words fit: the header alone decides, so that no later row
  /// turns a table that is being read into a list.
  private func fits(_ header: [[Cell]]) -> Bool {
    let room = columns - barColumns * (header.count - 1)
    let words = TableColumns.leastWidths(of: [header]).reduce(0, +)
    let readable = header.reduce(0) { sum, cell in
      sum + min(max(cell.count, Self.readable.lowerBound), Self.readable.upperBound)
    }
    return room >= max(words, readable)
  }

  private func cells(_ runs: [InlineRun], _ base: Style) -> [Cell] {
    InlineLayout(context, base: base).lines(runs).reduce(into: []) { all, line in
      if !all.isEmpty { all.append(.blank) }
      all += line.cells(rules: context.rules)
    }
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

/// A table with more columns than there is room for: each row is a list of its cells, under their
/// names, and the header stands only where there is no row yet.
struct TableList {
  let context: ViewContext
  let columns: Int

  func rows(header: [[Cell]], body: [[[Cell]]], isContinuation: Bool) -> [[Cell]] {
    guard !body.isEmpty else { return isContinuation ? [] : wrapped(joined(header)) }
    return body.enumerated().flatMap { index, row in
      let isFirst = index == 0 && !isContinuation
      return (isFirst ? [] : [context.rule(min(columns, 8))]) + rows(of: row, under: header)
    }
  }

  private func joined(_ header: [[Cell]]) -> [Cell] {
    let bar = context.cells(" \(context.glyphs.vertical) ", context.theme.bars)
    return Array(header.joined(separator: bar))
  }

  private func rows(of row: [[Cell]], under header: [[Cell]]) -> [[Cell]] {
    row.enumerated().flatMap { column, cells in
      let name = column < header.count ? header[column] : []
      return wrapped(name + context.cells(": ", context.theme.bars) + cells)
    }
  }

  private func wrapped(_ cells: [Cell]) -> [[Cell]] {
    cells.wrapped(by: Wrapping(columns: columns, continuationIndent: 2))
  }
}
