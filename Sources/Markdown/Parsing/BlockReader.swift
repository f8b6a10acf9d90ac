import CMarkdown

/// Turns the block nodes of a parsed text into values.
struct BlockReader {
  /// Deeper blocks are shown as their source, so that no nesting exhausts the stack.
  private static let greatestDepth = 24

  private let source: SourceLines
  /// The document's line that is line 0 for the parser; negative lines precede the document.
  private let offset: Int
  /// The labels of the document's definitions, by their addresses.
  private let labels: [String: String]

  init(source: SourceLines, offset: Int, labels: [String: String]) {
    self.source = source
    self.offset = offset
    self.labels = labels
  }

  private func runs(of node: SyntaxNode) -> [InlineRun] {
    InlineReader.runs(of: node, labels: labels)
  }

  /// The document's blocks, not in pieces, but for those in its first `skipping` lines.
  func blocks(in document: SyntaxNode, skipping: Int, end: Int) -> [Block] {
    let nodes = document.children.drop { $0.startLine <= skipping && $0.startLine > 0 }
    return blocks(of: Array(nodes), end: end, depth: 0)
  }

  /// `nodes`, the last of which ends before line `end`; nested ones in pieces.
  private func blocks(of nodes: [SyntaxNode], end: Int, depth: Int) -> [Block] {
    let starts = startLines(of: nodes)
    var result: [Block] = []
    result.reserveCapacity(nodes.count)
    for (index, node) in nodes.enumerated() {
      let limit = index + 1 < nodes.count ? starts[index + 1] : end
      let lines = source.trimmed(starts[index]..<max(starts[index], limit))
      guard let content = content(of: node, lines: lines, depth: depth) else { continue }
      let block = Block(content, lines: lines, followsBlankLine: followsBlank(lines.lowerBound))
      if depth == 0 { result.append(block) } else { result += block.pieces }
    }
    return result
  }

  private func followsBlank(_ line: Int) -> Bool { line > 0 && source.isBlank(line - 1) }

  /// The first line of each node.
  ///
  /// When a table's header was the last line of a paragraph, cmark (0.29.0.gfm.6) leaves the
  /// paragraph without a place and gives the table the paragraph's.
  private func startLines(of nodes: [SyntaxNode]) -> [Int] {
    var starts = nodes.map { line($0.startLine) }
    for (index, node) in nodes.enumerated() where node.startLine == 0 && index + 1 < nodes.count {
      starts[index] = starts[index + 1]
      starts[index + 1] = headerLine(of: nodes[index + 1]) ?? starts[index + 1]
    }
    return starts
  }

  private func headerLine(of table: SyntaxNode) -> Int? {
    guard table.kind == .table else { return nil }
    let rows = Array(table.children.prefix(2))
    return rows.count == 2 ? line(rows[1].startLine) - 2 : line(table.endLine) - 1
  }

  private func line(_ number: Int) -> Int { max(0, number - 1 + offset) }

  private func content(of node: SyntaxNode, lines: Range<Int>, depth: Int) -> Block.Content? {
    switch node.kind {
    case .paragraph: .paragraph(runs(of: node))
    case .heading: .heading(level: node.headingLevel, runs(of: node))
    case .thematicBreak: .thematicBreak
    case .codeBlock: .code(code(of: node))
    case .markupBlock: .html(Escaping.undone(node.literal).sourceLines)
    case .table: table(of: node)
    case .quote, .list: container(of: node, lines: lines, depth: depth)
    default: nil
    }
  }

  private func container(of node: SyntaxNode, lines: Range<Int>, depth: Int) -> Block.Content {
    guard depth < Self.greatestDepth else { return plain(lines) }
    guard node.kind == .list else {
      return .quote(blocks(of: Array(node.children), end: lines.upperBound, depth: depth + 1))
    }
    let nodes = Array(node.children)
    let items = nodes.enumerated().map { index, item in
      let start = line(item.startLine)
      let end = index + 1 < nodes.count ? line(nodes[index + 1].startLine) : lines.upperBound
      var inner = blocks(of: Array(item.children), end: max(start, end), depth: depth + 1)
      let task = item.isTask ? task(onLine: start) : takeTask(onLine: start, from: &inner)
      return ListItem(inner, task: task, line: start, followsBlankLine: followsBlank(start))
    }
    let start = node.listMarker == .bullet ? 1 : node.listStart
    return .list(List(node.listMarker, start: start, items: items))
  }

