/// A URL that holds its data in itself, in base64 (RFC 2397).
package struct DataURL: Sendable {
  /// The media type as it is written, in lower case and without parameters; empty where none is.
  package let mediaType: String
  private let letters: Substring.UTF8View

  /// Reads a URL; nil for what is no `data:` URL, and for one that is not in base64.
  ///
  /// The letters behind the comma are not looked at.
  package init?(_ url: String) {
    guard Self.isDataURL(url), let comma = url.utf8.firstIndex(of: UInt8(ascii: ",")) else {
      return nil
    }
    let words = url[..<comma].dropFirst(5).lowercased()
      .split(separator: ";", omittingEmptySubsequences: false)
      .map { $0.filter { $0 != " " } }
    guard words.count > 1, words.last == "base64" else { return nil }
    mediaType = words[0]
    letters = url[url.utf8.index(after: comma)...].utf8
  }

  /// Whether `text` begins like such a URL, whatever it holds.
  package static func isDataURL(_ text: String) -> Bool {
    text.prefix(5).lowercased() == "data:"
  }

  /// What stands before the letters of a URL of this type.
  package static func prefix(mediaType: String) -> String { "data:\(mediaType);base64," }

  /// How many bytes the URL holds, going by the number of its letters: more where blanks are among
  /// them.
  package var byteCount: Int {
    let padding = letters.suffix(2).count { $0 == UInt8(ascii: "=") }
    return (letters.count - padding) * 3 / 4
  }

  /// The bytes that the URL holds; nil where its letters are no base64 (``Base64/decoded(_:)``).
  package var bytes: [UInt8]? { Base64.decoded(letters) }

  /// The bytes at its beginning, of at least a multiple of four letters; nil as ``bytes``.
  package func firstBytes(ofLetters count: Int) -> [UInt8]? {
    Base64.decoded(letters.prefix(count / 4 * 4))
  }
}
