import ChatEngine
import ChatScreen
import Language
import Screen

/// A list, a question or a page over the transcript.
struct OverlayView {
  private let overlay: Overlay
  private let state: ChatState
  private let context: ViewContext

  init(_ overlay: Overlay, _ state: ChatState, _ context: ViewContext) {
    self.overlay = overlay
    self.state = state
    self.context = context
  }

  /// Draws into the transcript's place; returns the first row shown of a page.
  ///
  /// `arguments` keeps what is drawn of a call that is asked about from one frame to the next.
  func draw(
    in area: Rect, of frame: inout Frame, _ arguments: inout CallArgumentRows
  ) -> Int? {
    switch overlay {
    case .picker(let picker):
      cover(area, with: PickerRows(picker, context, height: area.size.rows).rows, of: &frame)
      return nil
    case .question(let question):
      // It stands at the bottom, beside its answer.
      coverEnd(
        of: area, with: questionRows(question).cut(to: area.size.rows, context), of: &frame)
      return nil
    case .calls(let question):
      let rows = CallQuestionRows(question, state, context, most: area.size.rows, &arguments).rows
      coverEnd(of: area, with: rows, of: &frame)
      return nil
    case .form(let form):
      coverEnd(
        of: area, with: ToolFormRows(form, context, most: area.size.rows).rows, of: &frame)
      return nil
    case .selection: return nil
    case .page(let page):
      let shown = PageRows(page, context, height: area.size.rows)
      cover(area, with: shown.rows, of: &frame)
      return shown.offset
    }
  }

  private func coverEnd(of area: Rect, with rows: [[Cell]], of frame: inout Frame) {
    var place = area
    place.origin.row += area.size.rows - rows.count
    place.size.rows = rows.count
    cover(place, with: rows, of: &frame)
  }

  private func cover(_ area: Rect, with rows: [[Cell]], of frame: inout Frame) {
    frame.fill(area, style: .plain)
    for (index, row) in rows.prefix(area.size.rows).enumerated() {
      frame.write(row, row: area.origin.row + index)
    }
  }

  private func questionRows(_ question: Question) -> [[Cell]] {
    StyledLine(" " + context.text(question.phrase), context.theme.warning).flattened
      .wrapped(to: context.columns - 1, continuationIndent: 1, rules: context.rules)
  }
}
