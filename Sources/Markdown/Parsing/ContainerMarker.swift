/// The marks that open quotes and list items (CommonMark 0.29, 5.1 and 5.2), as far as they can be
/// told from one line alone.
struct ContainerMarker {
  /// Behind the mark.
  let end: Int
  let isQuote: Bool

  /// The mark at `position`, spaces before it allowed; nil if there is none.
  init?(at position: Int, in text: ArraySlice<UInt8>) {
    guard let start = text[position...].firstIndex(where: { !$0.isBlank }) else { return nil }
    isQuote = text[start] == UInt8(ascii: ">")
    switch text[start] {
    case UInt8(ascii: ">"): end = start + 1
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"): end = start + 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let rest = text[start...].prefix(10).drop(while: \.isDigit)
      guard let mark = rest.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")") else {
        return nil
      }
      end = rest.startIndex + 1
    default: return nil
    }
    guard isQuote || text[end...].first?.isBlank == true else { return nil }
  }
}

extension UInt8 {
  /// A space or a tab.
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

  /// A space, a tab or a line break.
  var isSpace: Bool { isBlank || self == UInt8(ascii: "\n") }

  var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  var isLetter: Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20
  }

  /// ASCII punctuation as CommonMark 0.29, 2.1 lists it.
  var isPunctuation: Bool {
    0x21...0x7E ~= self && !isDigit && !isLetter
  }
}
