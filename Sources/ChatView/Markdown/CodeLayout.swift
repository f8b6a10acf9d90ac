import Markdown
import Screen

/// Lays a block of code out: never reflowed, with a bar at its left and its language above it.
struct CodeLayout {
  let context: ViewContext
  let columns: Int

  func rows(of code: CodeBlock, isContinuation: Bool, _ carry: inout BlockCarry) -> [[Cell]] {
    var rows: [[Cell]] = []
    if !isContinuation, !code.language.isEmpty {
      let name = context.cells(code.language, context.theme.dim)
      rows.append(name.truncated(to: columns, rules: context.rules))
    }
    for line in code.lines { rows += self.rows(of: StyledLine(line)) }
    return rows
  }

  func pass(_ code: CodeBlock, _ carry: inout BlockCarry) {}

  /// A line that is too long goes on below a broken bar, cut wherever the room ends.
  private func rows(of line: StyledLine) -> [[Cell]] {
    let bar = context.cells(context.glyphs.vertical + " ", context.theme.bars)
    let broken = context.cells(context.glyphs.continuation + " ", context.theme.bars)
    let wrapping = Wrapping(columns: max(2, columns - bar.count), unit: .characters)
    let rows = line.cells(rules: context.rules).wrapped(by: wrapping)
    return rows.enumerated().map { ($0 == 0 ? bar : broken) + $1 }
  }
}
