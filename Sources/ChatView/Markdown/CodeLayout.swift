import Markdown
import Screen

/// Lays a block of code out: never reflowed, with a bar at its left and its language above it.
struct CodeLayout {
  let context: ViewContext
  let columns: Int

  func rows(of code: CodeBlock, isContinuation: Bool, _ carry: inout BlockCarry) -> [[Cell]] {
    var highlighter = carry.highlighter ?? CodeHighlighter(language: code.language)
    let head = isContinuation ? [] : title(of: code)
    let rows = head + code.lines.flatMap { self.rows(of: $0, &highlighter) }
    carry.highlighter = highlighter
    return rows
  }

  /// The language and the file, above the first piece.
  func title(of code: CodeBlock) -> [[Cell]] {
    let title = code.title
    guard !title.isEmpty else { return [] }
    return [
      context.cells(title, context.theme.dim).truncated(to: columns, rules: context.rules)
    ]
  }

  /// Reads code that is out of sight, for what follows it.
  func pass(_ code: CodeBlock, _ carry: inout BlockCarry) {
    var highlighter = carry.highlighter ?? CodeHighlighter(language: code.language)
    if highlighter.isKnown {
      for line in code.lines { _ = highlighter.highlight(line: line) }
    }
    carry.highlighter = highlighter
  }

  /// A line that is too long goes on below a broken bar, cut wherever the room ends.
  func rows(of line: String, _ highlighter: inout CodeHighlighter) -> [[Cell]] {
    let runs = highlighter.highlight(line: line)
    let cells = StyledLine(runs.map { StyledRun($0.text, style(of: $0.kind)) })
      .cells(rules: context.rules)
    let bar = context.cells(context.glyphs.vertical + " ", context.theme.bars)
    let broken = context.cells(context.glyphs.continuation + " ", context.theme.bars)
    let wrapping = Wrapping(columns: max(2, columns - bar.count), unit: .characters)
    return cells.wrapped(by: wrapping).enumerated().map { ($0 == 0 ? bar : broken) + $1 }
  }

  private func style(of kind: CodeKind) -> Style {
    let syntax = context.theme.syntax
    return switch kind {
    case .plain: context.theme.text
    case .keyword: syntax.keyword
    case .type: syntax.type
    case .string: syntax.string
    case .number: syntax.number
    case .comment: syntax.comment
    case .function: syntax.function
    case .attribute: syntax.attribute
    case .key: syntax.key
    case .inserted: syntax.inserted
    case .deleted: syntax.deleted
    case .heading: context.theme.heading
    }
  }
}
