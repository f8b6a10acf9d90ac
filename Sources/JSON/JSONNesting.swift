/// Finds the ends of JSON arrays and objects in bytes that come in pieces, without parsing them.
///
/// Counts brackets outside of strings and checks no other grammar: between brackets and quotes
/// anything may stand. Linear in the bytes, and in constant memory.
package struct JSONNesting: Equatable, Sendable {
  /// How many brackets are open; negative where more were closed.
  private var depth: Int
  private var hasBegun: Bool
  private var isInString = false
  private var isEscaped = false

  /// Begins before a value.
  package init() {
    (depth, hasBegun) = (0, false)
  }

  /// Begins behind the opening bracket of an array.
  package static var insideArray: JSONNesting {
    var nesting = JSONNesting()
    (nesting.depth, nesting.hasBegun) = (1, true)
    return nesting
  }

  /// Whether a bracket has come, and every one is closed.
  package var isClosed: Bool { hasBegun && depth == 0 && !isInString }

  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { feed(byte) }
  }

  /// The index of the byte that ends an element of the array that was open at the beginning: the
  /// comma behind it, or the array's last bracket; nil where neither is in `bytes`.
  ///
  /// Takes in the bytes up to there. Only for a scan that began ``insideArray``.
  package mutating func endOfElement(in bytes: ArraySlice<UInt8>) -> Int? {
    for index in bytes.indices {
      let byte = bytes[index]
      feed(byte)
      if isClosed || (byte == UInt8(ascii: ",") && depth == 1 && !isInString) { return index }
    }
    return nil
  }

  /// The index of the bracket that ends the value whose first bracket comes next, or has come; nil where
  /// it is not in `bytes`.
  ///
  /// Takes in the bytes up to there.
  package mutating func endOfValue(in bytes: ArraySlice<UInt8>) -> Int? {
    for index in bytes.indices {
      feed(bytes[index])
      if isClosed { return index }
    }
    return nil
  }

  private mutating func feed(_ byte: UInt8) {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      depth += 1
      hasBegun = true
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
  }
}

extension JSONNesting {
  /// The elements of the array that `text` is, each as its own text; nil where it is no array.
  package static func elements(of text: String) -> [String]? {
    var rest = Array(text.utf8).drop { $0.isJSONBlank }
    guard rest.popFirst() == UInt8(ascii: "[") else { return nil }
    var nesting = insideArray
    var elements: [String] = []
    while !nesting.isClosed, let end = nesting.endOfElement(in: rest) {
      let element = rest[..<end]
      if element.contains(where: { !$0.isJSONBlank }) {
        elements.append(String(decoding: element, as: UTF8.self))
      }
      rest = rest[(end + 1)...]
    }
    return nesting.isClosed && rest.allSatisfy(\.isJSONBlank) ? elements : nil
  }
}
