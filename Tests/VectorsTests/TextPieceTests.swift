import SeededNumbers
import Testing
import Vectors

@Suite struct TextPieceTests {
  @Test func `Paragraphs share a piece until it is full`() {
    let pieces = TextPiece.pieces(of: "one\ntwo\n\nthree\n\n\nfour five\n", atMost: 14)
    #expect(pieces.map(\.text) == ["one\ntwo\n\nthree", "four five"])
    #expect(pieces.map(\.line) == [1, 7])
  }

  @Test func `A long line is cut between words, and one without any anywhere`() {
    #expect(TextPiece.pieces(of: "one two three", atMost: 8).map(\.text) == ["one two ", "three"])
    #expect(TextPiece.pieces(of: "你好世界", atMost: 7).map(\.text) == ["你好", "世界"])
  }

  @Test func `Blank lines are no texts`() {
    #expect(TextPiece.lines(of: "a\r\n \n\nb").map(\.text) == ["a", "b"])
    #expect(TextPiece.lines(of: "a\r\n \n\nb").map(\.line) == [1, 4])
    #expect(TextPiece.pieces(of: " \n\n") == [])
  }

  @Test func `Nothing is lost, and no piece is too long`() {
    for seed in UInt64(1)...50 {
      var numbers = SeededGenerator(seed: seed)
      let lines = (0..<20).map { _ in numbers.line(pieces: 12) }
      let text = lines.joined(separator: "\n")
      let pieces = TextPiece.pieces(of: text, atMost: 60)
      let words = text.filter { !$0.isWhitespace }
      #expect(String(pieces.flatMap(\.text).filter { !$0.isWhitespace }) == words, "seed \(seed)")
      // One letter of many scalars may be longer.
      #expect(pieces.allSatisfy { $0.text.utf8.count <= 60 || $0.text.count == 1 }, "seed \(seed)")
    }
  }
}
