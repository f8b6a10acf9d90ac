import ChatCore
import Conversation
import Language
import Screen

/// Draws the part of the transcript that is in sight, and resolves where it stands.
struct TranscriptView {
  /// Layouts of messages that were drawn lately.
  private var layouts: [MessageID: MessageLayout] = [:]
  /// The place at the top of the last frame, in characters: it holds for another width too.
  private var anchor: Anchor?
  private var lastColumns = 0

  /// A place in a message that does not depend on the width.
  private struct Anchor {
    var message: MessageID
    var block: Int
    var character: Int
  }

  /// A row of a message, both counted from 0.
  private struct Position {
    var entry: Int
    var row: Int
  }

  init() {}

  /// Draws into `area`, and reports where the transcript stands.
  mutating func draw(
    _ state: ChatState, _ context: ViewContext, in area: Rect, of frame: inout Frame
  ) -> ScrollReport {
    var source = TranscriptSource(state, context)
    let height = area.size.rows
    if layouts.count > 400 { layouts.removeAll() }
    guard !source.entries.isEmpty else {
      drawWelcome(state, context, in: area, of: &frame)
      return report(.bottom, source, [], height)
    }
    let bottom = position(from: end(&source), by: -height, &source)
    let wanted = resolve(state, &source, height: height, bottom: bottom)
    let isAtBottom = !isBefore(wanted, bottom)
    let top = isAtBottom ? bottom : wanted
    let visible = drawRows(from: top, &source, in: area, of: &frame)
    remember(top, &source, context)
    let place: TranscriptPlace =
      isAtBottom ? .bottom : .message(source.entries[top.entry], row: top.row)
    return report(place, source, visible, height)
  }
}

// MARK: - Where the transcript stands

extension TranscriptView {
  private mutating func resolve(
    _ state: ChatState, _ source: inout TranscriptSource, height: Int, bottom: Position
  ) -> Position {
    let start: Position
    switch state.transcript.place {
    case .bottom: start = bottom
    case .top: start = Position(entry: 0, row: 0)
    case .match(let id, let ordinal):
      start = match(id, ordinal: ordinal, state, &source, height: height) ?? bottom
    case .message(let id, let row):
      guard let entry = source.index(of: id) else { return bottom }
      let kept = sourceWidthChanged(source) ? rowOfAnchor(id, &source) : nil
      start = Position(entry: entry, row: kept ?? row)
    }
    return position(from: start, by: state.transcript.pendingRows, &source)
  }

  private func sourceWidthChanged(_ source: TranscriptSource) -> Bool {
    lastColumns != source.context.columns
  }

  /// The row that the anchor has at the present width.
  private mutating func rowOfAnchor(_ id: MessageID, _ source: inout TranscriptSource) -> Int? {
    guard let anchor, anchor.message == id, let entry = source.index(of: id) else { return nil }
    let blocks = layout(entry, &source).blocks
    guard blocks.indices.contains(anchor.block) else { return nil }
    let before = blocks[..<anchor.block].reduce(0) { $0 + $1.rows.count }
    return before + blocks[anchor.block].row(ofCharacter: anchor.character)
  }

  private mutating func remember(
    _ top: Position, _ source: inout TranscriptSource, _ context: ViewContext
  ) {
    lastColumns = context.columns
    var row = top.row
    for (index, block) in layout(top.entry, &source).blocks.enumerated() {
      guard row >= block.rows.count else {
        anchor = Anchor(
          message: source.entries[top.entry], block: index,
          character: block.characters(beforeRow: row))
        return
      }
      row -= block.rows.count
    }
    anchor = nil
  }

  /// The place so many rows further, within the transcript.
  private mutating func position(
    from start: Position, by rows: Int, _ source: inout TranscriptSource
  ) -> Position {
    var position = Position(entry: start.entry, row: start.row + rows)
    while position.row < 0 {
      guard position.entry > 0 else { return Position(entry: 0, row: 0) }
      position.entry -= 1
      position.row += height(position.entry, &source)
    }
    while position.row >= height(position.entry, &source) {
      guard position.entry + 1 < source.entries.count else { return position }
      position.row -= height(position.entry, &source)
      position.entry += 1
    }
    return position
  }

