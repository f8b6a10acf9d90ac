import ChatEngine
import ChatScreen
import Conversation
import Markdown
import Screen

// From rows to the source of a message, and back.
extension MessageLayout {
  /// A part of the message that is shown as it is written: its rows, and the byte that they begin
  /// with; nil for any other part.
  func sourceRows(
    of part: Part, _ message: Message, _ context: ViewContext
  ) -> (rows: TextRows, start: Int)? {
    guard case .text(let index, let piece) = part, let plain = sections[index].plain else {
      return nil
    }
    let rows = plain.sourceRows(
      of: piece, in: sections[index].words(message), columns: context.textColumns, context.rules)
    return (rows, sections[index].section.start + plain.start(of: piece))
  }

  /// The place in the source that a row of a part shows, or one a little before it.
  mutating func sourceStart(
    of part: Part, row: Int, _ message: Message, _ context: ViewContext
  ) -> SourceStart {
    guard case .text(let index, let piece) = part else { return SourceStart() }
    if let source = sourceRows(of: part, message, context) {
      return SourceStart(byteOffset: source.start + source.rows.byteOffset(ofRow: row))
    }
    let line = sections[index].sourceLine(of: piece, row: row)
    return SourceStart(line: sections[index].startLine + line)
  }
}

extension MarkdownBody {
  /// The line of the source that a row of a block shows, as far as each line has one row.
  mutating func sourceLine(of index: Int, row: Int) -> Int {
    let lines = self[index].lines
    let isApart = index > 0 && !self[index].isContinuation
    return lines.lowerBound + max(0, min(isApart ? row - 1 : row, lines.count - 1))
  }
}
