import Language

/// Text that is cut where a voice can pause, so that pieces follow each other as if they were one.
package enum SpokenPieces {
  /// The most code points that one call speaks: `maxLength` of `input` in the OpenAI API reference, audio/speech,
  /// as JSON Schema counts it (Validation §6.3.1).
  package static let longest = 4_096

  /// The sentences of a text, with the blanks that follow them: joined they are the text.
  ///
  /// A sentence ends at a line break, behind a full stop, a question or an exclamation mark and what closes
  /// with it where a blank follows and it is no part of a word (``SentenceEnd``), and behind the stops of East
  /// Asian scripts.
  ///
  /// - Complexity: linear in the text.
  package static func sentences(of text: some StringProtocol) -> [String] {
    let characters = Array(text)
    var sentences: [String] = []
    var (start, position) = (0, 0)
    while position < characters.count {
      let mark = position
      position += 1
      guard characters[mark].isNewline || isStop(characters[mark]) else { continue }
      while position < characters.count, closes(characters[position]) { position += 1 }
      let marks = characters[mark..<position]
      while position < characters.count, characters[position].isWhitespace { position += 1 }
      let blanks = characters[marks.endIndex..<position]
      guard isEnd(marks, blanks, characters[start..<mark], before: characters[position...].first)
      else { continue }
      sentences.append(String(characters[start..<position]))
      start = position
    }
    if start < characters.count { sentences.append(String(characters[start...])) }
    return sentences
  }

  /// Whether a sentence of those words ends with these marks and blanks.
  private static func isEnd(
    _ marks: ArraySlice<Character>, _ blanks: ArraySlice<Character>,
    _ words: ArraySlice<Character>, before next: Character?
  ) -> Bool {
    let isSure = marks.first.map { $0.isNewline || wideStops.contains($0) } ?? true
    if isSure || next == nil || blanks.contains(where: \.isNewline) { return true }
    return !blanks.isEmpty && SentenceEnd(marks, behind: words).holds(before: next)
  }

  private static func isStop(_ mark: Character) -> Bool {
    wideStops.contains(mark) || ".!?…".contains(mark)
  }

  private static func closes(_ character: Character) -> Bool {
    closers.contains(character) || isStop(character)
  }

  private static let wideStops: Set<Character> = ["。", "！", "？", "；"]
  private static let closers: Set<Character> = [
    "\"", "'", ")", "]", "”", "’", "»", "」", "』", "）", "》", "〉", "】", "〕", "］", "＂",
  ]

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
