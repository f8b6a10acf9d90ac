/// A text in which `*` stands for any characters, as rules about tools have it.
struct ToolPattern: Equatable, Sendable {
  private enum Piece: Equatable, Sendable {
    case any
    case byte(UInt8)
  }

  /// The pattern as it is written.
  let text: String
  private let pieces: [Piece]

  /// A pattern for names of tools, in which `\u{2A}` is the character of that number (in hexadecimal).
  init(text: String) {
    self.text = text
    var pieces: [Piece] = []
    var rest = text[...]
    while let character = rest.first {
      if let (scalar, behind) = Self.escape(at: rest) {
        pieces += String(Character(scalar)).utf8.map(Piece.byte)
        rest = behind
      } else {
        pieces += character == "*" ? [.any] : character.utf8.map(Piece.byte)
        rest.removeFirst()
      }
    }
    self.pieces = pieces
  }

  /// A pattern for arguments, which are JSON: a backslash is one.
  init(arguments text: String) {
    self.text = text
    pieces = text.utf8.map { $0 == UInt8(ascii: "*") ? .any : .byte($0) }
  }

  /// The pattern that a name fits, and no other: what could be more than itself is written by its number.
  ///
  /// Names come from servers, and a rule is a line of a file.
  init(matching name: String) {
    self.init(
      text: name.unicodeScalars.map { scalar in
        scalar.isItselfInRules
          ? String(Character(scalar)) : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }.joined())
  }

  /// Reads `\u{…}`; nil where the text does not begin with one.
  private static func escape(at text: Substring) -> (Unicode.Scalar, behind: Substring)? {
    guard text.hasPrefix("\\u{"), let end = text.firstIndex(of: "}"),
      let number = UInt32(text[..<end].dropFirst(3), radix: 16),
      let scalar = Unicode.Scalar(number)
    else { return nil }
    return (scalar, text[text.index(after: end)...])
  }

  /// Whether the whole text fits.
  ///
  /// - Complexity: the product of both lengths, at most.
  func matches(_ text: String) -> Bool {
    let text = Array(text.utf8)
    var (place, next) = (0, 0)
    // Where the last star stands, and how much of the text it has taken.
    var retry: (next: Int, place: Int)?
    while place < text.count {
      if next < pieces.count, pieces[next] == .any {
        retry = (next + 1, place)
        next += 1
      } else if next < pieces.count, pieces[next] == .byte(text[place]) {
        (place, next) = (place + 1, next + 1)
      } else if let last = retry {
        retry = (last.next, last.place + 1)
        (place, next) = (last.place + 1, last.next)
      } else {
        return false
      }
    }
    return pieces[next...].allSatisfy { $0 == .any }
  }
}

extension Unicode.Scalar {
  /// Whether a rule may hold it as it is: it parts no words and no lines, and stands for itself alone.
  fileprivate var isItselfInRules: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned: false
    default: !"*\\#".unicodeScalars.contains(self)
    }
  }
}
