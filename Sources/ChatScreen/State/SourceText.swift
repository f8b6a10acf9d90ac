import Screen

/// Ways through a text by character, word and line; places are UTF-8 byte offsets.
///
/// Offsets outside the text, or inside a character, are taken for the nearest place before them.
/// Each way costs what it passes, not the length of the text.
struct SourceText {
  private let text: String

  init(_ text: String) {
    self.text = text
  }

  var byteCount: Int { text.utf8.count }

  private func index(_ offset: Int) -> String.Index {
    var index = text.utf8.index(text.startIndex, offsetBy: max(0, min(offset, byteCount)))
    while index > text.startIndex, String.Index(index, within: text) == nil {
      index = text.utf8.index(before: index)
    }
    return index
  }

  private func offset(_ index: String.Index) -> Int {
    text.utf8.distance(from: text.startIndex, to: index)
  }

  /// The text between two places.
  func text(in range: Range<Int>) -> String {
    String(text[index(range.lowerBound)..<index(range.upperBound)])
  }

  func end(ofCharacterAt offset: Int) -> Int { next(offset) ?? byteCount }

  /// The character behind the one at a place; nil at the end.
  func next(_ offset: Int) -> Int? {
    let index = index(offset)
    return index < text.endIndex ? self.offset(text.index(after: index)) : nil
  }

  /// The character before a place; nil at the start.
  func previous(_ offset: Int) -> Int? {
    let index = index(offset)
    return index > text.startIndex ? self.offset(text.index(before: index)) : nil
  }

  // MARK: - Lines

  func lineStart(of offset: Int) -> Int {
    let before = text.utf8[..<index(offset)]
    guard let feed = before.lastIndex(of: UInt8(ascii: "\n")) else { return 0 }
    return self.offset(feed) + 1
  }

  /// The place of the line feed that ends a line, or the end of the text.
  func lineEnd(of offset: Int) -> Int {
    let index = index(offset)
    return self.offset(text.utf8[index...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex)
  }

  /// The start of the line below; nil in the last one.
  func nextLine(_ offset: Int) -> Int? {
    let end = lineEnd(of: offset)
    return end < byteCount ? end + 1 : nil
  }

  /// The start of the line above; nil in the first one.
  func previousLine(_ offset: Int) -> Int? {
    let start = lineStart(of: offset)
    return start > 0 ? lineStart(of: start - 1) : nil
  }

  /// The place of the last character of a line, or of its end if it has none.
  func lastPlace(inLineOf offset: Int) -> Int {
    let end = lineEnd(of: offset)
    return end > lineStart(of: offset) ? previous(end) ?? end : end
  }

  // MARK: - Words

  private enum Kind: Equatable {
    case blank
    case word
    case ideographs
    case sign
  }

  private func kind(_ character: Character) -> Kind {
    if character.isWhitespace { return .blank }
    guard let scalar = character.unicodeScalars.first else { return .sign }
    if scalar.properties.isIdeographic || 0x3040...0x30FF ~= scalar.value { return .ideographs }
    return character.isLetter || character.isNumber || character == "_" ? .word : .sign
  }

  /// The start of the next word; nil where the text ends first.
  func nextWord(_ offset: Int) -> Int? {
    var index = index(offset)
    guard index < text.endIndex else { return nil }
    let here = kind(text[index])
    while index < text.endIndex, kind(text[index]) == here { index = text.index(after: index) }
    while index < text.endIndex, kind(text[index]) == .blank { index = text.index(after: index) }
    return index < text.endIndex ? self.offset(index) : nil
  }

  /// The start of the word at or before a place; nil at the start of the text.
  func previousWord(_ offset: Int) -> Int? {
    var index = index(offset)
    guard index > text.startIndex else { return nil }
    repeat {
      index = text.index(before: index)
    } while index > text.startIndex
      && kind(text[index]) == .blank
    let here = kind(text[index])
    while index > text.startIndex, kind(text[text.index(before: index)]) == here {
      index = text.index(before: index)
    }
    return self.offset(index)
  }
}

/// Ways by paragraph: lines between blank ones.
extension SourceText {
  private func isBlank(lineAt start: Int) -> Bool {
    text(in: start..<lineEnd(of: start)).allSatisfy(\.isWhitespace)
  }

  /// The start of the paragraph below; nil in the last one.
  func nextParagraph(_ offset: Int) -> Int? {
    var line: Int? = lineStart(of: offset)
    while let start = line, !isBlank(lineAt: start) { line = nextLine(start) }
    while let start = line, isBlank(lineAt: start) { line = nextLine(start) }
    return line
  }

  /// The start of the paragraph at a place, or of the one above where it is that start already.
  func previousParagraph(_ offset: Int) -> Int? {
    let here = lineStart(of: offset)
    var line: Int? = here < offset ? here : previousLine(here)
    while let start = line, isBlank(lineAt: start) { line = previousLine(start) }
    while let start = line, let above = previousLine(start), !isBlank(lineAt: above) {
      line = above
    }
    return line
  }

  /// The lines of the paragraph at a place, or of the one below a blank line.
  func paragraph(at offset: Int) -> Range<Int> {
    var first = lineStart(of: offset)
    if isBlank(lineAt: first) { first = nextParagraph(first) ?? first }
    while let above = previousLine(first), !isBlank(lineAt: above) { first = above }
    var last = first
    while let below = nextLine(last), !isBlank(lineAt: below) { last = below }
    return first..<lineEnd(of: last)
  }
}

/// Lines as the screen cuts them where they are very long.
extension SourceText {
  /// The stretch of a line that holds a place.
  func stretch(at offset: Int) -> Range<Int> {
    let line = lineStart(of: offset)..<lineEnd(of: offset)
    let text = text(in: line)
    var start = text.startIndex
    var first = line.lowerBound
    while let cut = LongLine.cut(text[start...]) {
      let end = first + text.utf8.distance(from: start, to: cut)
      guard end <= offset else { return first..<end }
      (start, first) = (cut, end)
    }
    return first..<line.upperBound
  }

  /// A place in the stretch below; nil in the last one.
  func stretch(below offset: Int) -> Int? {
    let end = stretch(at: offset).upperBound
    return end < lineEnd(of: offset) ? end : nextLine(offset)
  }

  /// A place in the stretch above; nil in the first one.
  func stretch(above offset: Int) -> Int? {
    let start = stretch(at: offset).lowerBound
    return start > 0 ? start - 1 : nil
  }
}
