import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen

/// Draws the part of the transcript that is in sight, and resolves where it stands.
///
/// Places are worked out from what is near them: nothing needs the height of the whole.
struct TranscriptView {
  private var layout = TranscriptLayout()
  /// The cell of the selection's cursor on the screen drawn last; nil where nothing is selected.
  private(set) var cursor: Point?

  /// Whether another frame of the same state shows more: a long message is not parsed whole yet.
  var isReading: Bool { layout.isReading }

  /// Draws into `area`, and reports where the transcript stands.
  mutating func draw(
    _ state: ChatState, _ context: ViewContext, in area: Rect, of frame: inout Frame
  ) -> ScrollReport {
    let source = TranscriptSource(state, context)
    cursor = nil
    guard !source.entries.isEmpty else {
      Welcome(state, context).draw(in: area, of: &frame)
      return report(.bottom, source, [], area)
    }
    layout.begin(source)
    defer { layout.end() }
    let bottom = layout.position(from: layout.end(source), by: -area.size.rows, source)
    let wanted = resolve(source, height: area.size.rows, bottom: bottom)
    var top = min(wanted, bottom)
    let selected = SelectedText(state)
    if let selected {
      show(selected, from: &top, source, in: area)
    } else {
      layout.followVoice(from: &top, height: area.size.rows, bottom: bottom, source)
    }
    let shown = drawRows(from: top, selected, source, in: area, of: &frame)
    frame.links = layout.links
    var isKept = top == wanted
    if case .text = state.transcript.place { isKept = isKept && state.transcript.pendingRows == 0 }
    let place = top == bottom ? .bottom : place(of: top, isKept: isKept, source)
    var report = report(place, source, shown, area)
    if place != .bottom, shown.first == top.entry {
      report.firstSource = layout.sourceStart(at: top, source)
    }
    return report
  }

  /// The scroll anchor to store: the old one if it still resolves to this row, so that resizing is lossless.
  private mutating func place(
    of top: RowPosition, isKept: Bool, _ source: TranscriptSource
  ) -> TranscriptPlace {
    if isKept, case .text = source.state.transcript.place { return source.state.transcript.place }
    return layout.place(of: top, source)
  }

  /// Scrolls until the selection's cursor is in sight, and notes its cell.
  private mutating func show(
    _ selected: SelectedText, from top: inout RowPosition, _ source: TranscriptSource, in area: Rect
  ) {
    guard let entry = source.index(of: selected.cursor.message) else { return }
    let place = layout.position(ofByte: selected.cursor.byteOffset, in: entry, source)
    top = layout.top(near: top, showing: place.row, height: area.size.rows, source)
    for row in 0..<area.size.rows where layout.position(from: top, by: row, source) == place.row {
      let column = source.context.labelColumns + place.column
      cursor = Point(
        column: min(column, source.context.columns - 1), row: area.origin.row + row)
    }
  }

  private mutating func resolve(
    _ source: TranscriptSource, height: Int, bottom: RowPosition
  ) -> RowPosition {
    let transcript = source.state.transcript
    guard let start = start(transcript.place, source, height: height) else {
      return transcript.pendingRows < 0
        ? layout.position(from: bottom, by: transcript.pendingRows, source) : bottom
    }
    return layout.position(from: start, by: transcript.pendingRows, source)
  }

  /// The position of a place; nil for the bottom, and for what is not there any more.
  private mutating func start(
    _ place: TranscriptPlace, _ source: TranscriptSource, height: Int
  ) -> RowPosition? {
    switch place {
    case .bottom: nil
    case .top: .top
    case .message(let id, let row):
      source.index(of: id).map { RowPosition(entry: $0, block: 0, row: row) }
    case .text(let id, let place):
      source.index(of: id).map { layout.position(of: place, in: $0, source) }
    case .source(let id, let offset):
      source.index(of: id).map { layout.position(ofByte: offset, in: $0, source).row }
    case .match(let id, let ordinal):
      layout.position(ofMatch: ordinal, in: id, source)
        .map { layout.position(from: $0, by: -(height / 3), source) }
    }
  }

  private func report(
    _ place: TranscriptPlace, _ source: TranscriptSource, _ shown: [Int], _ area: Rect
  ) -> ScrollReport {
    var report = ScrollReport()
    report.place = place
    report.visibleRows = area.size.rows
    report.textColumns = source.context.textColumns
    report.firstMessage = shown.first.map { source.entries[$0] }
    report.previews = shown.flatMap {
      Previews(of: source.message($0), source.state, source.context).keys
    }
    return report
  }
}

// MARK: - Drawing

extension TranscriptView {
  /// Draws downwards from a position; returns the messages that have a row on the screen.
  private mutating func drawRows(
    from top: RowPosition, _ selected: SelectedText?, _ source: TranscriptSource, in area: Rect,
    of frame: inout Frame
  ) -> [Int] {
    var rows = area.origin.row..<area.origin.row + area.size.rows
    var position = top
    var shown: [Int] = []
    var isCut = !layout.isStart(top, source)
    while !rows.isEmpty {
      let last = layout.lastBlock(of: position.entry, source)
      let used = drawMessage(from: position, to: last, selected, source, in: rows, of: &frame)
      if used.text > 0 {
        shown.append(position.entry)
        // The number of a message of one row stands in the blank row below it.
        drawLabel(position.entry, isCut: isCut, source, in: rows.prefix(used.all), of: &frame)
      }
      rows = rows.dropFirst(used.all)
      guard position.entry + 1 < source.entries.count else { break }
      position = RowPosition(entry: position.entry + 1, block: 0, row: 0)
      isCut = false
    }
    return shown
  }

  /// Draws a message from a position on; returns how many rows it took, and how many of them are
  /// not the blank ones below it.
  private mutating func drawMessage(
    from start: RowPosition, to last: Int, _ selected: SelectedText?, _ source: TranscriptSource,
    in rows: Range<Int>, of frame: inout Frame
  ) -> (text: Int, all: Int) {
    let highlighting = RowHighlighting(start.entry, source)
    let marked = selected?.bytes(of: source.entries[start.entry])
    var used = (text: 0, all: 0)
    var position = start
    while position.block <= last, used.all < rows.count {
      var block = highlighting.highlighted(layout.rows(at: position, source))
      if let marked { block = layout.highlighted(block, at: position, marked, source) }
      for cells in block.dropFirst(position.row).prefix(rows.count - used.all) {
        frame.write(
          cells, row: rows.lowerBound + used.all, column: source.context.labelColumns)
        used.all += 1
      }
      if position.block < last { used.text = used.all }
      position = RowPosition(entry: start.entry, block: position.block + 1, row: 0)
    }
    return used
  }

  private func drawLabel(
    _ entry: Int, isCut: Bool, _ source: TranscriptSource, in rows: Range<Int>,
    of frame: inout Frame
  ) {
    let label = source.label(entry, isCut: isCut)
    frame.write(label.first, row: rows.lowerBound)
    if rows.count > 1 { frame.write(label.second, row: rows.lowerBound + 1) }
  }
}