  /// The state of the check box on a line; cmark (0.29.0.gfm.6) takes any `[x]` in it for the box.
  private func task(onLine line: Int) -> ListItem.Task {
    let box = source.content(ofLine: line).drop { $0 != UInt8(ascii: "[") }.dropFirst()
    return box.first?.isBlank == true ? .open : .done
  }

  /// Takes a check box from the start of an item that stands in a quote, or behind another mark on
  /// its line: there cmark does not look for one.
  private func takeTask(onLine line: Int, from blocks: inout [Block]) -> ListItem.Task? {
    guard let first = blocks.first, case .paragraph(var runs) = first.content,
      let run = runs.first, run.traits.isEmpty, run.link == nil,
      source.content(ofLine: line).behindMarkers.first == UInt8(ascii: "["),
      let box = ["[ ] ", "[x] ", "[X] "].first(where: run.text.hasPrefix)
    else { return nil }
    runs[0].text.removeFirst(box.count)
    if runs[0].text.isEmpty { runs.removeFirst() }
    blocks[0].content = .paragraph(runs)
    return box == "[ ] " ? .open : .done
  }

  /// The source of `lines` as a paragraph.
  private func plain(_ lines: Range<Int>) -> Block.Content {
    .paragraph(source.text(of: lines).plainRuns)
  }

  private func code(of node: SyntaxNode) -> CodeBlock {
    CodeBlock(
      info: Escaping.undone(node.info), lines: Escaping.undone(node.literal).sourceLines,
      isFenced: node.isFenced)
  }

  private func table(of node: SyntaxNode) -> Block.Content {
    let alignments = node.alignments
    let rows = Array(node.children)
    return .table(
      Table(
        alignments: alignments, header: rows.first?.children.map(runs) ?? [],
        rows: rows.dropFirst().map { cells(of: $0, columns: alignments.count) }))
  }

  /// A row's cells, the last one with what the header has no column for.
  private func cells(of row: SyntaxNode, columns: Int) -> [[InlineRun]] {
    var cells = row.children.map(runs)
    let excess = source.content(ofLine: line(row.startLine)).cells(after: columns)
    if !excess.isEmpty, !cells.isEmpty { cells[cells.count - 1].append(InlineRun(excess)) }
    return cells
  }
}

extension ArraySlice<UInt8> {
  /// The text of a line behind its quote marks and list markers.
  fileprivate var behindMarkers: Self {
    var rest = self
    while let marker = ContainerMarker(at: rest.startIndex, in: rest) {
      rest = rest[marker.end...]
    }
    return rest.drop(while: \.isBlank)
  }

  /// What a table's row has behind its `count` first cells, the bar before it included: GitHub's
  /// extension drops it.
  fileprivate func cells(after count: Int) -> String {
    let bar = UInt8(ascii: "|")
    let row = drop { $0.isBlank || $0 == UInt8(ascii: ">") }
    let bars = row.indices.filter { row[$0] == bar && row[..<$0].last != UInt8(ascii: "\\") }
    let inner = row.first == bar ? bars.dropFirst() : bars[...]
    guard inner.count >= count, count > 0 else { return "" }
    let rest = row[inner[inner.startIndex + count - 1]...]
    guard rest.contains(where: { !$0.isBlank && $0 != bar }) else { return "" }
    return " " + String(decoding: rest, as: UTF8.self)
  }
}

extension String {
  /// The lines of a text that ends with a line break.
  var sourceLines: [String] {
    var lines = utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The text as runs without styles.
  var plainRuns: [InlineRun] {
    let lines = sourceLines.map { [InlineRun($0)] }
    return Array(lines.joined(separator: [InlineRun("\n", .hardBreak)]))
  }
}
