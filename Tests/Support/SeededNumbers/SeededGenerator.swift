/// A small generator whose numbers depend on its seed alone, so that failures repeat.
///
/// SplitMix64 (Steele, Lea and Flood 2014).
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A line of text without line feeds: words, CJK, emoji, marks, controls and stray scalars.
  package mutating func line(pieces: Int) -> String {
    (0..<Int.random(in: 0...pieces, using: &self)).map { _ in piece() }.joined()
  }

  private mutating func piece() -> String {
    let kinds: [[String]] = [
      [" ", "  ", " ", "     "],
      ["word", "a", "antidisestablishmentarianism", "3.14", "-v", "--flag", "well-known", "don't"],
      ["你", "好", "世界", "。", "，", "「", "」", "ー", "っ", "（", "）", "……", "한국", "“", "”"],
      ["🙂", "👨‍👩‍👧", "🇨🇳", "👍🏽", "❤️", "1️⃣", "e\u{301}", "\u{301}", "\u{1100}\u{1161}"],
      ["\u{1B}[31m", "\u{7}", "\u{9B}", "\u{202E}", "\u{200B}", "\t", "\r", "\u{AD}", "\u{0}"],
      ["https://example.com/a/b?c=d&e=f#g", "/usr/local/bin", "ก็", "हिन्दी", "ﷺ", "α", "①"],
    ]
    if Int.random(in: 0..<12, using: &self) == 0 { return String(anyScalar()) }
    return kinds.randomElement(using: &self)?.randomElement(using: &self) ?? ""
  }

  private mutating func anyScalar() -> Character {
    let value = UInt32.random(in: 0...0x10_FFFF, using: &self)
    guard value != 0x0A, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
    return Character(scalar)
  }
}
