import CTerminal
package import Screen

/// Draws frames through ncurses on one descriptor.
///
/// Curses is global to a process: one renderer is open at a time, on the main thread. It never reads
/// input. Only rows that differ from the frame before are put again, erased and from left to right;
/// curses finds the cells that changed. A frame that equals the one before costs no output.
package final class Renderer {
  /// Which colours to use.
  package enum Colours: Hashable, Sendable {
    case none
    /// Those that terminfo knows of.
    case terminfo
    /// xterm's palette, whatever terminfo says; terminfo's where that cannot be had.
    case palette
    /// 24 bits, whatever terminfo says; terminfo's where that cannot be had.
    case direct
  }

  /// How many colours cells may have here.
  package private(set) var depth: ColorDepth
  private let terminal: String
  private let output: Int32
  private let hasTitle: Bool
  private var size: Size
  private var shown: Frame?
  private var modes: TerminalModes?
  /// The picture in pixels that is on the screen.
  private var placed: PixelPicture?
  private var previews = PreviewPlacements()
  /// Whether links are given to the terminal (OSC 8).
  package var drawsLinks = false {
    didSet { if drawsLinks != oldValue { shown = nil } }
  }
  /// Whether the terminal strikes text through: terminfo's extended capability `smxx` (user_caps(5)).
  let strikesThrough: Bool
  /// The rows of the screen that may have stretches which curses knows nothing of.
  var rewrittenRows: Set<Int> = []

  /// Takes the screen of `terminal`, a name in terminfo; terminfo does not tell whether it has a
  /// title.
  ///
  /// Throws `unknownTerminal`, `unusableTerminal` or `system`; the terminal is then as before.
  package init(
    terminal: String, input: Int32, output: Int32, size: Size, colours: Colours = .terminfo,
    hasTitle: Bool = true
  ) throws(TerminalError) {
    let status = ct_screen_open(
      terminal, input, output, Int32(size.columns), Int32(size.rows), colours.code)
    switch status {
    case CT_SCREEN_OPEN: break
    case CT_SCREEN_UNKNOWN_TERMINAL: throw .unknownTerminal(terminal)
    case CT_SCREEN_UNUSABLE_TERMINAL: throw .unusableTerminal(terminal)
    default: throw .system(call: "newterm", errno: 0)
    }
    depth = ColorDepth(colours: Int(ct_screen_colours()))
    self.terminal = terminal
    strikesThrough = ct_screen_strikes_through()
    self.output = output
    self.size = size
    self.hasTitle = hasTitle
  }

  /// Draws more colours from now on than terminfo knows of; the next frame is drawn whole.
  ///
  /// - Throws: `unusableTerminal` where the screen could not be had back; it is closed then.
  func deepen(to colours: Colours) throws(TerminalError) {
    takePicturesOff()
    shown = nil
    rewrittenRows = []
    for colours in [colours, .terminfo] {
      let status = ct_screen_reopen(
        terminal, Int32(size.columns), Int32(size.rows), colours.code)
      guard status != CT_SCREEN_OPEN else {
        depth = ColorDepth(colours: Int(ct_screen_colours()))
        return
      }
    }
    throw .unusableTerminal(terminal)
  }

  /// Draws a frame and brings the terminal to its modes.
  ///
  /// A frame of another size than the terminal's is clipped or leaves blanks until the next one.
  package func draw(_ frame: Frame) {
    if placed != frame.picture { takePictureOff() }
    let all = Array(0..<size.rows)
    let changed = shown.map { frame.changedRows(from: $0) } ?? all
    // Where pairs ran out, the rows already put have lost theirs: once more from an empty table.
    let isWhole = write(changed, of: frame) || write(all, of: frame)
    let rewritten = rewriteStretches(of: frame, in: isWhole ? changed : all)
    ct_screen_update(
      Int32(frame.cursor?.row ?? -1), Int32(frame.cursor?.column ?? -1))
    send(rewritten + previews.update(to: frame, written: Set(isWhole ? changed : all)))
    set(frame.modes)
    place(frame.picture)
    shown = isWhole ? frame : nil
  }

  /// Has the next frame repaint everything, as after foreign output.
  package func repaint() {
    takePicturesOff()
    shown = nil
    rewrittenRows = []
    ct_screen_repaint()
  }

  /// Takes on the terminal's new size; the next frame is drawn whole.
  package func resize(to size: Size) {
    takePicturesOff()
    self.size = size
    shown = nil
    ct_screen_resize(Int32(size.columns), Int32(size.rows))
  }

  /// Gives the screen back to the shell until ``resume(size:)``.
  package func suspend() {
    takePicturesOff()
    restoreModes()
    ct_screen_suspend()
  }

  /// Whether the line still has the program's settings.
  ///
  /// SIGSTOP gives no chance to restore them: the shell that continues the job leaves its own.
  var hasLineSettings: Bool { ct_screen_is_raw() }

  /// Takes the screen back from the shell; the next frame is drawn whole.
  package func resume(size: Size) {
    self.size = size
    shown = nil
    ct_screen_resume(Int32(size.columns), Int32(size.rows))
  }

  /// Restores the terminal; nothing may be drawn afterwards.
  package func close() {
    takePicturesOff()
    restoreModes()
    ct_screen_close()
  }

  /// Writes bytes past curses: the one door for what no frame can hold, such as OSC 52.
  package func send(_ bytes: String) {
    Descriptor(output).write(bytes)
  }
}

