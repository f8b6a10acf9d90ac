#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Tells the text of an event that differs from the one before it in that text alone, as nearly all
/// events of a reply do, by its bytes and without reading its JSON again.
///
/// What is known is one event without escapes, so that each of its strings is written as it is, in
/// which `"text"` occurs once and behind a colon: there the text stands. The same bytes around another
/// string, which holds neither quotes nor escapes, are the same JSON with another text.
struct RepeatedEvent: Sendable {
  /// After so many events in a row that differ in more than their text nothing is compared any more:
  /// some servers number their events, or pad them.
  private static let mostMisses = 16

  private var head: [UInt8] = []
  private var tail: [UInt8] = []
  private var misses = 0

  /// The text of an event that is the known one but for its text; nil where its JSON must be read.
  ///
  /// - Complexity: linear in the event.
  mutating func text(of event: [UInt8]) -> String? {
    guard !head.isEmpty else { return nil }
    let text = event.withUnsafeBufferPointer { self.text(in: $0) }
    if text == nil { misses += 1 } else { misses = 0 }
    return text
  }

  /// Learns an event that brought `text` and nothing else.
  mutating func learn(_ event: [UInt8], holding text: String) {
    (head, tail) = ([], [])
    guard misses < Self.mostMisses, !event.contains(UInt8(ascii: "\\")) else { return }
    let wanted = [quote] + text.utf8 + [quote]
    guard let place = event.onlyPlace(of: wanted),
      event[..<place].last(where: { !$0.isBlank }) == UInt8(ascii: ":")
    else { return }
    head = Array(event[...place])
    tail = Array(event[(place + wanted.count - 1)...])
  }

  private func text(in event: UnsafeBufferPointer<UInt8>) -> String? {
    let length = event.count - head.count - tail.count
    guard length >= 0, let start = event.baseAddress, memcmp(start, head, head.count) == 0,
      memcmp(start + head.count + length, tail, tail.count) == 0
    else { return nil }
    let text = UnsafeBufferPointer(start: start + head.count, count: length)
    var isASCII = true
    for byte in text {
      guard byte >= 0x20, byte != quote, byte != UInt8(ascii: "\\") else { return nil }
      isASCII = isASCII && byte < 0x80
    }
    // Half a character at an end belongs to the next event's text, or the last one's.
    return isASCII
      ? String(decoding: text, as: UTF8.self) : String(validating: text, as: UTF8.self)
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
}

private let quote = UInt8(ascii: "\"")
