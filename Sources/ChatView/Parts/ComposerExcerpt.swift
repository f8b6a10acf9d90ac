import ChatEngine
import ChatScreen

/// What of a long text lies around the cursor: a pasted file is not laid out for each key.
struct ComposerExcerpt {
  let text: String
  /// The cursor's place in `text`, as a UTF-8 byte offset.
  let cursor: Int
  /// Where `text` begins in the whole.
  let start: Int

  /// More bytes than the largest screen shows before the cursor, and after it.
  private static let reach = 16_384

  init(of line: ComposerSnapshot) {
    let bytes = line.text.utf8
    let cursor = min(max(0, line.cursor), bytes.count)
    guard bytes.count > 2 * Self.reach else {
      (text, self.cursor, start) = (line.text, cursor, 0)
      return
    }
    // The start moves in large steps, so that rows stay what they are while the cursor moves.
    let first = Self.boundary(bytes, max(0, cursor / Self.reach - 1) * Self.reach)
    let last = Self.boundary(bytes, min(bytes.count, cursor + Self.reach))
    text = String(line.text[first..<last])
    start = bytes.distance(from: bytes.startIndex, to: first)
    self.cursor = cursor - start
  }

  /// The start of the character that a byte belongs to.
  private static func boundary(_ bytes: String.UTF8View, _ offset: Int) -> String.Index {
    var index = bytes.index(bytes.startIndex, offsetBy: offset)
    while index > bytes.startIndex, index < bytes.endIndex, bytes[index] & 0xC0 == 0x80 {
      index = bytes.index(before: index)
    }
    return index
  }
}
