/// Private letters that hide characters from the parser.
///
/// Before parsing, some characters are exchanged for letters of the last private use plane, and
/// marks of that plane are put in; afterwards everything that the parser hands back (text, code,
/// addresses) is turned back. So a wrong guess before parsing, say inside a code block, leaves no
/// trace. Lines are never added or removed. A document's own characters of that range become
/// U+FFFD when it is taken in, as CommonMark does with U+0000.
enum Escaping {
  /// U+10F700 + c stands for the ASCII character c; all of these share two first bytes.
  static let lead: UInt8 = 0xF4
  static let second: UInt8 = 0x8F

  /// Stands beside a delimiter run and looks like a letter, U+10F780.
  static let letter: [UInt8] = [lead, second, 0x9E, 0x80]
  /// Around a formula, U+10F781 and U+10F782.
  static let formulaStart: [UInt8] = [lead, second, 0x9E, 0x81]
  static let formulaEnd: [UInt8] = [lead, second, 0x9E, 0x82]

  /// Ends an address that stands by itself: the angle bracket does that, and the letter tells that
  /// the bracket is not the document's, U+10F783.
  static let addressEnd: [UInt8] = [UInt8(ascii: "<"), lead, second, 0x9E, 0x83]

  /// The private twin of an ASCII character.
  static func twin(of byte: UInt8) -> [UInt8] {
    [lead, second, 0x9C | (byte >> 6), 0x80 | (byte & 0x3F)]
  }

  /// What a private letter stands for.
  enum Meaning {
    case character(UInt8)
    case letter
    case formulaStart
    case formulaEnd
    case addressEnd
  }

  /// The meaning of the four bytes at `index`, nil if they are no private letter of ours.
  static func meaning(of bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Meaning? {
    guard index + 3 < bytes.count, bytes[index] == lead, bytes[index + 1] == second else {
      return nil
    }
    let low = bytes[index + 3] & 0x3F
    switch bytes[index + 2] {
    case 0x9C: return .character(low)
    case 0x9D: return .character(0x40 | low)
    case 0x9E where low == 1: return .formulaStart
    case 0x9E where low == 2: return .formulaEnd
    case 0x9E where low == 3: return .addressEnd
    case 0x9E: return .letter
    default: return nil
    }
  }

  /// Text from the parser with every private letter turned back.
  static func undone(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard bytes.contains(lead) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if let meaning = meaning(of: bytes, at: index) {
        switch meaning {
        case .character(let byte): result.append(byte)
        case .addressEnd: result.removeBracket()
        case .letter, .formulaStart, .formulaEnd: break
        }
        index += 4
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Takes back the bracket of ``Escaping/addressEnd``.
  mutating func removeBracket() {
    if last == UInt8(ascii: "<") { removeLast() }
  }
}
