/// Text that is cut where a voice can pause, so that pieces follow each other as if they were one.
package enum SpokenPieces {
  /// The most characters that one call speaks (OpenAI API reference, audio/speech).
  package static let longest = 4_096

  /// The sentences of a text, with the blanks that follow them: joined they are the text.
  ///
  /// A sentence ends at a line break, behind a full stop, a question or an exclamation mark and what closes
  /// with it where a blank follows, and behind the stops of East Asian scripts. A stop behind a single
  /// capital, as in “J. S. Bach”, or behind a number that begins a line, ends none.
  ///
  /// - Complexity: linear in the text.
  package static func sentences(of text: some StringProtocol) -> [String] {
    let characters = Array(text)
    var sentences: [String] = []
    var (start, position) = (0, 0)
    while position < characters.count {
      let mark = characters[position]
      let isEnd = mark.isNewline || isStop(at: position, in: characters, from: start)
      position += 1
      guard isEnd else { continue }
      while position < characters.count, closes(characters[position]) { position += 1 }
      let isSure = mark.isNewline || wideStops.contains(mark) || position == characters.count
      guard isSure || characters[position].isWhitespace else { continue }
      while position < characters.count, characters[position].isWhitespace { position += 1 }
      sentences.append(String(characters[start..<position]))
      start = position
    }
    if start < characters.count { sentences.append(String(characters[start...])) }
    return sentences
  }

  private static func isStop(at position: Int, in text: [Character], from start: Int) -> Bool {
    let mark = text[position]
    guard mark == "." else { return wideStops.contains(mark) || "!?…".contains(mark) }
    let word = text[start..<position].reversed().prefix { $0.isLetter || $0.isNumber }
    if word.count == 1, word.first?.isUppercase == true { return false }
    return word.isEmpty || word.count < position - start || !word.allSatisfy(\.isNumber)
  }

  private static func closes(_ character: Character) -> Bool {
    closers.contains(character) || wideStops.contains(character) || ".!?…".contains(character)
  }

  private static let wideStops: Set<Character> = ["。", "！", "？", "；"]
  private static let closers: Set<Character> = ["\"", "'", ")", "]", "”", "’", "»", "」", "』", "）"]

  /// The text in pieces of at most `most` characters, cut behind sentences, a longer sentence behind a
  /// comma or a blank, and what has neither anywhere; pieces of blanks alone are left out.
  package static func pieces(of text: String, atMost most: Int = longest) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var count = 0
    for part in sentences(of: text).flatMap({ parts(of: $0, atMost: most) }) {
      let length = part.count
      if count + length > most {
        pieces.append(piece)
        (piece, count) = ("", 0)
      }
      piece += part
      count += length
    }
    pieces.append(piece)
    return pieces.filter { piece in piece.contains { !$0.isWhitespace } }
  }

  private static func parts(of sentence: String, atMost most: Int) -> [String] {
    guard sentence.count > most else { return [sentence] }
    var parts: [String] = []
    var rest = Substring(sentence)
    while rest.count > most {
      let head = rest.prefix(most)
      let end =
        head.lastIndex { ",;:，、：".contains($0) } ?? head.lastIndex(where: \.isWhitespace)
      let cut = end.map { rest.index(after: $0) } ?? head.endIndex
      parts.append(String(rest[..<cut]))
      rest = rest[cut...]
    }
    return parts + [String(rest)]
  }
}
