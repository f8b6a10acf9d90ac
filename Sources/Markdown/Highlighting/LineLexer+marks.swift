/// Signs whose meaning depends on what stands around them.
extension LineLexer {
  // MARK: - Regular expressions

  /// Reads `/…/` where no value stands before it, which would be divided.
  mutating func takesRegex() -> Bool {
    guard mayStartRegex, let end = regexEnd else { return false }
    consume(to: wordEnd(from: end), .string)
    return true
  }

  private var mayStartRegex: Bool {
    guard let last = bytes[..<position].lastIndex(where: { !$0.isBlank }) else { return true }
    if bytes[last] == UInt8(ascii: ">") { return bytes[..<last].last == UInt8(ascii: "=") }
    guard lexicon[bytes[last]].contains(.word) else {
      return "(,=:[!&|?{;+-*%~^".utf8.contains(bytes[last])
    }
    let start = bytes[...last].lastIndex { !lexicon[$0].contains(.word) }.map { $0 + 1 } ?? 0
    return Self.openers.contains(String(decoding: bytes[start...last], as: UTF8.self))
  }

  private static let openers = words(
    "return case typeof in of and or not if elsif unless when while until await yield throw puts")

  private static let longestRegex = 1000

  /// Behind the slash that closes the expression in its line; nil if none does.
  private var regexEnd: Int? {
    var index = position + 1
    guard index < bytes.count, !bytes[index].isBlank, !"/*=".utf8.contains(bytes[index]) else {
      return nil
    }
    var isInClass = false
    let limit = min(bytes.count, position + Self.longestRegex)
    while index < limit {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "["): isInClass = true
      case UInt8(ascii: "]"): isInClass = false
      case UInt8(ascii: "/") where !isInClass: return index + 1
      default: break
      }
      index += 1
    }
    return nil
  }

  // MARK: - Characters

  /// Reads `'a'` or `'\n'`, or a name such as the lifetime `'a`.
  mutating func takesCharacter() -> Bool {
    let quote = UInt8(ascii: "'")
    let next = position + 1
    guard next < bytes.count else { return false }
    let isEscape = bytes[next] == UInt8(ascii: "\\")
    let inside = isEscape ? min(bytes.count, next + 2) : scalarEnd(from: next)
    if let end = bytes[inside...].prefix(isEscape ? 10 : 1).firstIndex(of: quote) {
      consume(to: end + 1, .string)
      return true
    }
    let end = wordEnd(from: next)
    consume(to: max(end, next), end > next ? .attribute : .plain)
    return true
  }

  /// Behind the scalar that begins at `start`.
  private func scalarEnd(from start: Int) -> Int {
    bytes[(start + 1)...].firstIndex { $0 & 0xC0 != 0x80 } ?? bytes.count
  }
}
