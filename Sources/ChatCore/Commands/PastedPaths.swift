import Conversation

/// The paths of pictures in a pasted or dropped text, as terminals write them.
///
/// Terminals drop a file as its path: plain, quoted in `'…'`, with backslashes before spaces, or as
/// a `file://` URL; several are separated by spaces or line breaks.
struct PastedPaths {
  /// The paths, if the text holds nothing but paths of files that are named like pictures.
  let pictures: [String]?

  init(_ text: String) {
    let whole = text.trimmed
    // A path with unescaped spaces is dropped as it is by some terminals.
    if !whole.contains(where: \.isNewline), Self.isAbsolute(whole),
      PictureFormat.isNamed(by: whole), !whole.contains("\\"), !whole.hasPrefix("'"),
      !whole.contains(" /")
    {
      pictures = [Self.withoutScheme(whole)]
      return
    }
    let words = ArgumentWords(whole).words
    let paths = words.allSatisfy { Self.isAbsolute($0) && PictureFormat.isNamed(by: $0) }
    pictures = paths && !words.isEmpty ? words.map(Self.withoutScheme) : nil
  }

  private static func isAbsolute(_ path: String) -> Bool {
    path.hasPrefix("/") || path.hasPrefix("~/") || path.hasPrefix("file://")
  }

  private static func withoutScheme(_ path: String) -> String {
    guard path.hasPrefix("file://") else { return path }
    return percentDecoded(path.dropFirst("file://".count))
  }

  /// Decodes `%20` and its like (RFC 3986 §2.1).
  private static func percentDecoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let code = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), code.utf8.count == 2, let value = UInt8(code, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
