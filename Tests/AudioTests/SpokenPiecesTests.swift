import Audio
import SeededNumbers
import Testing

@Suite struct SpokenPiecesTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let text: String
    let sentences: [String]
    var testDescription: String { text }

    init(_ text: String, _ sentences: [String]) { (self.text, self.sentences) = (text, sentences) }
  }

  static let rows = [
    Row("One. Two! Three?", ["One. ", "Two! ", "Three?"]),
    Row("It costs 3.50 at a.b.c, no more. Yes.", ["It costs 3.50 at a.b.c, no more. ", "Yes."]),
    Row("“Go!” he said. (Now.) Then", ["“Go!” ", "he said. ", "(Now.) ", "Then"]),
    Row(
      "J. S. Bach wrote it in 1721. It is long.", ["J. S. Bach wrote it in 1721. ", "It is long."]),
    Row("1. First point\n2. Second", ["1. First point\n", "2. Second"]),
    Row("今天很好。明天呢？“走！”好", ["今天很好。", "明天呢？", "“走！”", "好"]),
    Row("Wait… what?! No", ["Wait… ", "what?! ", "No"]), Row("", []), Row("no stop", ["no stop"]),
  ]

  @Test(arguments: rows)
  func `Sentences end where a voice would`(row: Row) {
    #expect(SpokenPieces.sentences(of: row.text) == row.sentences)
  }

  @Test func `Pieces hold whole sentences, and as many as fit`() {
    #expect(
      SpokenPieces.pieces(of: "One one. Two two. Three.", atMost: 18)
        == ["One one. Two two. ", "Three."])
    #expect(
      SpokenPieces.pieces(of: "a long one, and more of it", atMost: 12)
        == ["a long one,", " and more ", "of it"])
    #expect(SpokenPieces.pieces(of: " \n ") == [])
  }

  @Test func `Nothing is lost, and no piece is too long`() {
    for seed in UInt64(1)...50 {
      var numbers = SeededGenerator(seed: seed)
      let text = (0..<20).map { _ in numbers.line(pieces: 12) }.joined(separator: " ")
      #expect(SpokenPieces.sentences(of: text).joined() == text)
      let pieces = SpokenPieces.pieces(of: text, atMost: 40)
      #expect(pieces.allSatisfy { $0.count <= 40 }, "seed \(seed)")
      #expect(pieces.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
    }
  }
}
