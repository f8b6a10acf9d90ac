import Screen

/// A table with more columns than there is room for: below its header each row is a list of its
/// cells, under their names.
struct TableList {
  let context: ViewContext
  let columns: Int

  func rows(header: [[Cell]], body: [[[Cell]]], isContinuation: Bool) -> [[Cell]] {
    let bar = context.cells(" \(context.glyphs.vertical) ", context.theme.bars)
    let head = Array(header.joined(separator: bar))
    let list = body.flatMap { [context.rule(min(columns, 8))] + rows(of: $0, under: header) }
    return isContinuation ? list : wrapped(head) + list
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
