import ChatEngine
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
    let text = SourceText(textOfMessage(id))
    var cursor = Selection.Spot(message: id, byteOffset: text.lineStart(of: text.byteCount))
    if transcript.place != .bottom, let top = topOfScreen(path) { cursor = top }
    transcript.jump(to: .source(cursor.message, byteOffset: cursor.byteOffset))
    notice = nil
    return open(.selection(Selection(cursor: cursor)))
  }

  /// What of the source stands at the top of the screen; nil where that is no message of `path`.
  func topOfScreen(_ path: [Message]) -> Selection.Spot? {
    let report = transcript.report
    guard let message = path.first(where: { $0.id == report.firstMessage }) else { return nil }
    let text = SourceText(textOfMessage(message.id))
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
    notice = nil
    switch key {
    case .cancel, .interrupt, .endOfInput: return leaveSelection()
    case .accept, .copyReply: return copySelection(selection)
    case .select: toggleMark(lines: false)
    case .left: moveCursor { $0.previous($1) }
    case .right: moveCursor { $0.next($1) }
    case .wordLeft: moveCursor { $0.previousWord($1) }
    case .wordRight: moveCursor { $0.nextWord($1) }
    case .up, .lineUp: moveByRow(-1)
    case .down, .lineDown: moveByRow(1)
    case .home: moveInRow(to: 0)
    case .end: moveInRow(to: .max)
    case .wheelUp: for _ in 0..<3 { moveByRow(-1) }
    case .wheelDown: for _ in 0..<3 { moveByRow(1) }
    case .pageUp: moveByPage(-1)
    case .pageDown: moveByPage(1)
    case .messageUp: moveToMessage(-1)
    case .messageDown: moveToMessage(1)
    case .top: moveToEnd(first: true)
    case .bottom: moveToEnd(first: false)
    case .help: return tell(SelectionKeys.summary)
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
    "?": .help,
  ]

  private mutating func command(_ letter: Character) -> [ChatEffect] {
    notice = nil
    switch letter {
    case "V": toggleMark(lines: true)
    case "0", "^": moveCursor { $0.lineStart(of: $1) }
    case "$": moveCursor { $0.lastPlace(inLineOf: $1) }
    case "{": moveCursor { $0.previousParagraph($1) }
    case "}": moveCursor { $0.nextParagraph($1) }
    case "o": exchangeEnds()
    case "p": markParagraph()
    case "c": return markCode()
    case "m": markMessage()
    default: break
    }
    return []
  }

  private mutating func copySelection(_ selection: Selection) -> [ChatEffect] {
    let ranges = selection.ranges(along: conversation.messages.pathIDs, text: textOfMessage)
    let text = ranges.map { copied($0.bytes, of: textOfMessage($0.message)) }
      .joined(separator: "\n\n")
    let leaving = leaveSelection()
    guard !text.isEmpty else {
      return leaving + tell(say("Nothing was copied: the line is empty."))
    }
    return leaving + [.externalProgram(.copy(text))]
  }

  /// A stretch of a text; a block of code without what a quote or a list puts before its lines.
  private func copied(_ bytes: Range<Int>, of text: String) -> String {
    let block = CodeBlocks(text).blocks.first { $0.bytes == bytes }
    return block?.text ?? SourceText(text).text(in: bytes)
  }

  /// A message's text without the line ends behind it, where nothing is seen.
  func textOfMessage(_ id: MessageID) -> String {
    let text = conversation.messages[id]?.text ?? ""
    guard text.last?.isNewline == true, let last = text.lastIndex(where: { !$0.isNewline }) else {
      return text
    }
    return String(text[...last])
  }
}
