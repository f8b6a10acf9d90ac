import Language
import Markdown

/// One thing that a voice says.
struct SpokenSentence: Equatable, Sendable {
  var text: String
  /// The same as the transcript shows it; nil where a word stands for code or a table.
  var shown: String?
  /// The byte of the message's text at which it begins, or a little before.
  var byteOffset = 0
}

/// Makes what a voice says of Markdown as it comes: sentences without marks; code, tables and links in a
/// word.
struct SpokenTextReader: Equatable, Sendable {
  /// What of a line was not said yet.
  private var line = ""
  /// The lines of the block of code that is open; nil outside of one.
  private var codeLines: Int?
  private var tableRows = 0
  /// How many bytes were read, and with which of them the line and the block of code or the table began.
  private var position = 0
  private var lineStart = 0
  private var blockStart = 0

  /// The sentences that this text completes.
  mutating func feed(_ text: some StringProtocol, in language: Language) -> [SpokenSentence] {
    var said: [SpokenSentence] = []
    for character in text {
      position += character.utf8.count
      if character.isNewline {
        said += endLine(language)
        continue
      }
      if codeLines == nil, !isTable, endsSentence(before: character) {
        said += sentence(line[...], language)
        beginLine()
        // The blank behind a sentence belongs to none.
        if character.isWhitespace { continue }
        lineStart -= character.utf8.count
      }
      line.append(character)
    }
    return said
  }

  private mutating func beginLine() {
    line = ""
    lineStart = position
  }

  /// What is left at the end.
  mutating func finish(in language: Language) -> [SpokenSentence] {
    var said = endLine(language)
    if let count = codeLines { said.append(code(count, language)) }
    codeLines = nil
    return said + endTable(language)
  }

  /// Whether the line is a sentence by now, since `next` follows.
  ///
  /// At a blank it shows mostly; some stops end a sentence unless a small letter or a digit follows the blank,
  /// and to those of East Asian scripts, which have no blank, quotes belong that close.
  private func endsSentence(before next: Character) -> Bool {
    guard let last = line.last else { return false }
    if last.isWhitespace {
      guard !next.isWhitespace else { return false }
      let end = Self.end(of: line[...line.lastNonBlank])
      return end != .none && end != .certain && end.holds(before: next)
    }
    if next.isWhitespace { return Self.end(of: line[...]) == .certain }
    let isOpen = Self.closers.contains(next) || Self.stops.contains(next)
    let marks = Self.marks(behind: line[...])
    return !isOpen && marks.contains { Self.wideStops.contains($0) }
  }

  private static let wideStops: Set<Character> = ["。", "！", "？"]
  private static let stops: Set<Character> = wideStops.union([".", "!", "?", "…", ":"])
  private static let closers: Set<Character> = [
    "\"", ")", "”", "’", "»", "」", "』", "）", "》", "】",
  ]

  /// The stop that ends a line, with what closes with it; none where it ends without.
  private static func marks(behind line: Substring) -> Substring {
    var marks = line.suffix(0)
    while let last = line[..<marks.startIndex].last,
      stops.contains(last) || closers.contains(last)
    {
      marks = line[line.index(before: marks.startIndex)...]
    }
    return marks.drop { closers.contains($0) }
  }

  /// What the stop is that ends a line: behind numbers of lists, and colons of a word or two, no sentence ends.
  private static func end(of line: Substring) -> SentenceEnd {
    let marks = marks(behind: line)
    let words = line[..<marks.startIndex].drop { " \t>-*+".contains($0) }
    guard let before = words.last, !marks.isEmpty else { return .none }
    if marks.first == ":" {
      return marks.count == 1 && before.isLetter && line.count > 20 ? .certain : .none
    }
    return SentenceEnd(marks, behind: words)
  }

  private var isTable: Bool { line.drop { $0 == " " }.hasPrefix("|") }

  private mutating func endLine(_ language: Language) -> [SpokenSentence] {
    defer { beginLine() }
    if PlainWords.isFence(line[...]) {
      let before = endTable(language)
      guard let count = codeLines else {
        codeLines = 0
        blockStart = lineStart
        return before
      }
      codeLines = nil
      return before + [code(count, language)]
    }
    if let count = codeLines {
      codeLines = count + 1
      return []
    }
    if isTable {
      if tableRows == 0 { blockStart = lineStart }
      tableRows += 1
      return []
    }
    return endTable(language) + sentence(line[...], language)
  }

  private mutating func endTable(_ language: Language) -> [SpokenSentence] {
    defer { tableRows = 0 }
    guard tableRows > 0 else { return [] }
    // The head and the line below it are no rows.
    let phrase = say("A table, rows: \(max(1, tableRows - 2)).")
    return [SpokenSentence(text: phrase.text(in: language), byteOffset: blockStart)]
  }

  private func code(_ lines: Int, _ language: Language) -> SpokenSentence {
    let phrase = say("Code, lines: \(lines).")
    return SpokenSentence(text: phrase.text(in: language), byteOffset: blockStart)
  }

  private func sentence(_ text: Substring, _ language: Language) -> [SpokenSentence] {
    let words = text.drop { " \t>".contains($0) }
    let isItem = ["- ", "* ", "+ "].contains { words.hasPrefix($0) }
    let shown = PlainWords(of: isItem ? words.dropFirst(2) : words).text
    let spoken = shown.split(separator: " ").map { word in
      word.hasPrefix("http://") || word.hasPrefix("https://")
        ? say("a link").text(in: language) : String(word)
    }.joined(separator: " ")
    guard spoken.contains(where: { $0.isLetter || $0.isNumber }) else { return [] }
    return [SpokenSentence(text: spoken, shown: shown, byteOffset: lineStart)]
  }
}

extension String {
  /// The place of the last character that is no blank; that of the first where there is none.
  fileprivate var lastNonBlank: Index { lastIndex { !$0.isWhitespace } ?? startIndex }
}
