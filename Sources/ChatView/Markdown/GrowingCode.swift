import Markdown
import Screen

/// The rows of a block of code that is still growing: only its last line is laid out again.
struct GrowingCode {
  /// The lines that are laid out, and what follows them is read with.
  private var lines: [String] = []
  private var rows: [[Cell]]
  private var highlighter: CodeHighlighter

  init(_ code: CodeBlock, isContinuation: Bool, _ carry: BlockCarry, _ layout: CodeLayout) {
    var carry = carry
    rows = isContinuation ? [] : layout.title(of: code, number: carry.number(code))
    highlighter = carry.highlighter ?? CodeHighlighter(language: code.language)
  }

  /// The rows of what the block is now; nil if it is not the same block with more lines.
  mutating func rows(of code: CodeBlock, _ layout: CodeLayout) -> [[Cell]]? {
    guard code.lines.starts(with: lines) else { return nil }
    for line in code.lines.dropFirst(lines.count).dropLast() {
      rows += layout.rows(of: line, &highlighter)
      lines.append(line)
    }
    guard let last = code.lines.last, lines.count < code.lines.count else { return rows }
    var ahead = highlighter
    return rows + layout.rows(of: last, &ahead)
  }
}
