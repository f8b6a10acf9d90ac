package import Conversation

/// Pictures inside a URL (RFC 2397), as base64 (RFC 4648 §4).
package enum DataURL {
  /// Whether `text` is such a URL, whatever it holds.
  package static func isDataURL(_ text: String) -> Bool {
    text.prefix(5).lowercased() == "data:"
  }

  /// The bytes that a URL holds; its media type is left to what the bytes say.
  ///
  /// White space, a missing padding and the URL-safe alphabet (RFC 4648 §5) are taken as they come
  /// out of web pages and terminals.
  ///
  /// - Throws: `.invalidDataURL`, `.empty`, `.tooManyBytes`.
  package static func bytes(
    of url: String, limits: PictureLimits = PictureLimits()
  ) throws(PictureError) -> [UInt8] {
    let text = url.utf8
    guard isDataURL(url), let comma = text.firstIndex(of: UInt8(ascii: ",")) else {
      throw .invalidDataURL
    }
    let head = String(url[..<comma]).lowercased()
    guard head.split(separator: ";").last?.filter({ $0 != " " }) == "base64" else {
      throw .invalidDataURL
    }
    let digits = text[text.index(after: comma)...]
    guard digits.count / 4 * 3 <= limits.maximumBytes + 3 else {
      throw .tooManyBytes(digits.count / 4 * 3, limit: limits.maximumBytes)
    }
    let bytes = try decode(digits)
    guard !bytes.isEmpty else { throw .empty }
    return bytes
  }

  /// What stands before the base64 text.
  package static func prefix(_ format: PictureFormat) -> String {
    "data:" + format.mediaType + ";base64,"
  }

  /// The length of the whole URL of a picture of `byteCount` bytes, in characters.
  package static func length(_ format: PictureFormat, byteCount: Int) -> Int {
    prefix(format).utf8.count + (byteCount + 2) / 3 * 4
  }

  private static func decode(_ digits: Substring.UTF8View) throws(PictureError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 4 * 3)
    var bits = 0
    var bitCount = 0
    var hasEnded = false
    for digit in digits {
      switch digit {
      case 0x09, 0x0A, 0x0D, 0x20: continue
      case UInt8(ascii: "="): hasEnded = true
      default:
        guard !hasEnded, let value = value(of: digit) else { throw .invalidDataURL }
        bits = (bits << 6 | value) & 0xFFFF
        bitCount += 6
        guard bitCount >= 8 else { continue }
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
      }
    }
    // A lone digit holds no byte.
    guard bitCount < 6 else { throw .invalidDataURL }
    return bytes
  }

  private static func value(of digit: UInt8) -> Int? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(digit) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit) - 97 + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit) - 48 + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
