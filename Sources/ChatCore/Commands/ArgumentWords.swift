/// The words of a command's arguments, as a shell would split them.
///
/// Spaces separate; `'…'` and `"…"` keep them; a backslash keeps the next character (not inside
/// single quotes). A quote that is not closed reaches to the end. `$` and `*` stay as they are:
/// paths are looked for as written first (POSIX shell command language 2.2, without expansion).
struct ArgumentWords {
  private(set) var words: [String] = []

  init(_ text: String) {
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
        word = word ?? ""
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\n" || character == "\t" {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if isEscaped { word = (word ?? "") + "\\" }
    if let word { words.append(word) }
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
