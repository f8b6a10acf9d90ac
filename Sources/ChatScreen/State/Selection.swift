import ChatEngine
package import Conversation

/// A stretch of the messages' source that is being marked by keyboard.
///
/// It counts in the source, not in rows: a line that is wrapped on the screen is one line here, and
/// what is copied is what was written.
package struct Selection: Equatable, Sendable {
  /// A character of a message's text, by the UTF-8 byte offset of its start.
  package struct Spot: Hashable, Sendable {
    package var message: MessageID
    package var byteOffset: Int

    package init(message: MessageID, byteOffset: Int) {
      self.message = message
      self.byteOffset = byteOffset
    }
  }

  package var cursor: Spot
  /// Where the marking began; nil while nothing is marked.
  package var mark: Spot?
  /// Whether whole lines are marked.
  package var marksLines = false
  /// The column, in characters, that moves by line come back to.
  var column: Int?

  package init(cursor: Spot) {
    self.cursor = cursor
  }
}

extension Selection {
  /// The marked bytes of each message, in the order of `path`.
  ///
  /// The cursor's character belongs to them. Without a mark it is the cursor's line.
  package func ranges(
    along path: [MessageID], text: (MessageID) -> String
  ) -> [(message: MessageID, bytes: Range<Int>)] {
    guard let here = path.lastIndex(of: cursor.message),
      let there = path.lastIndex(of: (mark ?? cursor).message)
    else { return [] }
    let ends = [(here, cursor.byteOffset), (there, (mark ?? cursor).byteOffset)].sorted { $0 < $1 }
    return (ends[0].0...ends[1].0).map { index in
      let lines = SourceText(text(path[index]))
      var start = index == ends[0].0 ? ends[0].1 : 0
      var end = index == ends[1].0 ? lines.end(ofCharacterAt: ends[1].1) : lines.byteCount
      if mark == nil || marksLines {
        start = lines.lineStart(of: start)
        if index == ends[1].0 { end = lines.lineEnd(of: ends[1].1) }
      }
      return (path[index], start..<max(start, end))
    }
  }
}
