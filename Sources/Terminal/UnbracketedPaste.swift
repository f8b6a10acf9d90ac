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
  package mutating func feed(_ bytes: [UInt8], isBurst: Bool) -> [Output] {
    guard !bytes.isEmpty else { return [] }
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
}
