import Markdown
import Screen

/// Lays Markdown's blocks out in rows of cells.
///
/// Blocks come in pieces of a few dozen lines, so that one block is never much work.
struct BlockLayout {
  let context: ViewContext
  /// The width of the rows, in columns.
  let columns: Int

  /// The rows of a block, with the blank row above it where it stands apart from the one before.
  func rows(of block: Block, isFirst: Bool) -> [[Cell]] {
    let gap = isFirst || block.isContinuation ? [] : [[Cell]()]
    return gap + rows(of: block)
  }

  /// The rows of blocks inside a list item or a quote, apart where their source is.
  func rows(of blocks: [Block]) -> [[Cell]] {
    var rows: [[Cell]] = []
    for (index, block) in blocks.enumerated() {
      if index > 0, block.followsBlankLine, !block.isContinuation { rows.append([]) }
      rows += self.rows(of: block)
    }
    return rows
  }

  private func rows(of block: Block) -> [[Cell]] {
    switch block.content {
    case .heading(let level, let runs): heading(level, runs)
    case .paragraph(let runs): wrapped(InlineLayout(context).lines(runs))
    case .list(let list): rows(of: list)
    case .quote(let blocks): quote(blocks)
    case .code(let code): CodeLayout(context: context, columns: columns).rows(of: code, block)
    case .table(let table): TableLayout(context: context, columns: columns).rows(of: table, block)
    case .thematicBreak: [rule]
    case .html(let lines): wrapped(lines.map { StyledLine($0, context.theme.dim) })
    }
  }

  private var rule: [Cell] {
    context.cells(
      String(repeating: context.glyphs.horizontal, count: min(columns, 24)), context.theme.rule)
  }

  /// Levels are told apart without colour by their marks, as people write them.
  private func heading(_ level: Int, _ runs: [InlineRun]) -> [[Cell]] {
    let mark = StyledRun(String(repeating: "#", count: level) + " ", context.theme.dim)
    let lines = InlineLayout(context, base: context.theme.heading).lines(runs)
    return wrapped(lines.enumerated().map { $0 == 0 ? StyledLine([mark]) + $1 : $1 })
  }

  private func quote(_ blocks: [Block]) -> [[Cell]] {
    let bar = context.cells(context.glyphs.vertical + " ", context.theme.codeBar)
    let inner = BlockLayout(context: context, columns: max(4, columns - bar.count))
    return inner.rows(of: blocks).map { bar + $0 }
  }

  private func rows(of list: List) -> [[Cell]] {
    var rows: [[Cell]] = []
    for (index, item) in list.items.enumerated() {
      if index > 0, item.followsBlankLine { rows.append([]) }
      rows += self.rows(of: item, marker: marker(list, index, item))
    }
    return rows
  }

  private func marker(_ list: List, _ index: Int, _ item: ListItem) -> String {
    if let task = item.task {
      return (task == .done ? context.glyphs.done : context.glyphs.open) + " "
    }
    // The last number's width holds for all, so that the texts stand below each other.
    let width = String(list.start + list.items.count - 1).count
    let number = String(list.start + index)
    let padded = String(repeating: " ", count: max(0, width - number.count)) + number
    return switch list.marker {
    case .bullet: context.glyphs.bullet + " "
    case .period: padded + ". "
    default: padded + ") "
    }
  }

  private func rows(of item: ListItem, marker: String) -> [[Cell]] {
    let mark = context.cells(marker, context.theme.prompt)
    let inner = BlockLayout(context: context, columns: max(4, columns - mark.count))
    let rows = inner.rows(of: item.blocks)
    let indent = Array(repeating: Cell.blank, count: mark.count)
    guard !rows.isEmpty else { return [mark] }
    return rows.enumerated().map { index, row in
      row.isEmpty ? row : (index == 0 ? mark : indent) + row
    }
  }

  private func wrapped(_ lines: [StyledLine]) -> [[Cell]] {
    lines.flatMap { $0.wrapped(to: columns, rules: context.rules) }
  }
}
