import SeededNumbers

/// Random Markdown: bits that people and models write, and bits that are traps for a parser that
/// sees text grow.
struct RandomMarkdown {
  static let bits = [
    "word", " ", " ", "\n", "\n", "\n\n", "- ", "\n- item", "\n  - inner", "\n1. ", "\n2) ", "> ",
    "\n> quote", "\n```\n", "\n```swift\n", "\n~~~\n", "\n    code", "# ", "\n## head", "\n===\n",
    "\n---\n", "***", "**", "*", "_", "~~", "`", "``", "\n| a | b |\n|---|:-:|\n", "\n| c | d |",
    "|", "\na|b\n-|-\n1|2\n", "[x]", "[a](b)", "![i](j)", "<b>", "\n<div>\n", "</div>", "<!--",
    "-->",
    "\\", "\\\n", "  \n", "&amp;", "$x_1$", "$$", "\n$$\n", "\\(", "\\)", "\\[", "\\]", "$5", "中文",
    "**粗体。**测试", "“引号”", "。", "，", "😀", "é", "\t", "1", ".", "\n- [ ] task", "\n   para",
    "www.a.org", "\n\n\n", "\r\n", "\n* * *\n", "\n+ plus", "\n10. ten", "!", "text text",
  ]

  var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  mutating func text(bits count: Int) -> String {
    (0..<count).map { _ in Self.bits.randomElement(using: &generator) ?? "" }.joined()
  }

  /// `text` in random parts, as a stream might bring it.
  mutating func parts(of text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    var parts: [String] = []
    var index = 0
    while index < scalars.count {
      let end = min(scalars.count, index + Int.random(in: 1...9, using: &generator))
      parts.append(String(String.UnicodeScalarView(scalars[index..<end])))
      index = end
    }
    return parts
  }

  /// `text` in parts of `size` scalars.
  static func parts(of text: String, size: Int) -> [String] {
    let scalars = Array(text.unicodeScalars)
    return stride(from: 0, to: scalars.count, by: size).map { start in
      String(String.UnicodeScalarView(scalars[start..<min(start + size, scalars.count)]))
    }
  }
}
