import SeededNumbers

extension SeededGenerator {
  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }

  /// Markdown whose marks have no letters, so that a reader shall see every letter of it.
  mutating func markdown(blocks: Int) -> String {
    (0..<blocks).map { _ in block() }.joined(separator: "\n\n")
  }

  private mutating func block() -> String {
    switch below(7) {
    case 0: String(repeating: "#", count: 1 + below(6)) + " " + words(6)
    case 1:
      (0...below(5)).map { "- " + words(9) + ($0 > 1 ? "\n  - " + words(9) : "") }.joined(
        separator: "\n")
    case 2: "> " + words(20) + "\n>\n> " + words(4)
    case 3: "```\n" + (0...below(9)).map { _ in words(15) + "\n" }.joined() + "```"
    case 4: "1. " + words(4) + "\n   1. " + words(30) + "\n      - " + words(12)
    case 5: "[" + words(2) + "](/" + words(1) + ") **" + words(3) + "**。" + words(3)
    default: words(60)
    }
  }

  /// A table; the letters of its rows stand side by side on the screen.
  mutating func table(columns: Int) -> String {
    let rows = (0...below(6)).map { _ in (0..<columns).map { _ in words(3) } }
    let delimiters = [Array(repeating: "---", count: columns)]
    return (rows.prefix(1) + delimiters + rows.dropFirst())
      .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private mutating func words(_ most: Int) -> String {
    let all = [
      "word", "a", "Wort", "栈道", "湖边的小路，", "「引」", "très", "antidisestablishmentarianism",
      "日本語の文章です。", "x", "3", "2026", "слово", "한국어", "é", "👍",
    ]
    return (0...below(most)).map { _ in all[below(all.count)] }.joined(separator: " ")
  }
}
