/// Puts characters together again that a server cut in two, half at the end of one JSON string and
/// half at the start of a string of the next event.
///
/// Servers that cut a model's output by bytes or by UTF-16 units do so: `"\ud83d"` and `"\ude00"`,
/// or the first two and the last two bytes of a character in UTF-8. Read one by one, each half would
/// be a replacement character.
struct CharacterJoiner: Sendable {
  /// The half at the end of the last event, as it stood there.
  private var half: [UInt8] = []

  /// Whether a half waits for its other one.
  var waits: Bool { !half.isEmpty }

  /// Moves halves from the end of one event's string to the start of the next one's.
  ///
  /// Give it the bytes of every event, in order; they come back as they are unless they hold a half.
  /// A half whose other does not follow is dropped. Linear in the bytes.
  mutating func join(_ event: [UInt8]) -> [UInt8] {
    let start = half.isEmpty ? nil : event.placeOfLatterHalf(escaped: half[0] == backslash)
    let end = event.rangeOfFormerHalf
    guard start != nil || end != nil else {
      half = []
      return event
    }
    var result = event
    let next = end.map { Array(event[$0]) } ?? []
    if let end { result.removeSubrange(end) }
    // The half that follows an opening quote stands before the one at the string's end.
    if let start { result.insert(contentsOf: half, at: start) }
    half = next
    return result
  }
}

extension [UInt8] {
  /// The place behind the first opening quote that the second half of a character follows: an escaped
  /// low surrogate, or else a byte that goes on a character of UTF-8.
  fileprivate func placeOfLatterHalf(escaped: Bool) -> Int? {
    for index in indices.dropLast() where self[index] == quote {
      let next = index + 1
      if escaped ? isEscape(at: next, from: 0xDC00) : self[next] & 0xC0 == 0x80 { return next }
    }
    return nil
  }

  /// The first half of a character that stands before a closing quote.
  fileprivate var rangeOfFormerHalf: Range<Int>? {
    for index in indices.dropFirst(2) where self[index] == quote {
      if index >= 6, self[index - 6] == backslash, isEscape(at: index - 6, from: 0xD800),
        !isEscaped(at: index - 6)
      {
        return index - 6..<index
      }
      if self[index - 1] >= 0x80, let start = startOfCutCharacter(before: index) {
        return start..<index
      }
    }
    return nil
  }

  /// Whether `\uXXXX` at `index` is a surrogate of the half that begins at `first`.
  private func isEscape(at index: Int, from first: Int) -> Bool {
    guard index + 6 <= count, self[index] == backslash, self[index + 1] == UInt8(ascii: "u"),
      let unit = Int(String(decoding: self[index + 2..<index + 6], as: UTF8.self), radix: 16)
    else { return false }
    return unit & 0xFC00 == first
  }

  /// Whether the backslash at `index` is itself escaped.
  private func isEscaped(at index: Int) -> Bool {
    self[..<index].reversed().prefix { $0 == backslash }.count % 2 == 1
  }

  /// Where a character of UTF-8 begins whose end is missing before `end`; nil where it is whole.
  private func startOfCutCharacter(before end: Int) -> Int? {
    let tail = self[..<end].reversed().prefix { $0 & 0xC0 == 0x80 }.count
    let start = end - tail - 1
    guard start >= 0, tail < 3 else { return nil }
    let length =
      switch self[start] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    return length > tail + 1 ? start : nil
  }
}

private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")
