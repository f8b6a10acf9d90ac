/// Tells where the elements of a JSON array end, one byte after another, without parsing them.
///
/// The first byte is the one behind the array's opening bracket. What stands between brackets and
/// quotes is not looked at: an element may be anything but JSON.
package struct ArrayNesting: Sendable {
  /// Brackets that are open, that of the array included.
  private var depth = 1
  private var isInString = false
  private var isEscaped = false
  /// Whether the array's last bracket has come.
  package private(set) var isClosed = false

  package init() {}

  /// Takes in one byte; true for a comma between two elements and for the array's last bracket.
  package mutating func ends(at byte: UInt8) -> Bool {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return false
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      isClosed = depth == 0
      return isClosed
    case UInt8(ascii: ","): return depth == 1
    default: break
    }
    return false
  }
}

extension ArrayNesting {
  /// The elements of the array that `text` is, each as its own text; nil where it is no array.
  package static func elements(of text: String) -> [String]? {
    let bytes = Array(text.utf8)
    guard let open = bytes.firstIndex(where: { $0 > 0x20 }), bytes[open] == UInt8(ascii: "[") else {
      return nil
    }
    var nesting = ArrayNesting()
    var elements: [String] = []
    var start = open + 1
    for index in start..<bytes.count where !nesting.isClosed && nesting.ends(at: bytes[index]) {
      let element = bytes[start..<index]
      if element.contains(where: { $0 > 0x20 }) {
        elements.append(String(decoding: element, as: UTF8.self))
      }
      start = index + 1
    }
    return nesting.isClosed && bytes[start...].allSatisfy { $0 <= 0x20 } ? elements : nil
  }
}
