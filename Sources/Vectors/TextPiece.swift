import Files

/// A piece of a file that gets a vector of its own, with the line on which it begins.
package struct TextPiece: Equatable, Sendable {
  package var text: String
  /// From 1 on.
  package var line: Int

  package init(text: String, line: Int) {
    self.text = text
    self.line = line
  }

  /// The SHA-256 of the text, by which a piece that has a vector already is known.
  package var digest: [UInt8] {
    var hash = SHA256()
    hash.update(Array(text.utf8))
    return hash.finish()
  }
}

extension TextPiece {
  /// The longest piece, in bytes of UTF-8: some 500 tokens of English, which say one thing or a few.
  package static let usualBytes = 2_000

  /// Each line of the text that has any words, as a piece.
  package static func lines(of text: String) -> [TextPiece] {
    split(text).enumerated().compactMap {
      guard $1.contains(where: { !$0.isWhitespace }) else { return nil }
      return TextPiece(text: String($1), line: $0 + 1)
    }
  }

  /// The lines as editors count them, with those of Windows.
  private static func split(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  /// The text in pieces of at most `most` bytes, cut at blank lines where that can be, else at line breaks,
  /// else between words, else between characters.
  ///
  /// - Complexity: linear in the text.
  package static func pieces(of text: String, atMost most: Int = usualBytes) -> [TextPiece] {
    var collector = PieceCollector(most: most)
    for (index, line) in split(text).enumerated() { collector.add(line, number: index + 1) }
    return collector.finish()
  }
}

/// Joins lines until the next paragraph would make the piece too long.
private struct PieceCollector {
  let most: Int
  private var pieces: [TextPiece] = []
  /// The piece that grows; its paragraphs that have ended.
  private var whole = ""
  private var wholeLine = 1
  /// The paragraph that has begun behind them.
  private var paragraph = ""
  private var paragraphLine = 1

  init(most: Int) { self.most = most }

  mutating func add(_ line: Substring, number: Int) {
    guard line.contains(where: { !$0.isWhitespace }) else { return endParagraph() }
    if paragraph.utf8.count + line.utf8.count + 1 > most {
      endParagraph()
      endPiece()
    }
    guard line.utf8.count <= most else { return addLong(line, number: number) }
    if paragraph.isEmpty { paragraphLine = number } else { paragraph += "\n" }
    paragraph += line
  }

  mutating func finish() -> [TextPiece] {
    endParagraph()
    endPiece()
    return pieces
  }

  private mutating func endParagraph() {
    guard !paragraph.isEmpty else { return }
    if whole.utf8.count + paragraph.utf8.count + 2 > most { endPiece() }
    if whole.isEmpty { wholeLine = paragraphLine } else { whole += "\n\n" }
    whole += paragraph
    paragraph = ""
  }

  private mutating func endPiece() {
    guard !whole.isEmpty else { return }
    pieces.append(TextPiece(text: whole, line: wholeLine))
    whole = ""
  }

  /// Cuts a line that is longer than a piece may be.
  private mutating func addLong(_ line: Substring, number: Int) {
    var rest = line
    while !rest.isEmpty {
      let end = rest.cut(atMost: most)
      let piece = rest[..<end]
      if piece.contains(where: { !$0.isWhitespace }) {
        pieces.append(TextPiece(text: String(piece), line: number))
      }
      rest = rest[end...]
    }
  }
}

extension Substring {
  /// The end of the first part that has at most so many bytes: behind the last blank, else anywhere.
  fileprivate func cut(atMost most: Int) -> Index {
    guard utf8.count > most else { return endIndex }
    var (end, blank, bytes) = (startIndex, startIndex, 0)
    while end < endIndex {
      bytes += self[end].utf8.count
      if bytes > most, end > startIndex { break }
      let next = index(after: end)
      if self[end].isWhitespace { blank = next }
      end = next
    }
    return blank > startIndex && end < endIndex ? blank : end
  }
}
