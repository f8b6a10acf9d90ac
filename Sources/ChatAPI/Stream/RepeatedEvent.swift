import JSON

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Tells the text of an event that differs from the one before it in that text alone, as nearly all
/// events of a reply do, by its bytes and without reading its JSON again.
///
/// What is known is one event without escapes, so that each of its strings is written as it is, in
/// which `"text"` occurs once and behind a colon: there the text stands. Members that nobody reads, such
/// as the numbers of events, are holes like the text. The same bytes around other strings and other digits
/// are the same JSON with another text.
struct RepeatedEvent: Sendable {
  /// What stands between two literal pieces.
  private enum Hole {
    /// The inside of a string: its text, or that of a member that nobody reads.
    case text, string
    case digits
  }

  /// After so many events in a row that differ in more than their text nothing is compared any more:
  /// some servers pad them in ways of their own.
  private static let mostMisses = 16

  /// The event's name; its bytes up to each hole, with the hole; and those behind the last one.
  private var name = ""
  private var pieces: [(literal: [UInt8], hole: Hole)] = []
  private var tail: [UInt8] = []
  private var misses = 0

  /// The text of an event that is the known one but for its text; nil where its JSON must be read.
  ///
  /// - Complexity: linear in the event.
  mutating func text(of event: ServerSentEvent) -> String? {
    guard !pieces.isEmpty else { return nil }
    let text =
      event.name == name ? event.data.withUnsafeBufferPointer { self.text(in: $0) } : nil
    if text == nil { misses += 1 } else { misses = 0 }
    return text
  }

  /// Learns an event that brought `text` and nothing else; `ignored` are the names of members that
  /// nobody reads.
  mutating func learn(
    _ event: ServerSentEvent, holding text: String, ignoring ignored: [StaticString]
  ) {
    guard misses < Self.mostMisses else {
      pieces = []
      return
    }
    let data = event.data
    // What is known stays so behind an event that cannot be learned.
    guard !data.contains(backslash) else { return }
    let wanted = [quote] + text.utf8 + [quote]
    guard let place = data.onlyPlace(of: wanted),
      data[..<place].last(where: { !$0.isBlank }) == UInt8(ascii: ":")
    else { return }
    pieces = []
    var holes: [(range: Range<Int>, hole: Hole)] = [
      (place + 1..<place + wanted.count - 1, .text)
    ]
    holes += ignored.compactMap { Self.hole(ofMember: $0, in: data) }
    holes.sort { $0.range.lowerBound < $1.range.lowerBound }
    var start = 0
    for (range, hole) in holes {
      pieces.append((Array(data[start..<range.lowerBound]), hole))
      start = range.upperBound
    }
    (name, tail) = (event.name, Array(data[start...]))
  }

  /// Where the value of a member stands that occurs once, and is a number or a string.
  private static func hole(
    ofMember name: StaticString, in event: [UInt8]
  ) -> (range: Range<Int>, hole: Hole)? {
    let key = name.withUTF8Buffer { letters -> [UInt8] in
      [quote] + Array(letters) + [quote, UInt8(ascii: ":")]
    }
    guard let place = event.onlyPlace(of: key) else { return nil }
    let start = place + key.count
    if start < event.count, event[start] == quote {
      let end = event[(start + 1)...].firstIndex(of: quote) ?? start + 1
      return (start + 1..<end, .string)
    }
    let end = event[start...].firstIndex { !$0.isDigit } ?? event.endIndex
    return end > start ? (start..<end, .digits) : nil
  }

  private func text(in event: UnsafeBufferPointer<UInt8>) -> String? {
    var place = 0
    var found: Range<Int>?
    for (literal, hole) in pieces {
      guard event.has(literal, at: place) else { return nil }
      place += literal.count
      let start = place
      switch hole {
      case .digits:
        while place < event.count, event[place].isDigit { place += 1 }
        guard place > start else { return nil }
      case .string:
        while place < event.count, event[place].isPlain { place += 1 }
      case .text:
        place = event.endOfString(at: place)
        found = start..<place
      }
    }
    guard place + tail.count == event.count, event.has(tail, at: place), let found else {
      return nil
    }
    let text = UnsafeBufferPointer(rebasing: event[found])
    guard !text.contains(backslash) else { return text.unescaped }
    // Half a character at an end belongs to the next event's text, or the last one's.
    return text.allSatisfy { $0 < 0x80 }
      ? String(decoding: text, as: UTF8.self) : String(validating: text, as: UTF8.self)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether these bytes stand at a place.
  fileprivate func has(_ bytes: [UInt8], at place: Int) -> Bool {
    guard let baseAddress, place + bytes.count <= count else { return false }
    return memcmp(baseAddress + place, bytes, bytes.count) == 0
  }

  /// The place behind the inside of a string that begins at `place`.
  fileprivate func endOfString(at place: Int) -> Int {
    var place = place
    while place < count, self[place] >= 0x20, self[place] != quote {
      place += self[place] == backslash ? 2 : 1
    }
    return place
  }

  /// The text of a string's inside with escapes; nil for what is no JSON, and for surrogates, whose halves
  /// may stand in two events.
  fileprivate var unescaped: String? {
    let surrogates: (UInt8, UInt8) -> Bool = {
      $0 | 0x20 == UInt8(ascii: "d") && $1 >= UInt8(ascii: "8")
    }
    for place in indices.dropLast(3) where self[place] == backslash {
      if self[place + 1] == UInt8(ascii: "u"), surrogates(self[place + 2], self[place + 3]) {
        return nil
      }
    }
    return JSONValue(parsing: [quote] + self + [quote])?.string
  }
}

extension [UInt8] {
  /// Where `pattern` begins; nil where it does not occur, or more than once.
  fileprivate func onlyPlace(of pattern: [UInt8]) -> Int? {
    guard count >= pattern.count else { return nil }
    let last = count - pattern.count
    let places = (0...last).lazy.filter { self[$0] == quote && self[$0...].starts(with: pattern) }
    guard let first = places.first, places.dropFirst().isEmpty else { return nil }
    return first
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// Whether a string may hold it as it is.
  fileprivate var isPlain: Bool { self >= 0x20 && self != quote && self != backslash }
}

private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")
