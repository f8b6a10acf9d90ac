import ChatEngine
package import ChatScreen
import Conversation
import Language
package import Screen

/// Shows the state: one frame from it, and what drawing found out about scrolling.
///
/// All that it keeps could be worked out again: the layout of messages that it drew lately, the
/// arguments of a call that is asked about, and a sum. Any other `ChatView` draws the same frame.
package struct ChatView {
  private var transcript = TranscriptView()
  private var usage = UsageTotals()
  private var arguments = CallArgumentRows()

  package init() {}

  /// Whether the frame drawn last stands for one that takes longer to work out: the same state is to
  /// be drawn again, as a reply's last part is read in small steps between keys.
  package var isReading: Bool { transcript.isReading }

  /// The smallest screen that everything fits on.
  package static let smallest = Size(columns: 40, rows: 10)

  /// Draws the whole screen.
  ///
  /// - Complexity: linear in what is visible, and in what is new of a reply.
  package mutating func draw(_ state: ChatState) -> (frame: Frame, report: ScrollReport) {
    var drawing = drawInUnicode(state)
    if !state.capabilities.isUTF8 { drawing.frame.spellInASCII() }
    return drawing
  }

  private mutating func drawInUnicode(
    _ state: ChatState
  ) -> (frame: Frame, report: ScrollReport) {
    let context = ViewContext(state.capabilities)
    let size = state.capabilities.size
    guard size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows else {
      return (tooSmall(size, context), state.transcript.report)
    }
    if let view = state.pictureView {
      return (PictureScreen(view, state, context).frame, state.transcript.report)
    }
    var frame = Frame(size: size)
    frame.modes.mouse = state.capabilities.mouseIsOn
    frame.modes.title = title(state, context)
    usage.update(to: state)
    let top = Header(state, usage, context).draw(in: &frame)
    var footer = Footer(state, context, room: size.rows - top)
    let area = Rect(
      column: 0, row: top, columns: size.columns, rows: size.rows - top - footer.rows.count)
    var report = transcript.draw(state, context, in: area, of: &frame)
    if let overlay = state.overlay {
      report.pageOffset = OverlayView(overlay, state, context).draw(
        in: area, of: &frame, &arguments)
    }
    // Megabytes of arguments are not kept behind their question.
    if case .calls? = state.overlay {} else { arguments = CallArgumentRows() }
    report.previews += footer.previews
    // Lists and pages cover the transcript, and take its keys.
    if state.overlay?.coversTranscript != true {
      footer.showPlace(report, of: state.conversation.messages.pathIDs, context)
    }
    footer.draw(in: &frame, from: top + area.size.rows)
    if let cursor = transcript.cursor { frame.cursor = cursor }
    frame.previews = Set(report.previews).compactMap(state.previews.pixels)
    return (frame, report)
  }

  private func title(_ state: ChatState, _ context: ViewContext) -> String {
    let title = state.conversation.title
    return title.isEmpty ? "Iris" : "Iris \(context.glyphs.separator) \(title)"
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
