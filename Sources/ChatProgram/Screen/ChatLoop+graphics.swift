import ChatEngine
import ChatScreen
import Conversation
import Screen
import Terminal

/// What a terminal answers when it is asked for the pixels that it can draw.
///
/// It answers in the order of the questions, and every terminal knows the last one: when the device
/// attributes have come, what has not come will not come.
struct GraphicsInquiry {
  private var isOpen = false
  private var hasKitty = false
  private var cell: (width: Int, height: Int)?
  private var attributes: [Int]?

  /// Begins anew.
  mutating func begin() {
    self = GraphicsInquiry()
    isOpen = true
  }

  /// Takes an answer; others than those that were asked for change nothing.
  mutating func record(_ answer: TerminalAnswer) {
    guard isOpen else { return }
    switch answer {
    case .graphics(let text): hasKitty = text == "OK"
    case .cellSize(let width, let height): cell = (width, height)
    case .attributes(let attributes): self.attributes = attributes
    case .background, .name, .secondaryAttributes, .capabilities, .paletteColour, .other: break
    }
  }

  /// What became of it, once.
  mutating func takeResult(_ session: TerminalSession) -> Graphics? {
    guard isOpen, let attributes else { return nil }
    isOpen = false
    let hasSixels = attributes.dropFirst().contains(4)
    guard hasKitty || hasSixels else { return Graphics.none }
    // Cells are hardly ever smaller than this: the picture fits, if too small.
    let cell = session.cellSize ?? cell ?? (8, 16)
    return .pixels(
      hasKitty ? .kitty : .sixel, cell: PixelSize(width: cell.width, height: cell.height))
  }
}

extension ChatLoop {
  /// Asks the terminal, unless it is one that must not be asked.
  func askGraphics() {
    guard session.mayDrawPixels else {
      handle(.terminal(.graphics(.none)))
      return
    }
    graphicsInquiry.begin()
    session.send(.askGraphics)
    session.send(.askCellSize)
    session.send(.askAttributes)
  }

  /// A window of another size may have cells of another size: another font.
  func takeCellSize() {
    guard case .pixels(let name, let old) = state.capabilities.graphics,
      let (width, height) = session.cellSize
    else { return }
    let cell = PixelSize(width: width, height: height)
    if cell != old { handle(.terminal(.graphics(.pixels(name, cell: cell)))) }
  }

  /// A button of the mouse, while a picture is marked: a click marks a cell, a drag a box.
  func markPicture(_ event: MouseEvent) {
    guard event.button == 0, let view = state.pictureView, let mask = view.masked?.mask else {
      return
    }
    let origin = PictureView.origin(of: mask.size, in: state.capabilities.size)
    let point = Point(
      column: event.point.column - origin.column, row: event.point.row - origin.row)
    switch event.action {
    case .press: handle(.preview(.view(.marking(.input(.press(point))))))
    case .release: handle(.preview(.view(.marking(.input(.release(point))))))
    case .drag: handle(.preview(.view(.marking(.input(.drag(point))))))
    }
  }

  /// Goes back from a picture to the transcript; the wheel alone does not.
  func closePicture(by key: [UInt8]) {
    guard !key.starts(with: Array("\u{1B}[<".utf8)) else { return }
    handle(.preview(.view(.closed)))
  }
}
