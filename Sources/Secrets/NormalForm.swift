/// The units of a text as a secret in it is compared: with every spelling undone that the program,
/// or a server that echoes what it was sent, gives to a secret.
///
/// Undone are percent-encoding (RFC 3986 §2.1, also twice over), the escapes of JSON strings
/// (RFC 8259 §7) and of C's hexadecimal ones, and character references of HTML (13.5). Letters are
/// compared without case, since a host's name loses it (RFC 3986 §3.2.2), and the two alphabets of
/// base64 as one (RFC 4648 §5). What is not seen between two letters is passed over: line breaks and
/// other controls, invisible format characters, and the replacement character that stands for them;
/// not so blanks, since `1 2 3 4 5 6 7 8` is no key. Reads bytes of UTF-8; any other bytes count as themselves.
struct NormalForm {
  /// One byte to compare, and the range of the text that spells it.
  struct Unit {
    var byte: UInt8
    var start: Int
    var end: Int
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  /// Where the next unit begins, in bytes.
  private(set) var position: Int
  /// Bytes of a character of more than one that were read and not given out.
  private var pending: ArraySlice<UInt8> = []
  private var pendingStart = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// The next unit; nil at the end.
  mutating func next() -> Unit? {
    if let byte = pending.popFirst() {
      return Unit(byte: byte, start: pendingStart, end: position)
    }
    while position < bytes.count {
      let start = position
      let first = bytes[position]
      guard
        first >= 0x80 || first == UInt8(ascii: "%") || first == UInt8(ascii: "\\")
          || first == UInt8(ascii: "&")
      else {
        position += 1
        if first < 0x20 || first == 0x7F { continue }
        return Unit(byte: Self.folded(first), start: start, end: position)
      }
      let (scalar, end) = scalar(at: position)
      position = end
      guard let scalar else { continue }
      guard scalar >= 0x80 else {
        if scalar < 0x20 || scalar == 0x7F { continue }
        return Unit(byte: Self.folded(UInt8(scalar)), start: start, end: end)
      }
      guard !Self.isUnseen(scalar) else { continue }
      var encoded = Unicode.Scalar(scalar).map { Array(String($0).utf8) } ?? [first]
      let byte = encoded.removeFirst()
      pending = encoded[...]
      pendingStart = start
      return Unit(byte: byte, start: start, end: end)
    }
    return nil
  }

  /// All bytes of a text in this form.
  static func bytes(of text: String) -> [UInt8] {
    var text = text
    return text.withUTF8 { buffer in
      var form = NormalForm(buffer)
      var result: [UInt8] = []
      while let unit = form.next() { result.append(unit.byte) }
      return result
    }
  }

  /// A letter in lower case, and base64's `+` and `/` for the `-` and `_` of its other alphabet.
  private static func folded(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: byte
    }
  }

  /// Whether a character leaves no trace between two letters.
  private static func isUnseen(_ value: UInt32) -> Bool {
    switch value {
    case 0x80...0x9F, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F,
      0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0,
      0xFFF0...0xFFFD, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }
}

// What a character can be spelled as.
extension NormalForm {
  /// The longest spelling of one character, in bytes: `&#x10FFFF;`.
  private static let longestSpelling = 12

  /// The text up to the last sign of an escape, if more of that escape may follow.
  static func whole(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var end =
      text.suffix(longestSpelling).firstIndex { "%\\&".utf8.contains($0) } ?? text.endIndex
    // Signs in a row are one: an escape may be escaped itself.
    while end > 0, end < text.count, text[end - 1] == UInt8(ascii: "\\") { end -= 1 }
    return UnsafeBufferPointer(rebasing: text[..<end])
  }

  /// The character that stands at `index`, however it is spelled, and where it ends; nil for what is
  /// only the sign of an escape.
  private func scalar(at index: Int) -> (UInt32?, Int) {
    switch bytes[index] {
    case UInt8(ascii: "%"): percentEncoded(at: index)
    case UInt8(ascii: "\\"): escaped(at: index)
    case UInt8(ascii: "&"): reference(at: index)
    default: encoded(at: index)
    }
  }

  /// `%73`, also `%2573`.
  private func percentEncoded(at index: Int) -> (UInt32?, Int) {
    var digits = index + 1
    while number(at: digits, digits: 2) == 0x25, number(at: digits + 2, digits: 2) != nil {
      digits += 2
    }
    guard let value = number(at: digits, digits: 2) else {
      return (UInt32(UInt8(ascii: "%")), index + 1)
    }
    return (value, digits + 2)
  }

  /// `\u0073`, `\x73`, `\n` (a control), and any other character behind any number of backslashes.
  private func escaped(at index: Int) -> (UInt32?, Int) {
    var end = index
    while end < bytes.count, bytes[end] == UInt8(ascii: "\\") { end += 1 }
    guard end < bytes.count else { return (nil, end) }
    switch bytes[end] {
    case UInt8(ascii: "u"):
      if let value = number(at: end + 1, digits: 4) { return (value, end + 5) }
    case UInt8(ascii: "x"):
      if let value = number(at: end + 1, digits: 2) { return (value, end + 3) }
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "f"):
      return (nil, end + 1)
    default: break
    }
    return (nil, end)
  }

  /// `&#115;`, `&#x73;`, and the five names that every HTML writer uses.
  private func reference(at index: Int) -> (UInt32?, Int) {
    let limit = min(bytes.count, index + Self.longestSpelling)
    guard let semicolon = bytes[index..<limit].firstIndex(of: UInt8(ascii: ";")) else {
      return (UInt32(UInt8(ascii: "&")), index + 1)
    }
    let name = String(decoding: bytes[(index + 1)..<semicolon], as: UTF8.self).lowercased()
    let value: UInt32? =
      switch name {
      case "amp": 0x26
      case "lt": 0x3C
      case "gt": 0x3E
      case "quot": 0x22
      case "apos": 0x27
      default:
        name.hasPrefix("#x")
          ? UInt32(name.dropFirst(2), radix: 16)
          : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
      }
    guard let value else { return (UInt32(UInt8(ascii: "&")), index + 1) }
    return (value, semicolon + 1)
  }

  /// A character of more than one byte; a byte that begins none stands for itself.
  private func encoded(at index: Int) -> (UInt32?, Int) {
    let first = bytes[index]
    let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    guard count > 1, index + count <= bytes.count else { return (0xFFFD, index + 1) }
    var value = UInt32(first) & (0x7F >> UInt32(count))
    for offset in 1..<count {
      let byte = bytes[index + offset]
      guard byte & 0xC0 == 0x80 else { return (0xFFFD, index + 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return (value, index + count)
  }

  /// A hexadecimal number of exactly so many digits.
  private func number(at index: Int, digits: Int) -> UInt32? {
    guard index + digits <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[index..<(index + digits)] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte & 0x0F)
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        value = value << 4 | UInt32(byte & 0x0F) + 9
      default: return nil
      }
    }
    return value
  }
}
