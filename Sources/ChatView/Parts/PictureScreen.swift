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
    if let masked = view.masked {
      frame.modes.mouse = true
      Self.draw(masked, of: view, in: &frame, context)
    }
    let rows =
      view.masked?.mask.map { Self.caption(of: $0, view, context) }
      ?? Self.caption(of: view, state, context)
    for (index, row) in rows.enumerated() {
      frame.write(row, row: size.rows - rows.count + index)
    }
    self.frame = frame
  }

  /// Puts the picture into the middle of the rows above the caption.
  private static func draw(_ drawing: PictureDrawing, in frame: inout Frame) {
    let room = max(0, frame.size.rows - PictureView.captionRows)
    let origin = PictureView.origin(of: drawing.size, in: frame.size)
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
    return [original] + sent.cut(to: PictureView.captionRows - 2, context)
  }

  /// Lays signs over the cells that are marked, and shows where keys mark.
  private static func draw(
    _ masked: MaskedPicture, of view: PictureView, in frame: inout Frame, _ context: ViewContext
  ) {
    guard let mask = masked.mask, case .cells(let rows)? = view.drawing else { return }
    let origin = PictureView.origin(of: mask.size, in: frame.size)
    for (row, cells) in rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        let isCursor = mask.cursor == Point(column: column, row: row)
        let isMarked =
          mask.isMarked(column: column, row: row) || mask.isInBox(column: column, row: row)
        guard isMarked || isCursor else { continue }
        var shown = Cell(
          isCursor ? "+" : "#",
          style: Style(foreground: .named(13), background: cell.style.background))
        if isCursor { shown.style.attributes = [.bold, .reverse] }
        frame.write([shown], row: origin.row + row, column: origin.column + column)
      }
    }
  }

  private static func caption(
    of mask: PictureMask, _ view: PictureView, _ context: ViewContext
  ) -> [[Cell]] {
    let columns = max(2, context.columns - 1)
    let share = say("\("\(mask.percent) %") is marked, Esc leaves")
    let problem = view.failure ?? view.masked?.problem
    let keys = say("Space marks, b boxes, + - grow, i inverts, u undoes, Enter takes it")
    let style = problem == nil ? context.theme.text : context.theme.error
    let rows = StyledLine(context.text(problem ?? keys), style)
      .wrapped(to: columns, rules: context.rules)
    return [context.cells(context.text(share), context.theme.picture)]
      + rows.cut(to: PictureView.captionRows - 2, context)
  }
}
