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
    Row("Wait… what?! No", ["Wait… what?! ", "No"]),
    Row("Dr. Smith said so, e.g. to me. Yes", ["Dr. Smith said so, e.g. to me. ", "Yes"]),
    Row("Nuts, etc. Then at 5 p.m. tea.", ["Nuts, etc. ", "Then at 5 p.m. tea."]),
    Row("See No. 5.\nOn Jan. 3 too. No. 2", ["See No. 5.\n", "On Jan. 3 too. ", "No. 2"]),
    Row("他说：「好！」然后走了。《书。》完", ["他说：「好！」", "然后走了。", "《书。》", "完"]),
    Row("Mr.\nSmith", ["Mr.\n", "Smith"]), Row("", []), Row("no stop", ["no stop"]),
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

  struct Script: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
  }

  /// Texts of which a character has several code points.
  static let scripts = [
    Script(
      testDescription: "a file of Windows",
      text: String(repeating: "This is a line of a letter.\r\n", count: 400)),
    Script(
      testDescription: "Hindi",
      text: String(repeating: "यह हिन्दी में लिखा हुआ एक वाक्य है। ", count: 300)),
    Script(
      testDescription: "decomposed Vietnamese",
      text: String(
        repeating: "Tie\u{302}\u{301}ng Vie\u{323}\u{302}t la\u{300} no\u{301}. ", count: 300)),
    Script(
      testDescription: "families", text: String(repeating: "👨‍👩‍👧‍👦", count: 2_000)),
    Script(
      testDescription: "one character", text: "a" + String(repeating: "\u{301}", count: 9_000)),
  ]

  @Test(arguments: scripts)
  func `Servers count code points, and so do pieces`(script: Script) {
    let pieces = SpokenPieces.pieces(of: script.text)
    #expect(pieces.allSatisfy { $0.unicodeScalars.count <= 4_096 })
    #expect(pieces.joined().unicodeScalars.elementsEqual(script.text.unicodeScalars))
    // Each but the last is nearly full: no request more than is needed.
    #expect(pieces.dropLast().allSatisfy { $0.unicodeScalars.count > 4_000 })
    #expect(SpokenPieces.length(of: "e\u{301}\r\n") == 4)
  }

  @Test func `No character is cut in its middle where it need not be`() {
    let family = "👨‍👩‍👧‍👦"
    let pieces = SpokenPieces.pieces(of: String(repeating: family, count: 5), atMost: 15)
    #expect(pieces == [family + family, family + family, family])
  }

  @Test func `Nothing is lost, and no piece is too long`() {
    for seed in UInt64(1)...50 {
      var numbers = SeededGenerator(seed: seed)
      let text = (0..<20).map { _ in numbers.line(pieces: 12) }.joined(separator: " ")
      #expect(SpokenPieces.sentences(of: text).joined() == text)
      let pieces = SpokenPieces.pieces(of: text, atMost: 40)
      #expect(pieces.allSatisfy { $0.unicodeScalars.count <= 40 }, "seed \(seed)")
      #expect(pieces.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
    }
  }
}
