/// Emphasis beside Chinese, Japanese and Korean text.
///
/// CommonMark 0.29, 6.4 lets a delimiter run open only if it is "left-flanking": not before
/// punctuation unless behind space or punctuation. Languages that are written without spaces break
/// that (`**粗体。**测试`). Here their punctuation counts as letters, and beside one of their
/// characters any run may open or close, as the amendment "CommonMark CJK-friendly" proposes.
/// Where that makes a difference, a private letter between the run and the punctuation tells so.
extension Escaper {
  /// Reads a run of `*`, `_` or `~`.
  mutating func readDelimiters() {
    let delimiter = input[position]
    let rest = input[position...].drop { $0 == delimiter }
    let count = rest.startIndex - position
    guard count <= Limits.run || isWholeLine(to: rest.startIndex) else {
      for _ in 0..<count { hide() }
      return
    }
    let isAmended = delimiter == UInt8(ascii: "*") || (delimiter == UInt8(ascii: "~") && count == 2)
    let flanks = isAmended ? flanks(to: rest.startIndex) : (before: false, after: false)
    if flanks.before { insert(Escaping.letter) }
    copy(to: rest.startIndex)
    if flanks.after { insert(Escaping.letter) }
  }

  /// Whether the run that ends at `end` is all that its line has: a thematic break.
  private func isWholeLine(to end: Int) -> Bool {
    let before = input[..<position].last { !$0.isBlank }
    let after = input[end...].first { !$0.isBlank }
    let newline = UInt8(ascii: "\n")
    return (before ?? newline) == newline && (after ?? newline) == newline
  }

  /// The sides on which a letter makes the run flank as its readers mean it.
  private func flanks(to end: Int) -> (before: Bool, after: Bool) {
    let left = Neighbor(before: position, in: input)
    let right = Neighbor(at: end, in: input)
    guard left.isWide || right.isWide else { return (false, false) }
    return (
      before: left.isPunctuation && !right.isSpace && !right.isPunctuation,
      after: right.isPunctuation && !left.isSpace && !left.isPunctuation
    )
  }
}

/// A character beside a delimiter run.
private struct Neighbor {
  /// The ends of the text and line ends count as space.
  private(set) var isSpace = true
  private(set) var isPunctuation = false
  /// A character of a language that is written without spaces, or its punctuation.
  private(set) var isWide = false

  init(before index: Int, in text: ArraySlice<UInt8>) {
    var start = index
    repeat { start -= 1 } while start > text.startIndex && text[start] & 0xC0 == 0x80
    if start >= text.startIndex { scan(at: text[start..<index]) }
  }

  init(at index: Int, in text: ArraySlice<UInt8>) {
    guard index < text.endIndex else { return }
    var end = index + 1
    while end < text.endIndex, text[end] & 0xC0 == 0x80 { end += 1 }
    scan(at: text[index..<end])
  }

  private mutating func scan(at bytes: ArraySlice<UInt8>) {
    if let byte = bytes.first, byte < 0x80 {
      isSpace = byte.isSpace
      isPunctuation = byte.isPunctuation
      return
    }
    guard let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first else { return }
    isSpace = scalar.properties.isWhitespace
    isPunctuation = scalar.isPunctuation
    isWide = scalar.isWide
  }
}

extension Unicode.Scalar {
  /// Punctuation as Unicode has it.
  var isPunctuation: Bool {
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }

  /// Han, kana, Hangul, bopomofo, and the punctuation and forms that are theirs.
  var isWide: Bool {
    switch value {
    case 0x1100...0x11FF, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF,
      0xFE30...0xFE4F, 0xFF00...0xFFEF, 0x1B000...0x1B16F, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
