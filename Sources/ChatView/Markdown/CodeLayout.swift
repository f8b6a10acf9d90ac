import Markdown
import Screen

/// Lays a block of code out: never reflowed, with a bar at its left and its language above it.
struct CodeLayout {
  let context: ViewContext
  let columns: Int

  func rows(of code: CodeBlock, _ block: Block) -> [[Cell]] {
    var rows: [[Cell]] = []
    if !block.isContinuation, !code.language.isEmpty {
      rows.append(context.cells(code.language, context.theme.dim))
    }
    for line in code.lines {
      rows += self.rows(of: StyledLine(line))
    }
    return rows
  }

  /// A line that is too long goes on below a broken bar, cut wherever the room ends.
  private func rows(of line: StyledLine) -> [[Cell]] {
    let bar = context.cells(context.glyphs.vertical + " ", context.theme.codeBar)
    let broken = context.cells(context.glyphs.continuation + " ", context.theme.codeBar)
    let wrapping = Wrapping(columns: max(4, columns - bar.count), unit: .characters)
    let rows = line.cells(rules: context.rules).wrapped(by: wrapping)
    return rows.enumerated().map { ($0 == 0 ? bar : broken) + $1 }
  }
}
