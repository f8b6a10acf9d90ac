import Markdown
import Screen

/// Lays a block of code out: never reflowed, with a bar at its left and its language above it.
struct CodeLayout {
  let context: ViewContext
  let columns: Int

  func rows(of code: CodeBlock, isContinuation: Bool, _ continuation: inout BlockContinuation)
    -> [[Cell]]
  {
    var highlighter = continuation.highlighter ?? CodeHighlighter(language: code.language)
    let head = isContinuation ? [] : title(of: code, number: continuation.number(code))
    let rows = head + code.lines.flatMap { self.rows(of: $0, &highlighter) }
    continuation.highlighter = highlighter
    return rows
  }

  /// The language, the file and the number, above the first piece.
  ///
  /// The first block of a reply needs no number: so none appears above the end while it streams.
  func title(of code: CodeBlock, number: Int?) -> [[Cell]] {
    let title = context.cells(code.title, context.theme.dim)
    let name = (number ?? 1) > 1 ? "code \(number ?? 1)" : ""
    let gap = title.isEmpty || name.isEmpty ? "" : " \(context.glyphs.separator) "
    let mark = context.cells(gap + name, context.theme.dim)
    let shown = title.count + mark.count > columns && !title.isEmpty ? title : title + mark
    return shown.isEmpty ? [] : [shown.truncated(to: columns, rules: context.rules)]
  }

  /// Reads code that is out of sight, for what follows it.
  func pass(_ code: CodeBlock, _ continuation: inout BlockContinuation) {
    var highlighter = continuation.highlighter ?? CodeHighlighter(language: code.language)
    if highlighter.isKnown {
      for line in code.lines { _ = highlighter.highlight(line: line) }
    }
    continuation.highlighter = highlighter
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

/// The rows of a block of code that is still growing: only its last line is laid out again.
struct GrowingCode {
  /// The lines that are laid out, and what follows them is read with.
  private var lines: [String] = []
  private var rows: [[Cell]]
  private var highlighter: CodeHighlighter

  init(
    _ code: CodeBlock, isContinuation: Bool, _ continuation: BlockContinuation, _ layout: CodeLayout
  ) {
    var continuation = continuation
    rows = isContinuation ? [] : layout.title(of: code, number: continuation.number(code))
    highlighter = continuation.highlighter ?? CodeHighlighter(language: code.language)
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
