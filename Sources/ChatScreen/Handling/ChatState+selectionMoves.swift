import ChatEngine
import Conversation
import Screen

// Moving the cursor of the marking: by character and word in the source, by row on the screen.
extension ChatState {
  mutating func changeSelection(_ change: (inout Selection) -> Void) {
    guard case .selection(var selection) = overlay else { return }
    change(&selection)
    overlay = .selection(selection)
  }

  /// Moves inside a message.
  mutating func moveCursor(_ way: (SourceText, Int) -> Int?) {
    guard case .selection(let selection) = overlay else { return }
    let text = SourceText(textOfMessage(selection.cursor.message))
    let offset = selection.cursor.byteOffset
    changeSelection { selection in
      selection.cursor.byteOffset = way(text, offset) ?? offset
      selection.column = nil
    }
  }

  /// Moves by a row of the screen, in the column that moving by rows began in.
  mutating func moveByRow(_ step: Int) {
    guard case .selection(var selection) = overlay else { return }
    let text = SourceText(textOfMessage(selection.cursor.message))
    let offset = selection.cursor.byteOffset
    let rows = rows(around: offset, of: text)
    let column = selection.column ?? rows.point.column
    let beyond = step < 0 ? text.stretch(above: offset) : text.stretch(below: offset)
    if let place = rows.offset(row: rows.point.row + step, column: column) {
      selection.cursor.byteOffset = place
    } else if let beyond {
      selection.cursor.byteOffset = place(near: beyond, of: text, column, isLast: step < 0)
    } else if let beside = message(beside: selection.cursor.message, by: step) {
      let text = SourceText(textOfMessage(beside.id))
      let end = step < 0 ? text.byteCount : 0
      selection.cursor.message = beside.id
      selection.cursor.byteOffset = place(near: end, of: text, column, isLast: step < 0)
    }
    selection.column = column
    overlay = .selection(selection)
  }

  /// The place in a column of the first row of the stretch at `offset`, or of its last.
  private func place(
    near offset: Int, of text: SourceText, _ column: Int, isLast: Bool
  ) -> Int {
    let rows = rows(around: offset, of: text)
    return rows.offset(row: isLast ? rows.last : 0, column: column) ?? offset
  }

  private func rows(around offset: Int, of text: SourceText) -> LineRows {
    let known = transcript.report.textColumns
    let columns = known > 0 ? known : max(8, capabilities.size.columns - 10)
    let rules = WidthRules(ambiguousIsWide: capabilities.ambiguousIsWide)
    return LineRows(around: offset, of: text, columns: columns, rules)
  }

  /// Moves to a column of the row that the cursor is in; one that is too far is its last.
  mutating func moveInRow(to column: Int) {
    guard case .selection(let selection) = overlay else { return }
    let text = SourceText(textOfMessage(selection.cursor.message))
    let offset = selection.cursor.byteOffset
    let rows = rows(around: offset, of: text)
    guard let place = rows.offset(row: rows.point.row, column: column) else { return }
    let end = text.lastPlace(inLineOf: offset)
    moveCursor(to: Selection.Spot(message: selection.cursor.message, byteOffset: min(place, end)))
  }

  /// Moves by as many rows as are in sight, but one.
  mutating func moveByPage(_ step: Int) {
    for _ in 0..<max(1, transcript.report.visibleRows - 1) { moveByRow(step) }
  }

  mutating func moveToMessage(_ step: Int) {
    guard case .selection(let selection) = overlay else { return }
    let isInside = step < 0 && selection.cursor.byteOffset > 0
    let target =
      isInside ? selection.cursor.message : message(beside: selection.cursor.message, by: step)?.id
    guard let target else { return moveToEnd(first: step < 0) }
    moveCursor(to: Selection.Spot(message: target, byteOffset: 0))
  }

  mutating func moveToEnd(first: Bool) {
    let path = conversation.messages.path.filter { !$0.text.isEmpty }
    guard let message = first ? path.first : path.last else { return }
    let text = SourceText(textOfMessage(message.id))
    let end = text.lineStart(of: text.byteCount)
    moveCursor(to: Selection.Spot(message: message.id, byteOffset: first ? 0 : end))
  }

  mutating func moveCursor(to spot: Selection.Spot) {
    changeSelection { selection in
      selection.cursor = spot
      selection.column = nil
    }
  }

  /// The nearest message with a text before or behind another.
  func message(beside id: MessageID, by step: Int) -> Message? {
    let path = conversation.messages.pathIDs
    guard var index = path.lastIndex(of: id) else { return nil }
    while path.indices.contains(index + step) {
      index += step
      if let message = conversation.messages[path[index]], !message.text.isEmpty { return message }
    }
    return nil
  }
}
