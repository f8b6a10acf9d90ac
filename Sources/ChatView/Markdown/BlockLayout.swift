import Markdown
import Screen

/// Lays Markdown's blocks out in rows of cells, none wider than `columns` if these are 8 or more.
///
/// Prose stays within the context's narrower measure; code and tables take what there is.
///
/// Blocks come in pieces of a few dozen lines, so that one block is never much work.
struct BlockLayout {
  let context: ViewContext
  let columns: Int
  /// The columns that this layout lost to bars and indents, which the measure loses as well.
  private let indent: Int

  init(context: ViewContext, columns: Int, indent: Int = 0) {
    self.context = context
    self.columns = columns
    self.indent = indent
  }

  /// The least columns beside bars and indents: texts nested deeper are not indented.
  private static let leastColumns = 10
  /// The most columns of bars and indents, for the same: each level costs a copy of all rows inside.
  private static let mostIndent = 24

  /// The rows of a block, which may go on where the block before it ended.
  func rows(of block: Block, _ continuation: inout BlockContinuation) -> [[Cell]] {
    switch block.content {
    case .heading(let level, let runs): heading(level, runs)
    case .paragraph(let runs): wrapped(InlineLayout(context).lines(runs))
    case .list(let list): rows(of: list, &continuation)
    case .quote(let blocks): quote(blocks, &continuation)
    case .code(let code):
      CodeLayout(context: context, columns: columns)
        .rows(of: code, isContinuation: block.isContinuation, &continuation)
    case .table(let table):
      TableLayout(context: context, columns: columns)
        .rows(of: table, isContinuation: block.isContinuation, &continuation)
    case .thematicBreak: [context.rule(min(columns, 24))]
    case .html(let lines): wrapped(lines.map { StyledLine($0, context.theme.dim) })
    }
  }

  /// Takes from a block what the next one goes on with, without laying it out.
  func pass(_ block: Block, _ continuation: inout BlockContinuation) {
    switch block.content {
    case .code(let code): CodeLayout(context: context, columns: columns).pass(code, &continuation)
    case .table(let table):
      TableLayout(context: context, columns: columns).pass(table, &continuation)
    default: break
    }
  }

  /// The rows of blocks inside a list item or a quote, apart where their source is.
  private func rows(of blocks: [Block], _ continuation: inout BlockContinuation) -> [[Cell]] {
    var rows: [[Cell]] = []
    var inner = BlockContinuation()
    for (index, block) in blocks.enumerated() {
      if index > 0, block.followsBlankLine, !block.isContinuation { rows.append([]) }
      if !block.isContinuation { inner = BlockContinuation() }
      inner.codeCount = continuation.codeCount
      rows += self.rows(of: block, &inner)
      continuation.codeCount = inner.codeCount
    }
    return rows
  }

  /// The levels are told apart by attributes, also without colour: the first is underlined as well.
  private func heading(_ level: Int, _ runs: [InlineRun]) -> [[Cell]] {
    wrapped(InlineLayout(context, base: context.theme.heading(level: level)).lines(runs))
  }

  private func quote(_ blocks: [Block], _ continuation: inout BlockContinuation) -> [[Cell]] {
    let bar = context.cells(context.glyphs.vertical + " ", context.theme.bars)
    guard hasRoom(for: bar.count) else { return rows(of: blocks, &continuation) }
    return narrower(by: bar.count).rows(of: blocks, &continuation).map { bar + $0 }
  }

  private func wrapped(_ lines: [StyledLine]) -> [[Cell]] {
    let columns = min(columns, max(Self.leastColumns, context.proseColumns - indent))
    return lines.flatMap { $0.wrapped(to: columns, rules: context.rules) }
  }

  private func hasRoom(for mark: Int) -> Bool {
    columns - mark >= Self.leastColumns && indent + mark <= Self.mostIndent
  }

  private func narrower(by columns: Int) -> BlockLayout {
    BlockLayout(context: context, columns: self.columns - columns, indent: indent + columns)
  }
}

// MARK: - Lists

extension BlockLayout {
  private func rows(of list: List, _ continuation: inout BlockContinuation) -> [[Cell]] {
    var rows: [[Cell]] = []
    for (index, item) in list.items.enumerated() {
      if index > 0, item.followsBlankLine { rows.append([]) }
      rows += self.rows(of: item, marker: marker(of: item, at: index, in: list), &continuation)
    }
    return rows
  }

  /// Each number has its own width, so that nothing moves when a list grows to its tenth item.
  private func marker(of item: ListItem, at index: Int, in list: List) -> String {
    switch (item.task, list.marker) {
    case (.done, _): context.glyphs.done + " "
    case (.open, _): context.glyphs.open + " "
    case (nil, .bullet): context.glyphs.bullet + " "
    case (nil, .period): "\(list.start + index). "
    case (nil, .parenthesis): "\(list.start + index)) "
    }
  }

  private func rows(
    of item: ListItem, marker: String, _ continuation: inout BlockContinuation
  ) -> [[Cell]] {
    let mark = context.cells(marker, context.theme.prompt)
    guard hasRoom(for: mark.count) else {
      return [mark] + rows(of: item.blocks, &continuation)
    }
    let rows = narrower(by: mark.count).rows(of: item.blocks, &continuation)
    let indent = Array(repeating: Cell.blank, count: mark.count)
    guard !rows.isEmpty else { return [mark] }
    return rows.enumerated().map { index, row in
      index == 0 ? mark + row : row.isEmpty ? row : indent + row
    }
  }
}
