import ChatEngine
import ChatScreen
import Language
import Screen

/// A picture over the whole screen, as the model will see it, with its figures below.
struct PictureScreen {
  let frame: Frame

  init(_ view: PictureView, _ state: ChatState, _ context: ViewContext) {
    let size = state.capabilities.size
    var frame = Frame(size: size)
    if let drawing = view.drawing { Self.draw(drawing, in: &frame) }
    let rows = Self.caption(of: view, state, context)
    for (index, row) in rows.enumerated() {
      frame.write(row, row: size.rows - rows.count + index)
    }
    self.frame = frame
  }

  /// Puts the picture into the middle of the rows above the caption.
  private static func draw(_ drawing: PictureDrawing, in frame: inout Frame) {
    let room = max(0, frame.size.rows - PictureView.captionRows)
    let size = drawing.size
    let origin = Point(
      column: max(0, (frame.size.columns - size.columns) / 2),
      row: max(0, (room - size.rows) / 2))
    switch drawing {
    case .cells(let rows):
      for (index, row) in rows.prefix(room).enumerated() {
        frame.write(row, row: origin.row + index, column: origin.column)
      }
    case .pixels(var picture, _):
      picture.origin = origin
      frame.picture = picture
    }
  }

  private static func caption(
    of view: PictureView, _ state: ChatState, _ context: ViewContext
  ) -> [[Cell]] {
    let caption = state.caption(of: view)
    let columns = max(2, context.columns - 1)
    let original = context.cells(context.text(caption.original), context.theme.picture)
      .truncated(to: columns, at: .middle, rules: context.rules)
    let style = view.failure == nil ? context.theme.text : context.theme.error
    let sent = StyledLine(context.text(caption.sent), style)
      .wrapped(to: columns, rules: context.rules)
    return [original] + sent.prefix(PictureView.captionRows - 2)
  }
}
