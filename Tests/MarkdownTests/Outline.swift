import Markdown

/// Blocks as readable text: one line a block, inner blocks indented, traits as tags.
func outline(_ blocks: [Block]) -> String {
  blocks.map(outline).joined(separator: "\n")
}

func outline(_ markdown: String) -> String { outline(MarkdownDocument(markdown).blocks) }

private func outline(_ block: Block) -> String {
  (block.isContinuation ? "… " : "") + outline(block.content)
}

private func outline(_ content: Block.Content) -> String {
  switch content {
  case .heading(let level, let runs): "h\(level) \(outline(runs))"
  case .paragraph(let runs): "p \(outline(runs))"
  case .thematicBreak: "rule"
  case .code(let code): "code(\(code.info)) \(code.lines.joined(separator: "⏎"))"
  case .html(let lines): "html \(lines.joined(separator: "⏎"))"
  case .quote(let blocks): "quote\n" + outline(blocks).indented
  case .table(let table): outline(table)
  case .list(let list):
    list.items.enumerated().map { outline($1, mark: mark(list, $0)) }.joined(separator: "\n")
  }
}

private func mark(_ list: List, _ index: Int) -> String {
  switch list.marker {
  case .bullet: "-"
  case .period: "\(list.start + index)."
  case .parenthesis: "\(list.start + index))"
  }
}

private func outline(_ item: ListItem, mark: String) -> String {
  let task =
    switch item.task {
    case .open: " [ ]"
    case .done: " [x]"
    case nil: ""
    }
  let space = item.followsBlankLine ? "+" : ""
  return space + mark + task + "\n" + outline(item.blocks).indented
}

private func outline(_ table: Table) -> String {
  let alignments = table.alignments.map { "\($0)" }.joined(separator: " ")
  let rows = ([table.header] + table.rows).map { row in
    row.map { outline($0) }.joined(separator: " | ")
  }
  return "table \(alignments)\n" + rows.joined(separator: "\n").indented
}

func outline(_ runs: [InlineRun]) -> String { runs.map(outline).joined() }

private func outline(_ run: InlineRun) -> String {
  if run.traits.contains(.hardBreak) { return "⏎" }
  if run.traits.contains(.softBreak) { return "↵" }
  let names: [(InlineTraits, String)] = [
    (.strong, "b"), (.emphasis, "i"), (.strikethrough, "s"), (.code, "c"), (.mathematics, "m"),
    (.html, "h"), (.image, "img"),
  ]
  let tags = names.filter { run.traits.contains($0.0) }.map(\.1)
  let opening = tags.map { "<\($0)>" }.joined()
  let closing = tags.reversed().map { "</\($0)>" }.joined()
  let title = run.link.map { $0.title.isEmpty ? "" : " \"\($0.title)\"" } ?? ""
  let label = run.link?.label.map { " [\($0)]" } ?? ""
  let target = run.link.map { "{\($0.address)\(title)\(label)}" } ?? ""
  return opening + run.text + closing + target
}

extension String {
  fileprivate var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
      .joined(separator: "\n")
  }
}
