import FoundationEssentials

/// Base64 (RFC 4648 §4), by Foundation's coder.
package enum Base64 {
  /// The letters that say `bytes`, padded.
  package static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    Array(Data(bytes).base64EncodedData())
  }

  /// The text that says `bytes`, padded.
  package static func text(of bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString()
  }

  /// The length of the text that says so many bytes, padding included.
  package static func length(ofByteCount count: Int) -> Int { (count + 2) / 3 * 4 }

  /// The bytes that `letters` say; nil for any letter outside of the alphabet.
  ///
  /// White space, a missing padding and the URL-safe alphabet (RFC 4648 §5) are taken, as they come
  /// out of web pages, terminals and other programs.
  package static func decoded(_ letters: some Sequence<UInt8>) -> [UInt8]? {
    var plain: [UInt8] = []
    plain.reserveCapacity(letters.underestimatedCount)
    for letter in letters {
      switch letter {
      case 0x09, 0x0A, 0x0D, 0x20: continue
      case UInt8(ascii: "-"): plain.append(UInt8(ascii: "+"))
      case UInt8(ascii: "_"): plain.append(UInt8(ascii: "/"))
      default: plain.append(letter)
      }
    }
    while plain.last == UInt8(ascii: "=") { plain.removeLast() }
    let padding = (4 - plain.count % 4) % 4
    plain.append(contentsOf: repeatElement(UInt8(ascii: "="), count: padding))
    return Data(base64Encoded: Data(plain)).map { Array($0) }
  }
}
