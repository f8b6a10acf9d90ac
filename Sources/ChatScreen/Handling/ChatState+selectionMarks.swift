import ChatEngine
import Conversation
import Language

// What is marked: from a place to the cursor, or a paragraph, a block of code, a message at once.
extension ChatState {
  mutating func toggleMark(lines: Bool) {
    changeSelection { selection in
      let ends = selection.mark != nil && selection.marksLines == lines
      selection.mark = ends ? nil : selection.mark ?? selection.cursor
      selection.marksLines = lines && !ends
    }
  }

  /// Puts the cursor on the other end of what is marked.
  mutating func exchangeEnds() {
    changeSelection { selection in
      guard let mark = selection.mark else { return }
      (selection.mark, selection.cursor) = (selection.cursor, mark)
      selection.column = nil
    }
  }

  mutating func markParagraph() {
    guard case .selection(let selection) = overlay else { return }
    let text = SourceText(textOfMessage(selection.cursor.message))
    mark(text.paragraph(at: selection.cursor.byteOffset), of: selection.cursor.message)
  }

  mutating func markMessage() {
    guard case .selection(let selection) = overlay else { return }
    let text = textOfMessage(selection.cursor.message)
    mark(0..<text.utf8.count, of: selection.cursor.message)
  }

  /// Marks the block of code at the cursor, else the next one above, else the next one below; the
  /// one above where that is marked already.
  mutating func markCode() -> [ChatEffect] {
    guard case .selection(let selection) = overlay else { return [] }
    guard let found = codeToMark(selection) else {
      return tell(say("There is no block of code above."))
    }
    mark(found.block.bytes, of: found.message)
    return []
  }

  /// Messages are read from the cursor on, as far as it takes.
  private func codeToMark(_ selection: Selection) -> (message: MessageID, block: CodeBlocks.Block)?
  {
    let cursor = selection.cursor
    let path = conversation.messages.pathIDs
    let index = path.lastIndex(of: cursor.message) ?? 0
    let above = path[...index].reversed().lazy.flatMap { codeBlocks(of: $0).reversed() }
      .filter { $0.message != cursor.message || $0.block.start <= cursor.byteOffset }
    let isMarked = above.first.map { selection.marks($0.block.bytes, of: $0.message) } ?? false
    guard !isMarked else { return above.dropFirst().first }
    return above.first ?? path[index...].lazy.flatMap { codeBlocks(of: $0) }.first
  }

  private func codeBlocks(of id: MessageID) -> [(message: MessageID, block: CodeBlocks.Block)] {
    CodeBlocks(textOfMessage(id)).blocks.map { (id, $0) }
  }

  /// Marks the lines that hold a stretch of a message.
  private mutating func mark(_ bytes: Range<Int>, of message: MessageID) {
    let text = SourceText(textOfMessage(message))
    let last = max(bytes.lowerBound, bytes.upperBound - 1)
    changeSelection { selection in
      selection.mark = Selection.Spot(message: message, byteOffset: bytes.lowerBound)
      selection.cursor = Selection.Spot(message: message, byteOffset: text.lineStart(of: last))
      selection.marksLines = true
      selection.column = nil
    }
  }
}

extension Selection {
  /// Whether just the lines of a stretch are marked.
  fileprivate func marks(_ bytes: Range<Int>, of message: MessageID) -> Bool {
    marksLines && mark == Spot(message: message, byteOffset: bytes.lowerBound)
      && cursor.message == message && bytes.contains(cursor.byteOffset)
  }
}
