/// Text that is cut where a voice can pause, so that pieces follow each other as if they were one.
package enum SpokenPieces {
  /// The most code points that one call speaks: `maxLength` of `input` in the OpenAI API reference, audio/speech,
  /// as JSON Schema counts it (Validation §6.3.1).
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

  /// The characters of a text as servers count and charge them: Unicode code points, of which a flag, a
  /// Hindi syllable or the end of a line of Windows has several.
  package static func length(of text: some StringProtocol) -> Int { text.unicodeScalars.count }

  /// The text in pieces of at most `most` code points, cut behind sentences, a longer sentence behind a
  /// comma or a blank, and what has neither between any two characters; pieces of blanks alone are left out.
  ///
  /// - Complexity: linear in the text.
  package static func pieces(of text: String, atMost most: Int = longest) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var count = 0
    for part in sentences(of: text).flatMap({ parts(of: $0, atMost: most) }) {
      let length = length(of: part)
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
    guard length(of: sentence) > most else { return [sentence] }
    var parts: [String] = []
    var rest = Substring(sentence)
    while let cut = cut(in: rest, atMost: most) {
      parts.append(String(rest[..<cut]))
      rest = rest[cut...]
    }
    return parts + [String(rest)]
  }

  /// Where a text of more than `most` code points is cut; nil for a shorter one.
  private static func cut(in text: Substring, atMost most: Int) -> String.Index? {
    let scalars = text.unicodeScalars
    guard
      let limit = scalars.index(scalars.startIndex, offsetBy: most, limitedBy: scalars.endIndex),
      limit < scalars.endIndex
    else { return nil }
    var (pause, blank, last): (String.Index?, String.Index?, String.Index?)
    var position = text.startIndex
    while position < limit {
      let next = text.index(after: position)
      guard next <= limit else { break }
      if ",;:，、：".contains(text[position]) { pause = next }
      if text[position].isWhitespace { blank = next }
      last = next
      position = next
    }
    // A single character of so many code points is cut in its middle.
    return pause ?? blank ?? last ?? limit
  }
}
