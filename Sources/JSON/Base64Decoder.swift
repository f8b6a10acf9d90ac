/// Decodes base64 that comes in pieces (RFC 4648 §4).
///
/// White space, a missing padding and the URL-safe alphabet (§5) are taken, as ``Base64/decoded(_:)``
/// takes them.
package struct Base64Decoder: Sendable {
  /// Whether a letter was outside of the alphabet, or stood behind the padding: nothing is decoded from
  /// there on.
  package private(set) var hasFailed = false
  /// The bits of letters that make no whole group of four yet, and how many letters those are.
  private var bits: UInt32 = 0
  private var letterCount = 0
  private var hasEnded = false

  package init() {}

  /// The bytes that `letters` complete, behind those of earlier calls.
  ///
  /// - Complexity: linear in the letters.
  package mutating func decode(_ letters: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: letters.count / 4 * 3 + 6) { buffer, count in
      Self.values.withUnsafeBufferPointer { values in
        for letter in letters {
          let value = values[Int(letter)]
          guard value < Self.blank, !hasEnded else {
            take(special: value)
            continue
          }
          bits = bits << 6 | UInt32(value)
          letterCount += 1
          guard letterCount == 4 else { continue }
          buffer[count] = UInt8(truncatingIfNeeded: bits >> 16)
          buffer[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)
          buffer[count + 2] = UInt8(truncatingIfNeeded: bits)
          count += 3
          (bits, letterCount) = (0, 0)
        }
      }
    }
  }

  /// The last bytes; nil where the letters were no base64, or stopped within a byte.
  package mutating func finish() -> [UInt8]? {
    guard !hasFailed else { return nil }
    switch letterCount {
    case 0: return []
    case 2: return [UInt8(truncatingIfNeeded: bits >> 4)]
    case 3: return [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
    default: return nil
    }
  }

  /// Takes a blank, the padding, or what is no letter.
  private mutating func take(special value: UInt8) {
    switch value {
    case Self.blank: break
    case Self.padding: hasEnded = true
    default: (hasFailed, hasEnded) = (true, true)
    }
  }

  private static let blank: UInt8 = 64
  private static let padding: UInt8 = 65

  /// What each byte stands for: 0…63, a blank, the padding, or 255 for none of these.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, letter) in alphabet.utf8.enumerated() { values[Int(letter)] = UInt8(value) }
    values[Int(UInt8(ascii: "-"))] = 62
    values[Int(UInt8(ascii: "_"))] = 63
    for space: UInt8 in [0x09, 0x0A, 0x0D, 0x20] { values[Int(space)] = blank }
    values[Int(UInt8(ascii: "="))] = padding
    return values
  }()
}
