/// One line of an editable text and where it begins in it, in bytes of UTF-8.
struct TextLine: Hashable, Sendable {
  let text: String
  let byteStart: Int

  /// The lines of a text, divided at every line feed; at least one.
  static func lines(of text: String) -> [Self] {
    var start = 0
    return text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
      let line = Self(text: String($0), byteStart: start)
      start = line.byteEnd + 1
      return line
    }
  }

  var byteEnd: Int { byteStart + text.utf8.count }

  func contains(_ byteOffset: Int) -> Bool { byteStart...byteEnd ~= byteOffset }

  /// The cells of what stands before a byte offset of the whole text.
  func cellCount(upTo byteOffset: Int, rules: WidthRules) -> Int {
    var builder = CellBuilder(rules: rules)
    var end = byteStart
    for scalar in text.unicodeScalars {
      end += UTF8.width(scalar)
      guard end <= byteOffset else { break }
      builder.append(scalar, style: .plain)
    }
    return builder.cells.count
  }

  /// The byte offset, in the whole text, of the character that a cell of the line belongs to.
  func byteOffset(ofCell cell: Int, rules: WidthRules) -> Int {
    var builder = CellBuilder(rules: rules)
    var offset = byteStart
    for scalar in text.unicodeScalars {
      builder.append(scalar, style: .plain)
      guard builder.cells.count <= cell else { break }
      offset += UTF8.width(scalar)
    }
    return offset
  }
}
