import Conversation
import Language
import Screen

// Marking text by keyboard: an overlay that moves a cursor through the source of the messages.
extension ChatState {
  /// Starts where one reads: at the last line, or at what stands at the top of the screen.
  mutating func startSelecting() -> [ChatEffect] {
    let path = conversation.messages.path.filter { !$0.text.isEmpty }
    guard let last = path.last else { return tell(say("There is nothing to select yet.")) }
    let id = last.id
    var cursor = Selection.Spot(
      message: id, byteOffset: SourceText(last.text).lineStart(of: last.text.utf8.count))
    if transcript.place != .bottom, let top = topOfScreen(path) { cursor = top }
    transcript.jump(to: .source(cursor.message, byteOffset: cursor.byteOffset))
    notice = nil
    return open(.selection(Selection(cursor: cursor)))
  }

  private func topOfScreen(_ path: [Message]) -> Selection.Spot? {
    let report = transcript.report
    guard let message = path.first(where: { $0.id == report.firstMessage }) else { return nil }
    let text = SourceText(message.text)
    var offset = min(report.firstSource.byteOffset, text.byteCount)
    for _ in 0..<report.firstSource.line { offset = text.nextLine(offset) ?? offset }
    return Selection.Spot(message: message.id, byteOffset: offset)
  }

  mutating func leaveSelection() -> [ChatEffect] {
    guard case .selection(let selection) = overlay else { return [] }
    if transcript.place != .bottom {
      let spot = selection.cursor
      transcript.jump(to: .source(spot.message, byteOffset: spot.byteOffset))
    }
    return closeOverlay()
  }

  /// A key while text is being marked; nil where it does what it always does.
  mutating func pressInSelection(_ key: KeyAction, _ selection: Selection) -> [ChatEffect]? {
    switch key {
    case .cancel, .interrupt, .endOfInput: return leaveSelection()
    case .accept, .copyReply: return copySelection(selection)
    case .select: toggleMark(lines: false)
    case .left: moveCursor { $0.previous($1) }
    case .right: moveCursor { $0.next($1) }
    case .wordLeft: moveCursor { $0.previousWord($1) }
    case .wordRight: moveCursor { $0.nextWord($1) }
    case .up, .lineUp: moveByLine(-1)
    case .down, .lineDown: moveByLine(1)
    case .wheelUp: for _ in 0..<3 { moveByLine(-1) }
    case .wheelDown: for _ in 0..<3 { moveByLine(1) }
    case .pageUp: moveByPage(-1)
    case .pageDown: moveByPage(1)
    case .messageUp: moveToMessage(-1)
    case .messageDown: moveToMessage(1)
    case .top: moveToEnd(first: true)
    case .bottom: moveToEnd(first: false)
    case .redraw, .suspend, .mouse: return nil
    default: break
    }
    return []
  }

  /// Letters while text is being marked, as `less` and `vi` have them.
  mutating func typeIntoSelection(_ text: String) -> [ChatEffect] {
    guard !text.isEmpty else { return [] }
    var effects: [ChatEffect] = [.composer(.setText(""))]
    for letter in text {
      guard case .selection(let selection) = overlay else { break }
      if let key = Self.selectionLetters[letter] {
        effects += pressInSelection(key, selection) ?? []
      } else {
        effects += command(letter)
      }
    }
    return effects
  }

  private static let selectionLetters: [Character: KeyAction] = [
    "h": .left, "l": .right, "j": .down, "k": .up, "b": .wordLeft, "w": .wordRight, "g": .top,
    "G": .bottom, "q": .cancel, "y": .accept, " ": .select, "v": .select, "\u{3000}": .select,
  ]

  private mutating func command(_ letter: Character) -> [ChatEffect] {
    switch letter {
    case "V": toggleMark(lines: true)
    case "0", "^": moveCursor { $0.lineStart(of: $1) }
    case "$":
      moveCursor { text, offset in
        let end = text.lineEnd(of: offset)
        return end > text.lineStart(of: offset) ? text.previous(end) : end
      }
    default: break
    }
    return []
  }

