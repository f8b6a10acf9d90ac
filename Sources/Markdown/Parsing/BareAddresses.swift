/// The ends of the addresses that stand by themselves in a line, where the punctuation of a language
/// without spaces ends them; and the addresses in code, which is no text for the parser.
///
/// GitHub's extension ("Autolinks") takes everything up to a space or `<` for the address, and so the
/// rest of a Chinese sentence with its marks: `见 https://a.org，**好**`.
struct BareAddresses {
  /// In ascending order.
  private(set) var ends: [Int] = []

  /// Linear in the line.
  init(in line: ArraySlice<UInt8>) {
    guard line.contains(where: { $0 >= 0x80 }) else { return }
    var index = line.startIndex
    while let start = Self.start(in: line[index...]) {
      let stop = line[start...].firstIndex { $0.isSpace || $0 == UInt8(ascii: "<") }
      let rest = line[start..<(stop ?? line.endIndex)]
      let end = Self.isTarget(start, in: line) ? nil : Self.end(in: rest)
      if let end { ends.append(end) }
      index = end ?? rest.endIndex
    }
  }

  /// Behind the next `://` or `www.`.
  private static func start(in text: ArraySlice<UInt8>) -> Int? {
    text.indices.first { index in
      switch text[index] {
      case UInt8(ascii: ":"): text[index...].starts(with: "://".utf8)
      case UInt8(ascii: "w"): text[index...].starts(with: "www.".utf8)
      default: false
      }
    }
  }

  /// Whether an address is written between brackets of its own, which end it: a link's, or `<` and
  /// `>`.
  private static func isTarget(_ start: Int, in line: ArraySlice<UInt8>) -> Bool {
    let before = line[..<start].reversed().drop { $0.isLetter }.prefix(2)
    return before.first == UInt8(ascii: "<") || before.elementsEqual("(]".utf8)
  }

  /// The first sign that is no part of an address.
  private static func end(in text: ArraySlice<UInt8>) -> Int? {
    var index = text.startIndex
    while index < text.endIndex {
      guard text[index] >= 0xC0 else {
        index += 1
        continue
      }
      let next = text[(index + 1)...].firstIndex { $0 & 0xC0 != 0x80 } ?? text.endIndex
      let scalar = String(decoding: text[index..<next], as: UTF8.self).unicodeScalars.first
      if scalar?.endsAddress == true { return index }
      index = next
    }
    return nil
  }
}

/// Addresses in code.
extension BareAddresses {
  /// The addresses with the schemes of the web, in order; linear in the code.
  ///
  /// Besides what ends an address in text, quotes, brackets that nothing opened and a backslash do.
  static func inCode(_ code: String) -> [String] {
    let bytes = Array(code.utf8)
    var addresses: [String] = []
    var index = 0
    while let start = bytes[index...].firstRange(of: "http".utf8)?.lowerBound {
      let rest = bytes[start...]
      index = start + 4
      guard rest.starts(with: "http://".utf8) || rest.starts(with: "https://".utf8) else {
        continue
      }
      let address = rest[..<codeEnd(in: rest)]
      index = max(index, address.endIndex)
      let last = address.lastIndex { !".,;:!?*_".utf8.contains($0) } ?? start
      addresses.append(String(decoding: address[...last], as: UTF8.self))
    }
    return addresses
  }

  private static func codeEnd(in text: ArraySlice<UInt8>) -> Int {
    let wide = end(in: text) ?? text.endIndex
    var open = 0
    return text[..<wide].firstIndex { byte in
      if byte == UInt8(ascii: "(") { open += 1 }
      if byte == UInt8(ascii: ")") { open -= 1 }
      return open < 0 || byte.isSpace || "<>\"'`]}\\".utf8.contains(byte)
    } ?? wide
  }
}

extension Unicode.Scalar {
  /// Whether it stands behind an address rather than in it; names in katakana have their own dot.
  fileprivate var endsAddress: Bool {
    switch value {
    case 0x30A0...0x30FF: false
    case 0x2014, 0x201C, 0x201D, 0x2026: true
    default: isWide && isPunctuation
    }
  }
}
