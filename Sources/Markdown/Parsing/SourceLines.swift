/// UTF-8 text and where its lines start.
struct SourceLines: Hashable, Sendable {
  private(set) var bytes: [UInt8] = []
  /// The offset of each line's first byte; the last line is what follows the last line break, so
  /// it may be empty.
  private(set) var starts = [0]
  /// Whether the text that came last ended with a carriage return.
  private var endsWithReturn = false

  init() {}

  /// The number of lines that end with a line break.
  var completeCount: Int { starts.count - 1 }

  /// Takes in text: line ends become U+000A, U+0000 and our private letters U+FFFD.
  mutating func append(_ text: String) {
    for byte in text.utf8 {
      defer { endsWithReturn = byte == UInt8(ascii: "\r") }
      switch byte {
      case UInt8(ascii: "\n"):
        if !endsWithReturn { endLine() }
      case UInt8(ascii: "\r"): endLine()
      case 0: bytes += [0xEF, 0xBF, 0xBD]
      default:
        bytes.append(byte)
        if byte & 0xC0 == 0x80 { replacePrivateLetter() }
      }
    }
  }

  private mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    starts.append(bytes.count)
  }

  private mutating func replacePrivateLetter() {
    let start = bytes.count - 4
    guard start >= 0, bytes[start] == Escaping.lead, bytes[start + 1] == Escaping.second,
      0x9C...0x9E ~= bytes[start + 2]
    else { return }
    bytes.removeLast(4)
    bytes += [0xEF, 0xBF, 0xBD]
  }

  /// The bytes of some lines, the last one's line break included.
  func range(of lines: Range<Int>) -> Range<Int> {
    let start = lines.lowerBound < starts.count ? starts[lines.lowerBound] : bytes.count
    let end = lines.upperBound < starts.count ? starts[lines.upperBound] : bytes.count
    return start..<max(start, end)
  }

  /// A line without its line break.
  func content(ofLine line: Int) -> ArraySlice<UInt8> {
    let range = range(of: line..<line + 1)
    return bytes[range].last == UInt8(ascii: "\n") ? bytes[range].dropLast() : bytes[range]
  }

  /// Whether a line has nothing but spaces and quote marks.
  func isBlank(_ line: Int) -> Bool {
    content(ofLine: line).allSatisfy {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: ">")
    }
  }

  /// `lines` without the blank ones at its end.
  func trimmed(_ lines: Range<Int>) -> Range<Int> {
    var end = lines.upperBound
    while end > lines.lowerBound + 1, isBlank(end - 1) { end -= 1 }
    return lines.lowerBound..<max(lines.lowerBound, end)
  }

  func text(of lines: Range<Int>) -> String {
    String(decoding: bytes[range(of: lines)], as: UTF8.self)
  }
}
