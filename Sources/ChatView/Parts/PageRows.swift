import ChatEngine
import ChatScreen
import Language
import Screen

/// A page to read: its title, and its rows from a place on, wrapped.
struct PageRows {
  let rows: [[Cell]]
  /// The first row of the page that is shown: the one that was asked for, or the one that lets the
  /// page's end stand at the bottom.
  let offset: Int

  init(_ page: Page, _ context: ViewContext, height: Int) {
    let shown = page.shown(context.text)
    let layout = PageLayout(shown, context)
    let room = max(1, height - 1)
    let last = layout.firstRow(ofEnd: room)
    offset = max(0, min(page.offset, last))
    var body: [[Cell]] = []
    for row in shown.dropFirst(offset) where body.count < room { body += layout.rows(of: row) }
    let filter = page.filter.isEmpty ? "" : "  /\(page.filter)"
    let keys = (offset > 0 ? "  PageUp" : "") + (offset < last ? "  PageDown" : "")
    let title =
      context.cells(" " + context.text(page.title), context.theme.heading)
      + context.cells(filter, context.theme.prompt) + context.cells(keys, context.theme.dim)
    if shown.isEmpty {
      body = [context.cells(" " + context.text(say("Nothing fits.")), context.theme.dim)]
    }
    rows = [title] + body.prefix(room)
  }
}

/// How the rows of a page are laid out: a column of left parts, and the rest beside it.
private struct PageLayout {
  let shown: [Page.Row]
  let context: ViewContext
  /// The width of the left parts.
  let lead: Int

  init(_ shown: [Page.Row], _ context: ViewContext) {
    self.shown = shown
    self.context = context
    let widest = shown.map { context.cells($0.lead, .plain).count }.max() ?? 0
    lead = min(widest, context.columns * 2 / 5)
  }

  /// The first row from which on the rest of the page fits into so many rows of the screen.
  func firstRow(ofEnd room: Int) -> Int {
    var left = room
    var first = shown.count
    while first > 0 {
      left -= rows(of: shown[first - 1]).count
      guard left >= 0 else { break }
      first -= 1
    }
    return min(first, max(0, shown.count - 1))
  }

  func rows(of row: Page.Row) -> [[Cell]] {
    guard !row.isHeading else {
      return [[], context.cells(" " + context.text(row.phrase), context.theme.heading)]
    }
    let style = row.isDim ? context.theme.dim : context.theme.text
    let indent = lead == 0 ? 1 : lead + 3
    let body = StyledLine(context.text(row.phrase), style).flattened
      .wrapped(to: max(8, context.columns - indent - 1), rules: context.rules)
    let head = context.cells(" " + row.lead, context.theme.prompt)
    let margin = Array(repeating: Cell.blank, count: indent)
    guard !row.lead.isEmpty else { return body.map { margin + $0 } }
    guard head.count < indent else {
      // A left part that is longer than its column has a row of its own.
      return head.wrapped(by: Wrapping(columns: context.columns - 1, continuationIndent: 3))
        + body.map { margin + $0 }
    }
    return body.enumerated().map { ($0 == 0 ? head.padded(to: indent) : margin) + $1 }
  }
}
