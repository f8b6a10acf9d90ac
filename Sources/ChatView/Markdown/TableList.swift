import Screen

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