  /// The place behind the last row.
  private mutating func end(_ source: inout TranscriptSource) -> Position {
    let last = source.entries.count - 1
    // The blank row below the last message is not shown.
    return Position(entry: last, row: height(last, &source) - 1)
  }

  private func isBefore(_ left: Position, _ right: Position) -> Bool {
    (left.entry, left.row) < (right.entry, right.row)
  }

  /// A few rows above the match, so that it is read in its context.
  private mutating func match(
    _ id: MessageID, ordinal: Int, _ state: ChatState, _ source: inout TranscriptSource,
    height: Int
  ) -> Position? {
    guard let entry = source.index(of: id), let query = state.transcript.find?.query else {
      return nil
    }
    let rows = layout(entry, &source).blocks.flatMap(\.rows)
    let matching = rows.indices.filter { RowMatches(query, in: rows[$0]).ranges.isEmpty == false }
    guard !matching.isEmpty else { return Position(entry: entry, row: 0) }
    let row = matching[min(ordinal, matching.count - 1)]
    return position(from: Position(entry: entry, row: row), by: -(height / 3), &source)
  }
}

// MARK: - Drawing

extension TranscriptView {
  /// The rows of an entry, with the blank row below it.
  private mutating func height(_ entry: Int, _ source: inout TranscriptSource) -> Int {
    layout(entry, &source).rowCount + 1
  }

  private mutating func layout(_ entry: Int, _ source: inout TranscriptSource) -> MessageLayout {
    let id = source.entries[entry]
    if let known = source.laidOut[id] { return known }
    let message = source.message(entry)
    let key = source.key(of: message)
    var layout: MessageLayout
    if let known = layouts[id], known.key == key {
      layout = known
      layouts[id] = nil
      layout.update(to: message)
    } else {
      layout = MessageLayout(message, key: key, previews: source.previews(of: message))
    }
    layouts[id] = layout
    source.laidOut[id] = layout
    return layout
  }

  /// Draws downwards from a place; returns the messages that were drawn.
  private mutating func drawRows(
    from top: Position, _ source: inout TranscriptSource, in area: Rect, of frame: inout Frame
  ) -> [Int] {
    var row = area.origin.row
    let end = area.origin.row + area.size.rows
    var entry = top.entry
    var first = top.row
    var drawn: [Int] = []
    while row < end, entry < source.entries.count {
      let layout = layout(entry, &source)
      let last = min(layout.rowCount, first + end - row)
      if first < last {
        drawn.append(entry)
        if first == 0 { source.label(entry).map { frame.write($0, row: row) } }
        for cells in layout.rows(first..<last) {
          frame.write(source.lit(cells), row: row, column: source.context.labelColumns)
          row += 1
        }
      }
      row += 1
      entry += 1
      first = 0
    }
    return drawn
  }

  private func report(
    _ place: TranscriptPlace, _ source: TranscriptSource, _ drawn: [Int], _ height: Int
  ) -> ScrollReport {
    var report = ScrollReport()
    report.place = place
    report.visibleRows = height
    report.firstMessage = drawn.first.map { source.entries[$0] }
    report.missingPreviews = drawn.flatMap { source.missingPreviews(of: source.message($0)) }
    return report
  }

  /// What stands on an empty transcript: how to begin.
  private func drawWelcome(
    _ state: ChatState, _ context: ViewContext, in area: Rect, of frame: inout Frame
  ) {
    var lines = [
      say("Type a message and press Enter. Alt-Enter starts a new line."),
      say("/attach PATH adds a picture. /help shows the commands, ? the keys."),
    ]
    if state.currentProvider.isDemo {
      lines.append(
        say("This is the demo, inside Iris: set OPENAI_API_KEY to talk to a real model."))
    }
    var row = area.origin.row
    for line in lines {
      let rows = StyledLine(context.text(line), context.theme.dim)
        .wrapped(to: context.columns - 2, rules: context.rules)
      for cells in rows where row < area.origin.row + area.size.rows {
        frame.write(cells, row: row, column: 1)
        row += 1
      }
    }
  }
}