extension Renderer {
  /// Draws a picture over the cells that curses has written.
  ///
  /// The cursor and its attributes are put back where curses believes them to be (DECSC, DECRC).
  private func place(_ picture: PixelPicture?) {
    guard let picture, picture != placed else { return }
    let (row, column) = (picture.origin.row + 1, picture.origin.column + 1)
    send("\u{1B}7\u{1B}[\(row);\(column)H\(picture.drawing)\u{1B}8")
    placed = picture
  }

  /// Leaves no picture with the terminal.
  private func takePicturesOff() {
    takePictureOff()
    send(previews.forget())
  }

  /// Takes the picture off by its own sequence, or else by erasing the whole screen.
  private func takePictureOff() {
    guard let picture = placed else { return }
    placed = nil
    send(picture.removal)
    guard picture.removal.isEmpty else { return previews.loseUnplaced() }
    shown = nil
    ct_screen_repaint()
  }

  private func set(_ modes: TerminalModes) {
    var modes = modes
    if !hasTitle { modes.title = nil }
    guard modes != self.modes else { return }
    // Before they are set: a fatal signal in between may take back too much, never too little.
    prepareFatalSignals(leaving: modes)
    send(modes.sequences(from: self.modes))
    self.modes = modes
  }

  private func restoreModes() {
    send(modes?.restoring ?? "")
    modes = nil
    prepareFatalSignals(leaving: nil)
  }

  /// Has a fatal signal give these modes back.
  private func prepareFatalSignals(leaving modes: TerminalModes?) {
    let bytes = Array((modes?.restoring ?? "").utf8)
    bytes.withUnsafeBytes {
      $0.withMemoryRebound(to: CChar.self) { ct_fatal_set_modes($0.baseAddress, $0.count) }
    }
  }

  /// Puts rows; false when the frame has more pairs of colours than the terminal.
  private func write(_ rows: [Int], of frame: Frame) -> Bool {
    var succeeded = true
    for row in rows where row < size.rows {
      let cells = frame.rows.indices.contains(row) ? converted(frame.rows[row]) : []
      succeeded = ct_screen_put_row(Int32(row), cells, Int32(cells.count)) && succeeded
    }
    return succeeded
  }

  private func converted(_ row: [Cell]) -> [ct_cell] {
    var style = Style.plain
    var appearance = appearance(of: style)
    return row.map { cell in
      if cell.style != style {
        style = cell.style
        appearance = self.appearance(of: style)
      }
      appearance.text = cell.hasMarks ? glyph(of: cell) : (cell.base.value, 0, 0, 0, 0)
      appearance.width = cell.width
      return appearance
    }
  }

  /// A cell that shows nothing yet, in a style.
  private func appearance(of style: Style) -> ct_cell {
    var result = ct_cell()
    result.attributes = style.attributes.rawValue
    result.foreground = depth.code(for: style.foreground)
    result.background = depth.code(for: style.background)
    return result
  }

  private func glyph(of cell: Cell) -> (UInt32, UInt32, UInt32, UInt32, UInt32) {
    let marks = cell.marks.map(\.value) + [0, 0, 0, 0]
    return (cell.base.value, marks[0], marks[1], marks[2], marks[3])
  }
}

extension Renderer.Colours {
  fileprivate var code: ct_colour {
    switch self {
    case .none: CT_NO_COLOUR
    case .terminfo: CT_TERMINFO_COLOUR
    case .palette: CT_PALETTE_COLOUR
    case .direct: CT_DIRECT_COLOUR
    }
  }
}
