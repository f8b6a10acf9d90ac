import ChatEngine
import Conversation

/// The sources of pictures that a text begins with, as terminals drop them and people write them.
///
/// Terminals drop a file as its path: plain, quoted in `'…'`, with backslashes before spaces, or as
/// a `file://` URL; several are separated by spaces or line breaks. `data:` URLs of pictures and
/// http(s) URLs that end like a picture's count too.
struct LeadingSources: Equatable {
  /// Paths and URLs, in order; at least one.
  let words: [String]
  /// Whether each is named like a picture; else there is one path, and only the disk knows.
  let areNamed: Bool
  /// What follows them, without the space around it.
  let rest: String

  /// Nil for a text that begins with none; linear in its length.
  init?(_ text: String) {
    // Any other text is not even looked through: it may be long.
    guard let first = text.utf8.first(where: { !Self.isSpace($0) }),
      Self.beginnings.contains(first)
    else { return nil }
    if let path = Self.unquotedPath(text) {
      self.init(words: [path], areNamed: true, rest: "")
      return
    }
    let split = ArgumentWords(text)
    let named = split.words.prefix(while: Self.isNamed)
    if let last = named.indices.last {
      let rest = Self.text(text, from: split.ends[last])
      // Whoever begins a sentence with an address speaks about it.
      guard rest.isEmpty || !named.contains(where: Self.isWebAddress) else { return nil }
      self.init(words: named.map(Self.withoutScheme), areNamed: true, rest: rest)
    } else if let path = split.words.first, Self.isPath(path) {
      let rest = Self.text(text, from: split.ends[0])
      self.init(words: [Self.withoutScheme(path)], areNamed: false, rest: rest)
    } else {
      return nil
    }
  }

  private init(words: [String], areNamed: Bool, rest: String) {
    self.words = words
    self.areNamed = areNamed
    self.rest = rest
  }

  /// The first bytes of all that is a source.
  private static let beginnings = Set("/~'\"\\fhdFHD".utf8)

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func text(_ text: String, from offset: Int) -> String {
    String(decoding: text.utf8.dropFirst(offset), as: UTF8.self).trimmed
  }

  /// Some terminals drop a path with spaces as it is: one that stands alone.
  private static func unquotedPath(_ text: String) -> String? {
    guard text.utf8.count <= 4_096 else { return nil }
    let whole = text.trimmed
    // A mistyped command and a name are two words.
    let isPath = !whole.contains(" ") || isPath(whole.prefix { $0 != " " }) || whole.hasPrefix("~/")
    guard isPath, !whole.contains(where: \.isNewline), isAbsolute(whole), hasPictureName(whole),
      !whole.contains("\\"), !whole.hasPrefix("'"), !whole.contains(" /"),
      whole.split(separator: " ").dropLast().allSatisfy({ !hasPictureName(String($0)) })
    else { return nil }
    return withoutScheme(whole)
  }
}

// MARK: - One source

extension LeadingSources {
  private static func isAbsolute(_ word: String) -> Bool {
    word.hasPrefix("/") && !word.hasPrefix("//") || word.hasPrefix("~/")
      || hasScheme("file://", word)
  }

  /// Whether only the disk knows what it is: a path of several parts, such as a folder's.
  private static func isPath(_ word: some StringProtocol) -> Bool {
    hasScheme("file://", word)
      || word.utf8.count <= 4_096 && word.hasPrefix("/") && !word.hasPrefix("//")
        && word.dropFirst().contains("/")
  }

  private static func isNamed(_ word: String) -> Bool {
    if hasScheme("data:image/", word) { return true }
    guard word.utf8.count <= 4_096 else { return false }
    return isAbsolute(word) && hasPictureName(word) || isWebAddress(word)
  }

  private static func isWebAddress(_ word: String) -> Bool {
    guard hasScheme("http://", word) || hasScheme("https://", word) else { return false }
    return hasPictureName(String(word.prefix { $0 != "?" && $0 != "#" }))
  }

  private static func hasScheme(_ scheme: String, _ word: some StringProtocol) -> Bool {
    word.prefix(scheme.count).lowercased() == scheme
  }

  /// Kinds of pictures that no server takes: Iris says what to do with each.
  private static let otherExtensions: Set = [
    "svg", "tif", "tiff", "bmp", "ico", "jxl", "psd", "pdf", "tga", "exr", "qoi", "ppm", "dng",
    "cr2", "cr3", "nef", "arw", "raf", "orf", "rw2",
  ]

  private static func hasPictureName(_ path: String) -> Bool {
    if PictureFormat.isNamed(by: path) { return true }
    guard let dot = path.lastIndex(of: ".") else { return false }
    return otherExtensions.contains(path[path.index(after: dot)...].lowercased())
  }

  private static func withoutScheme(_ path: String) -> String {
    guard hasScheme("file://", path) else { return path }
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
