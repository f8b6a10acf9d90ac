/// Tells when a JSON object or array that comes in pieces has come to its closing bracket.
///
/// Counts brackets outside of strings and checks no other grammar. Linear in the bytes.
struct JSONBalance: Equatable, Sendable {
  private var depth = 0
  private var hasBegun = false
  private var isInString = false
  private var isEscaped = false

  /// Whether every bracket is closed, and nothing but blanks came behind the last.
  private(set) var isClosed = false

  mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      if isInString {
        takeInString(byte)
      } else if !byte.isJSONBlank {
        takeOutside(byte)
      }
    }
  }

  private mutating func takeInString(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
    }
  }

  private mutating func takeOutside(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      depth += 1
      hasBegun = true
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
    isClosed = hasBegun && depth == 0 && !isInString
  }
}
