import ChatCore
import Language
import Screen

/// A page to read: its title, and its rows from a place on, wrapped.
struct PageRows {
  let rows: [[Cell]]
  /// The first row of the page that is shown: the one that was asked for, or the one that lets the
  /// page's end stand at the bottom.
  let offset: Int

  init(_ page: Page, _ context: ViewContext, height: Int) {
    let layout = PageLayout(page, context)
    let room = max(1, height - 1)
    let last = layout.firstRow(ofEnd: room)
    offset = max(0, min(page.offset, last))
    var body: [[Cell]] = []
    for row in page.rows.dropFirst(offset) where body.count < room { body += layout.rows(of: row) }
    let keys = (offset > 0 ? "  PageUp" : "") + (offset < last ? "  PageDown" : "")
    let title =
      context.cells(" " + context.text(page.title), context.theme.heading)
      + context.cells(keys, context.theme.dim)
    rows = [title] + body.prefix(room)
  }
}

/// How the rows of a page are laid out: a column of left parts, and the rest beside it.
private struct PageLayout {
  let page: Page
  let context: ViewContext
  /// The width of the left parts.
  let lead: Int

  init(_ page: Page, _ context: ViewContext) {
    self.page = page
    self.context = context
    let widest = page.rows.map { context.cells($0.lead, .plain).count }.max() ?? 0
    lead = min(widest, context.columns * 2 / 5)
  }

  /// The first row from which on the rest of the page fits into so many rows of the screen.
  func firstRow(ofEnd room: Int) -> Int {
    var left = room
    var first = page.rows.count
    while first > 0 {
      left -= rows(of: page.rows[first - 1]).count
      guard left >= 0 else { break }
      first -= 1
    }
    return min(first, max(0, page.rows.count - 1))
  }

  func rows(of row: Page.Row) -> [[Cell]] {
    let style = row.isDim ? context.theme.dim : context.theme.text
    let indent = lead == 0 ? 1 : lead + 3
    let body = StyledLine(context.text(row.phrase), style).flattened
      .wrapped(to: max(8, context.columns - indent - 1), rules: context.rules)
    let head = context.cells(" " + row.lead, context.theme.prompt)
    let margin = Array(repeating: Cell.blank, count: indent)
    guard head.count < indent else {
      // A left part that is longer than its column has a row of its own.
      return head.wrapped(by: Wrapping(columns: context.columns - 1, continuationIndent: 3))
        + body.map { margin + $0 }
    }
    return body.enumerated().map { ($0 == 0 ? head.padded(to: indent) : margin) + $1 }
  }
}