  private mutating func copySelection(_ selection: Selection) -> [ChatEffect] {
    let ranges = selection.ranges(along: conversation.messages.pathIDs, text: textOfMessage)
    let text = ranges.map { SourceText(textOfMessage($0.message)).text(in: $0.bytes) }
      .joined(separator: "\n\n")
    let leaving = leaveSelection()
    guard !text.isEmpty else {
      return leaving + tell(say("Nothing was copied: the line is empty."))
    }
    return leaving + [.tool(.copy(text))]
  }

  private func textOfMessage(_ id: MessageID) -> String { conversation.messages[id]?.text ?? "" }
}

// MARK: - Moving

extension ChatState {
  private mutating func changeSelection(_ change: (inout Selection) -> Void) {
    guard case .selection(var selection) = overlay else { return }
    change(&selection)
    overlay = .selection(selection)
  }

  private mutating func toggleMark(lines: Bool) {
    changeSelection { selection in
      let ends = selection.mark != nil && selection.marksLines == lines
      selection.mark = ends ? nil : selection.mark ?? selection.cursor
      selection.marksLines = lines && !ends
    }
  }

  /// Moves inside a message.
  private mutating func moveCursor(_ way: (SourceText, Int) -> Int?) {
    guard case .selection(let selection) = overlay else { return }
    let text = SourceText(textOfMessage(selection.cursor.message))
    let offset = selection.cursor.byteOffset
    changeSelection { selection in
      selection.cursor.byteOffset = way(text, offset) ?? offset
      selection.column = nil
    }
  }

  private mutating func moveByLine(_ step: Int) {
    guard case .selection(var selection) = overlay else { return }
    let text = SourceText(textOfMessage(selection.cursor.message))
    let offset = selection.cursor.byteOffset
    let column = selection.column ?? text.column(of: offset)
    let line = step < 0 ? text.previousLine(offset) : text.nextLine(offset)
    if let line {
      selection.cursor.byteOffset = text.place(inLineAt: line, column: column)
    } else if let beside = message(beside: selection.cursor.message, by: step) {
      let text = SourceText(beside.text)
      let start = step < 0 ? text.lineStart(of: text.byteCount) : 0
      selection.cursor.message = beside.id
      selection.cursor.byteOffset = text.place(inLineAt: start, column: column)
    }
    selection.column = column
    overlay = .selection(selection)
  }

  /// Moves by as many lines as fill the screen when they are wrapped.
  private mutating func moveByPage(_ step: Int) {
    let columns = max(8, surroundings.size.columns - 10)
    var room = max(1, transcript.report.visibleRows - 1)
    while room > 0, case .selection(let before) = overlay {
      moveByLine(step)
      guard case .selection(let now) = overlay, now.cursor != before.cursor else { return }
      let text = SourceText(textOfMessage(now.cursor.message))
      let start = text.lineStart(of: now.cursor.byteOffset)
      let line = text.text(in: start..<text.lineEnd(of: start))
      room -= max(1, (DisplayWidth.columns(of: line) + columns - 1) / columns)
    }
  }

  private mutating func moveToMessage(_ step: Int) {
    guard case .selection(let selection) = overlay else { return }
    let isInside = step < 0 && selection.cursor.byteOffset > 0
    let target =
      isInside ? selection.cursor.message : message(beside: selection.cursor.message, by: step)?.id
    guard let target else { return moveToEnd(first: step < 0) }
    put(Selection.Spot(message: target, byteOffset: 0))
  }

  private mutating func moveToEnd(first: Bool) {
    let path = conversation.messages.path.filter { !$0.text.isEmpty }
    guard let message = first ? path.first : path.last else { return }
    let end = SourceText(message.text).lineStart(of: message.text.utf8.count)
    put(Selection.Spot(message: message.id, byteOffset: first ? 0 : end))
  }

  private mutating func put(_ spot: Selection.Spot) {
    changeSelection { selection in
      selection.cursor = spot
      selection.column = nil
    }
  }

  /// The nearest message with a text before or behind another.
  private func message(beside id: MessageID, by step: Int) -> Message? {
    let path = conversation.messages.pathIDs
    guard var index = path.lastIndex(of: id) else { return nil }
    while path.indices.contains(index + step) {
      index += step
      if let message = conversation.messages[path[index]], !message.text.isEmpty { return message }
    }
    return nil
  }
}
