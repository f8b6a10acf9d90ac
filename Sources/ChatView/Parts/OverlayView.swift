import ChatCore
import Language
import Screen

/// A list, a question or a page over the transcript.
struct OverlayView {
  private let overlay: Overlay
  private let context: ViewContext

  init(_ overlay: Overlay, _ context: ViewContext) {
    self.overlay = overlay
    self.context = context
  }

  func draw(in area: Rect, of frame: inout Frame) {
    let rows =
      switch overlay {
      case .picker(let picker): pickerRows(picker, height: area.size.rows)
      case .question(let question): questionRows(question, height: area.size.rows)
      case .page(let page): pageRows(page, height: area.size.rows)
      }
    guard !rows.isEmpty else { return }
    // A question stands at the bottom, beside its answer; the others take the whole place.
    let top = area.origin.row + (isQuestion ? area.size.rows - rows.count : 0)
    let height = isQuestion ? rows.count : area.size.rows
    frame.fill(
      Rect(column: 0, row: top, columns: area.size.columns, rows: height), style: .plain)
    for (index, row) in rows.prefix(height).enumerated() { frame.write(row, row: top + index) }
  }

  private var isQuestion: Bool { if case .question = overlay { true } else { false } }

  private func questionRows(_ question: Question, height: Int) -> [[Cell]] {
    let text = " " + context.text(question.phrase)
    let rows = StyledLine(text, context.theme.warning).flattened
      .wrapped(to: context.columns - 1, continuationIndent: 1, rules: context.rules)
    return Array(rows.suffix(height))
  }

  private func pickerRows(_ picker: Picker, height: Int) -> [[Cell]] {
    let shown = picker.shown
    let list = max(1, height - 1)
    let count = "\(shown.isEmpty ? 0 : picker.selection + 1)/\(shown.count)"
    let title = context.cells(" \(context.text(picker.title)) ", context.theme.heading)
    let head = title + context.cells(count, context.theme.dim)
    guard !shown.isEmpty else {
      let empty = context.cells(" " + context.text(say("Nothing fits.")), context.theme.dim)
      return [head, empty]
    }
    let first = max(0, min(picker.selection - list / 2, shown.count - list))
    let visible = shown[first..<min(shown.count, first + list)]
    return [head] + visible.indices.map { row(shown[$0], isChosen: $0 == picker.selection) }
  }

  private func row(_ item: Picker.Item, isChosen: Bool) -> [Cell] {
    let style = isChosen ? context.theme.selection : context.theme.text
    let sign = isChosen ? context.glyphs.prompt : " "
    let remarkStyle = isChosen ? context.theme.selection : context.theme.dim
    let remark = context.cells(item.remark.isEmpty ? "" : "  \(item.remark) ", remarkStyle)
      .truncated(to: context.columns / 2, rules: context.rules)
    let title = context.cells(" \(sign) \(item.title)", style)
    let room = context.columns - remark.count
    return title.fitted(to: room, style: style, rules: context.rules) + remark
  }

  private func pageRows(_ page: Page, height: Int) -> [[Cell]] {
    let title = context.cells(" " + context.text(page.title), context.theme.heading)
    let widest = page.rows.map { context.cells($0.lead, .plain).count }.max() ?? 0
    let lead = min(widest, context.columns * 2 / 5)
    var rows: [[Cell]] = []
    for row in page.rows.dropFirst(page.offset) where rows.count < height - 1 {
      rows += self.rows(of: row, lead: lead)
    }
    let isMore = page.rows.count - page.offset > rows.count
    let mark = isMore || page.offset > 0 ? "  PageUp PageDown" : ""
    return [title + context.cells(mark, context.theme.dim)] + rows.prefix(height - 1)
  }

  private func rows(of row: Page.Row, lead: Int) -> [[Cell]] {
    let style = row.isDim ? context.theme.dim : context.theme.text
    let indent = lead == 0 ? 1 : lead + 3
    let body = StyledLine(context.text(row.phrase), style).flattened
      .wrapped(to: max(8, context.columns - indent - 1), rules: context.rules)
    let head = context.cells(" " + row.lead, context.theme.prompt)
    guard head.count <= indent else {
      // A lead that is longer than its column has a row of its own.
      return [head.truncated(to: context.columns - 1, rules: context.rules)]
        + body.map { context.cells(String(repeating: " ", count: indent), .plain) + $0 }
    }
    return body.enumerated().map { index, cells in
      (index == 0 ? head : []).padded(to: indent) + cells
    }
  }
}
