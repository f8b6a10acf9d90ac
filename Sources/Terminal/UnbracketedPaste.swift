/// Recognises a paste by its speed where the terminal does not bracket it.
///
/// A person's keys arrive one at a time; a paste arrives in one read of the terminal, or in a few that
/// follow each other at once, with line breaks that would send its first line. So text that holds a
/// line break and arrived in a burst is held back for ``patience``: with text on both sides of a line
/// break it is a paste, else its bytes are keys (a script that types a line and Enter). Long text
/// without a line break is a paste as well, since readline's cost for so many keys is quadratic; line
/// breaks around it stay keys.
///
/// A value without a clock, like ``Tokenizer``: the caller says what came in a burst, and calls
/// ``expire()`` when ``patience`` has passed since the last byte.
package struct UnbracketedPaste: Sendable {
  /// What bytes turned out to be.
  package enum Output: Hashable, Sendable {
    case keys([UInt8])
    /// A whole paste: its lines end in `\n`, and no control characters but tabs are left.
    case paste(String)
  }

  private var held: [UInt8] = []

  package init() {}

  /// How long to wait for more; nil when nothing is held back.
  package var patience: Duration? { held.isEmpty ? nil : .milliseconds(15) }

  /// Takes what one read brought; `isBurst` says that nobody can have typed it in that time.
  ///
  /// A terminal's answers to what it was asked may come in the same read, and are no part of it.
  package mutating func feed(_ bytes: [UInt8], isBurst: Bool) -> [Output] {
    let (answers, bytes) = Self.divide(bytes)
    guard !bytes.isEmpty else { return answers.isEmpty ? [] : [.keys(answers)] }
    guard answers.isEmpty else { return [.keys(answers)] + feed(bytes, isBurst: isBurst) }
    let isText = bytes.allSatisfy(Self.isText)
    let isPasted = bytes.count >= Self.leastLength || Self.hasBreakBesideText(bytes)
    guard isText, !held.isEmpty || isBurst && isPasted else {
      return expire() + [.keys(bytes)]
    }
    held += bytes
    return []
  }

  /// Decides about what is held back.
  package mutating func expire() -> [Output] {
    defer { held = [] }
    guard !held.isEmpty else { return [] }
    guard let first = held.firstIndex(where: { !Self.isBreak($0) }),
      let last = held.lastIndex(where: { !Self.isBreak($0) })
    else { return [.keys(held)] }
    if held[first...last].contains(where: Self.isBreak) {
      return [.paste(Tokenizer.text(ofPaste: held))]
    }
    guard last - first >= Self.leastLength else { return [.keys(held)] }
    let breaks = [held[..<first], held[(last + 1)...]].map { Output.keys(Array($0)) }
    let outputs = [
      breaks[0], .paste(Tokenizer.text(ofPaste: Array(held[first...last]))), breaks[1],
    ]
    return outputs.filter { $0 != .keys([]) }
  }

  /// The fewest bytes of text without a line break that are a paste.
  private static let leastLength = 256

  /// The fewest bytes a second that no person types, also while the program is busy: the fastest
  /// typists reach 20, a key held down 50.
  private static let burstRate = 150.0

  /// Whether so many bytes in such a time are a burst.
  package static func isBurst(_ count: Int, within time: Duration) -> Bool {
    time < .milliseconds(20) || Double(count) > time / .seconds(1) * burstRate
  }

  private static func isText(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x7F || byte == 0x09 || isBreak(byte)
  }

  private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x0A }

  private static func hasBreakBesideText(_ bytes: [UInt8]) -> Bool {
    bytes.contains(where: isBreak) && !bytes.allSatisfy(isBreak)
  }

  /// The whole answers in what one read brought, and the rest: control sequences with a private marker,
  /// control strings and commands (ECMA-48 §5.4, §5.6).
  private static func divide(_ bytes: [UInt8]) -> (answers: [UInt8], rest: [UInt8]) {
    guard bytes.contains(escape) else { return ([], bytes) }
    var (answers, rest): ([UInt8], [UInt8]) = ([], [])
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let length = bytes[place] == escape ? answerLength(bytes[place...]) : nil
      let end = place + (length ?? 1)
      if length == nil { rest.append(bytes[place]) } else { answers += bytes[place..<end] }
      place = end
    }
    // Beside other sequences, a bracketed paste above all, order counts.
    return rest.contains(escape) ? ([], bytes) : (answers, rest)
  }

  /// How long the answer is that begins with this escape; nil where none does, or not its whole.
  private static func answerLength(_ bytes: ArraySlice<UInt8>) -> Int? {
    let body = bytes.dropFirst(2)
    switch bytes.dropFirst().first {
    case UInt8(ascii: "[")? where [UInt8(ascii: "?"), UInt8(ascii: ">")].contains(body.first):
      let end = body.firstIndex { (0x40...0x7E).contains($0) }
      return end.map { $0 - bytes.startIndex + 1 }
    case UInt8(ascii: "P")?, UInt8(ascii: "]")?:
      let end = body.firstIndex { $0 == 0x07 || $0 == escape }
      guard let end else { return nil }
      return end - bytes.startIndex + (bytes[end] == escape ? 2 : 1)
    default: return nil
    }
  }

  private static let escape: UInt8 = 0x1B
}
