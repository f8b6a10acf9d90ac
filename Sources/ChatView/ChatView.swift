package import ChatCore
import Conversation
import Language
package import Screen

/// Shows the state: one frame from it, and what drawing found out about scrolling.
///
/// The only thing that it keeps is the layout of messages that it drew before.
package struct ChatView {
  private var transcript = TranscriptView()

  package init() {}

  /// The smallest screen that everything fits on.
  package static let smallest = Size(columns: 40, rows: 10)

  /// Draws the whole screen; linear in what is visible, and in what is new of a reply.
  package mutating func draw(_ state: ChatState) -> (frame: Frame, report: ScrollReport) {
    let context = ViewContext(state.surroundings)
    let size = state.surroundings.size
    guard size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows else {
      return (tooSmall(size, context), state.transcript.report)
    }
    var frame = Frame(size: size)
    frame.modes.mouse = state.surroundings.mouseIsOn
    frame.modes.title = "Iris " + context.glyphs.separator + " " + state.conversation.title
    var footer = Footer(state, context)
    let top = Header(state, context).draw(in: &frame)
    let height = max(1, size.rows - top - footer.rows.count)
    let area = Rect(column: 0, row: top, columns: size.columns, rows: height)
    let report = transcript.draw(state, context, in: area, of: &frame)
    if let overlay = state.overlay {
      OverlayView(overlay, context).draw(in: area, of: &frame)
    }
    footer.showPlace(report.place, context)
    footer.draw(in: &frame, from: top + height)
    return (frame, report)
  }

  private func tooSmall(_ size: Size, _ context: ViewContext) -> Frame {
    var frame = Frame(size: size)
    let smallest = "\(Self.smallest.columns)×\(Self.smallest.rows)"
    let phrase = say("The window is too small: Iris needs \(smallest).")
    let rows = StyledLine(context.text(phrase), context.theme.warning)
      .wrapped(to: max(2, size.columns), rules: context.rules)
    for (index, row) in rows.enumerated() { frame.write(row, row: index) }
    return frame
  }
}
