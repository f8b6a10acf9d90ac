import JSON

/// Takes messages that stand within their parents out of them, so that a long conversation is not a
/// deep one.
///
/// LibreChat's recursive export keeps a message's answers in its member `children`, two levels for
/// each message: a conversation of 70 would be deeper than any JSON that is read here.
enum NestedMessages {
  /// The member of the outermost object that gets all the messages that were within others.
  static let member = "descendants"

  /// The same object with every `children` empty, and what was in them in ``member``.
  ///
  /// - Complexity: linear in the bytes, in their depth too.
  static func flattened(_ bytes: [UInt8]) -> [UInt8] {
    var scan = Scan()
    for byte in bytes { scan.feed(byte) }
    return scan.whole
  }

  private struct Scan {
    /// The text outside of all `children`, and that inside of each that is open.
    private var texts: [[UInt8]] = [[]]
    /// How deep the arrays of these stand.
    private var depths: [Int] = []
    /// The elements of closed ones.
    private var moved: [[UInt8]] = []
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// The string that was read last, up to a length that matters.
    private var name: [UInt8] = []
    /// Whether nothing but a colon stands behind that string.
    private var isBehindName = false

    var whole: [UInt8] {
      guard depths.isEmpty, let end = texts[0].lastIndex(of: UInt8(ascii: "}")) else {
        return texts[0]
      }
      let list = Array(moved.joined(separator: [UInt8(ascii: ",")]))
      return texts[0][..<end] + Array(",\"\(NestedMessages.member)\":[".utf8) + list
        + Array("]".utf8) + texts[0][end...]
    }

    mutating func feed(_ byte: UInt8) {
      if isInString { return feed(inString: byte) }
      switch byte {
      case UInt8(ascii: "\""): (isInString, name, isBehindName) = (true, [], false)
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if byte == UInt8(ascii: "["), isBehindName, name == Array("children".utf8) {
          return open()
        }
        depth += 1
        isBehindName = false
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        isBehindName = false
        if depth == depths.last { return close() }
      case UInt8(ascii: ":"): break
      default: if !byte.isJSONBlank { isBehindName = false }
      }
      texts[texts.count - 1].append(byte)
    }

    private mutating func feed(inString byte: UInt8) {
      texts[texts.count - 1].append(byte)
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        (isInString, isBehindName) = (false, true)
        return
      }
      if name.count < 16 { name.append(byte) }
    }

    private mutating func open() {
      texts[texts.count - 1] += Array("[]".utf8)
      texts.append([])
      depths.append(depth)
      depth += 1
      isBehindName = false
    }

    private mutating func close() {
      depths.removeLast()
      let elements = texts.removeLast()
      if !elements.allSatisfy(\.isJSONBlank) { moved.append(elements) }
    }
  }
}
