/// The words of a command's arguments, as a shell would split them.
///
/// Spaces separate; `'…'` and `"…"` keep them; a backslash keeps the next character (not inside
/// single quotes). A quote that is not closed reaches to the end. `$` and `*` stay as they are:
/// paths are looked for as written first (POSIX shell command language 2.2, without expansion).
///
/// Every sign of the syntax is ASCII, so bytes are split: linear in their count.
struct ArgumentWords {
  private(set) var words: [String] = []
  /// The offset in the text's UTF-8 at which each word ends, its closing quote included.
  private(set) var ends: [Int] = []

  /// Splits `text`, up to so many words.
  init(_ text: String, atMost limit: Int = .max) {
    var word: [UInt8]?
    var quote: UInt8?
    var isEscaped = false
    var offset = 0
    for byte in text.utf8 {
      if isEscaped {
        word?.append(byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
        isEscaped = true
        word = word ?? []
      } else if let open = quote {
        if byte == open { quote = nil } else { word?.append(byte) }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
        word = word ?? []
      } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\t")
      {
        end(&word, at: offset)
        if words.count == limit { return }
      } else if word == nil {
        word = [byte]
      } else {
        word?.append(byte)
      }
      offset += 1
    }
    if isEscaped { word?.append(UInt8(ascii: "\\")) }
    end(&word, at: offset)
  }

  private mutating func end(_ word: inout [UInt8]?, at offset: Int) {
    guard let bytes = word else { return }
    words.append(String(decoding: bytes, as: UTF8.self))
    ends.append(offset)
    word = nil
  }
}

/// A line that starts with a slash, taken apart.
package struct CommandLine: Equatable, Sendable {
  /// Without the slash.
  package var name: String
  /// What follows the name, without the spaces around it.
  package var rest: String

  /// Nil for a line that is not a command; `//` begins a message with a slash.
  package init?(_ line: String) {
    guard line.hasPrefix("/"), !line.hasPrefix("//") else { return nil }
    let body = line.dropFirst()
    let end = body.firstIndex(where: \.isWhitespace) ?? body.endIndex
    name = body[..<end].lowercased()
    rest = String(body[end...]).trimmed
  }

  var words: [String] { ArgumentWords(rest).words }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
