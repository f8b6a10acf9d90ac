import Screen
import Testing

struct DisplayWidthTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let scalar: Unicode.Scalar
    let columns: Int
    var testDescription: String { name }
  }

  /// What glibc 2.36's `wcwidth` answers.
  static let glibc = [
    Case(name: "a letter", scalar: "a", columns: 1),
    Case(name: "a Han character", scalar: "漢", columns: 2),
    Case(name: "a kana", scalar: "あ", columns: 2),
    Case(name: "a halfwidth kana", scalar: "ｱ", columns: 1),
    Case(name: "a fullwidth letter", scalar: "Ａ", columns: 2),
    Case(name: "a Hangul syllable", scalar: "한", columns: 2),
    Case(name: "a leading jamo", scalar: "\u{1100}", columns: 2),
    Case(name: "a vowel jamo", scalar: "\u{1161}", columns: 0),
    Case(name: "an ideographic full stop", scalar: "。", columns: 2),
    Case(name: "an emoji", scalar: "🙂", columns: 2),
    Case(name: "a text emoji", scalar: "\u{2764}", columns: 1),
    Case(name: "half a flag", scalar: "\u{1F1E8}", columns: 1),
    Case(name: "a combining acute", scalar: "\u{301}", columns: 0),
    Case(name: "a Devanagari spacing vowel", scalar: "\u{93E}", columns: 1),
    Case(name: "a Devanagari virama", scalar: "\u{94D}", columns: 0),
    Case(name: "a Thai vowel above", scalar: "\u{E34}", columns: 0),
    Case(name: "an Arabic number sign", scalar: "\u{600}", columns: 1),
    Case(name: "a private use character", scalar: "\u{E0B0}", columns: 1),
    Case(name: "an ideograph of plane 2", scalar: "\u{20000}", columns: 2),
    Case(name: "an ideograph of plane 3", scalar: "\u{30000}", columns: 2),
    Case(name: "an Egyptian hieroglyph", scalar: "\u{13000}", columns: 1),
  ]

  @Test(arguments: glibc)
  func `A scalar is as wide as glibc says`(_ row: Case) {
    #expect(DisplayWidth.columns(of: row.scalar) == row.columns)
  }

  @Test(arguments: ["α", "Ж", "“", "…", "①", "─", "×", "\u{FFFD}", "\u{E000}"])
  func `East Asian ambiguous characters follow the rules`(_ scalar: Unicode.Scalar) {
    #expect(DisplayWidth.columns(of: scalar) == 1)
    #expect(DisplayWidth.columns(of: scalar, rules: WidthRules(ambiguousIsWide: true)) == 2)
  }

  @Test(arguments: ["a", "é", "ﬁ", "ｱ", "₩"])
  func `Narrow characters stay narrow on an East Asian terminal`(_ scalar: Unicode.Scalar) {
    let expected = scalar == "é" ? 2 : 1  // é is ambiguous by EastAsianWidth, the others are N or H
    #expect(
      DisplayWidth.columns(of: scalar, rules: WidthRules(ambiguousIsWide: true)) == expected)
  }

  @Test func `Combining marks are no wider where ambiguous characters are wide`() {
    let acute: Unicode.Scalar = "\u{301}"
    #expect(DisplayWidth.columns(of: acute, rules: WidthRules(ambiguousIsWide: true)) == 0)
  }

  @Test func `The columns of a text are counted after sanitising`() {
    #expect(DisplayWidth.columns(of: "") == 0)
    #expect(DisplayWidth.columns(of: "plain text") == 10)
    #expect(DisplayWidth.columns(of: "你好, world") == 11)
    #expect(DisplayWidth.columns(of: "👨‍👩‍👧") == 6)
    #expect(DisplayWidth.columns(of: "a\tb") == 9)
    #expect(DisplayWidth.columns(of: "\u{1B}[1m") == 4)
    #expect(DisplayWidth.columns(of: "\u{202E}") == 0)
  }
}
