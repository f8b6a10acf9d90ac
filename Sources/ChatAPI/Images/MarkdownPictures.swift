import JSON

/// The pictures that stand in a text as Markdown, `![name](address)`, and the text without them: so do
/// some relays answer for models that draw.
struct MarkdownPictures: Equatable {
  /// `data:` URLs among them, as they stand.
  private(set) var addresses: [String] = []
  /// What is left, without blanks around it.
  private(set) var text = ""

  /// Reads a text; what is no whole picture stays in it.
  ///
  /// - Complexity: linear in its length.
  init(_ markdown: String) {
    var rest = Array(markdown.utf8)[...]
    var kept: [UInt8] = []
    while let mark = rest.firstIndex(of: UInt8(ascii: "!")) {
      kept += rest[..<mark]
      rest = rest[mark...]
      if let (address, end) = Self.picture(at: rest) {
        addresses.append(address)
        rest = rest[end...]
      } else {
        kept.append(rest.removeFirst())
      }
    }
    text = String(decoding: kept + rest, as: UTF8.self).trimmingBlanks
  }

  /// The longest name of a picture, in bytes.
  private static let longestName = 1_000

  /// The address of the picture that a text begins with, and where it ends; nil where there is none.
  private static func picture(at text: ArraySlice<UInt8>) -> (address: String, end: Int)? {
    guard text.dropFirst().first == UInt8(ascii: "[") else { return nil }
    let named = text.dropFirst(2).prefix(longestName)
    guard let close = named.firstIndex(of: UInt8(ascii: "]")),
      text[close...].dropFirst().first == UInt8(ascii: "("),
      // Where another bracket begins, or the line ends, this one is none: each byte is looked at once.
      let end = text[(close + 1)...].firstIndex(where: { $0 == 0x29 || $0 == 0x5B || $0 == 0x0A }),
      text[end] == UInt8(ascii: ")")
    else { return nil }
    // A title may stand behind the address.
    let inside = text[(close + 2)..<end].split(separator: UInt8(ascii: " "))
    guard let first = inside.first else { return nil }
    let address = String(decoding: first, as: UTF8.self)
    return isAddress(address) ? (address, end + 1) : nil
  }

  private static func isAddress(_ text: String) -> Bool {
    DataURL.isDataURL(text)
      || ["http://", "https://"].contains { text.prefix(8).lowercased().hasPrefix($0) }
  }
}
