/// The fence of a code block (CommonMark 0.29, 4.5).
struct Fence: Hashable, Sendable {
  /// A backtick or a tilde.
  let character: UInt8
  let length: Int
  /// Columns of space before it, which are taken from its lines too.
  let indent: Int

  /// The fence that a line opens; nil if it opens none.
  init?(openedBy line: ArraySlice<UInt8>) {
    let text = line.drop { $0 == UInt8(ascii: " ") }
    guard let first = text.first, first == UInt8(ascii: "`") || first == UInt8(ascii: "~") else {
      return nil
    }
    let info = text.drop { $0 == first }
    let isCodeSpan = first == UInt8(ascii: "`") && info.contains(first)
    character = first
    length = info.startIndex - text.startIndex
    indent = text.startIndex - line.startIndex
    guard length >= 3, !isCodeSpan else { return nil }
  }

  func isClosed(by line: ArraySlice<UInt8>) -> Bool {
    let text = line.drop { $0 == UInt8(ascii: " ") }
    let rest = text.drop { $0 == character }
    return text.startIndex - line.startIndex <= 3
      && rest.startIndex - text.startIndex >= length && rest.allSatisfy(\.isSpace)
  }

  /// Whether a line that is not complete may still become the closing fence.
  func mayBeClosed(by line: ArraySlice<UInt8>) -> Bool {
    let rest = line.drop { $0 == UInt8(ascii: " ") }.drop { $0 == character }
    return rest.allSatisfy(\.isSpace)
  }

  /// A line of the code without the fence's own indentation.
  func content(of line: ArraySlice<UInt8>) -> String {
    var column = 0
    var rest = line
    while column < indent, let byte = rest.first, byte.isBlank {
      rest.removeFirst()
      column += byte == UInt8(ascii: "\t") ? 4 - column % 4 : 1
    }
    let spaces = String(repeating: " ", count: max(0, column - indent))
    return spaces + String(decoding: rest, as: UTF8.self)
  }
}
