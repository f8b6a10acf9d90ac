/// The line of a text in which a word stands, shortened around it.
enum MatchingLine {
  /// How many characters are kept before and after the start of the word.
  private static let before = 40
  private static let after = 120

  /// The first line with `word`; the first line of all where no line has it.
  static func line(with word: String, in text: String) -> String {
    let place = place(of: word, in: text)
    let lineStart =
      text[..<place].lastIndex(where: \.isNewline).map(text.index(after:)) ?? text.startIndex
    let line = text[lineStart...].prefix { !$0.isNewline }
    let start = text.index(place, offsetBy: -before, limitedBy: lineStart) ?? lineStart
    let end = text.index(place, offsetBy: after, limitedBy: line.endIndex) ?? line.endIndex
    return (start > lineStart ? "…" : "") + text[start..<end] + (end < line.endIndex ? "…" : "")
  }

  private static func place(of word: String, in text: String) -> String.Index {
    if let offset = offset(of: Array(word.utf8), in: text) {
      return text.utf8.index(text.startIndex, offsetBy: offset)
    }
    // Letters beyond A to Z in another case: rarer, slower.
    let lowered = text.lowercased()
    guard lowered.utf8.count == text.utf8.count,
      let offset = offset(of: Array(word.lowercased().utf8), in: lowered)
    else { return text.startIndex }
    return text.utf8.index(text.startIndex, offsetBy: offset)
  }

  /// The byte at which `word` first stands, whatever the case of its letters A to Z.
  private static func offset(of word: [UInt8], in text: String) -> Int? {
    var text = text
    let word = word.map(folded)
    return text.withUTF8 { bytes in
      guard let first = word.first, bytes.count >= word.count else { return nil }
      for start in 0...(bytes.count - word.count) where folded(bytes[start]) == first {
        if word.indices.allSatisfy({ folded(bytes[start + $0]) == word[$0] }) { return start }
      }
      return nil
    }
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
