/// Parses a stretch of a document that starts where a top-level block does.
struct MarkdownParser: Hashable, Sendable {
  /// Link definitions from elsewhere, each a line.
  var definitions: [[UInt8]] = []
  /// Lines to be read in front of the stretch: an open table's header and delimiters.
  var context: [UInt8] = []

  /// What a stretch holds.
  struct Result {
    var blocks: [Block]
    /// The link definitions in it, with lines of the document.
    var definitions: [LinkDefinition]
    /// Lines of the document that go on with a formula: read from there, they would not be one.
    var formulaLines: [Range<Int>]
  }

  /// The top-level blocks, not cut into pieces, of the bytes in `range`, which start on `line`.
  ///
  /// `isOpen` says that the text may go on. Linear in the text. If cmark gives no tree, the text is
  /// one plain paragraph.
  func parse(
    _ source: SourceLines, range: Range<Int>, line: Int, isOpen: Bool
  ) -> Result {
    var escaper = Escaper(source.bytes[range], isOpen: isOpen)
    escaper.run()
    var text = preamble(escaper)
    let preambleLines = text.count { $0 == UInt8(ascii: "\n") }
    text += context + escaper.output
    let contextLines = context.count { $0 == UInt8(ascii: "\n") }
    let reader = BlockReader(
      source: source, offset: line - preambleLines - contextLines, labels: labels(escaper))
    let end = line + source.bytes[range].lineCount
    let blocks = SyntaxNode.withTree(of: text) {
      reader.blocks(in: $0, skipping: preambleLines, end: end)
    }
    return Result(
      blocks: blocks ?? [plainBlock(source, line..<end)],
      definitions: escaper.definitions.map { LinkDefinition(text: $0.text, line: $0.line + line) },
      formulaLines: escaper.formulaLines.map { $0.moved(by: line) })
  }

  /// The definitions, each a paragraph of its own so that a wrong one spoils no other, but for
  /// those whose address is long and might be repeated often.
  private func preamble(_ escaper: Escaper) -> [UInt8] {
    let all = definitions + escaper.definitions.map(\.text)
    guard !all.isEmpty else { return [] }
    let references = escaper.input.count { $0 == UInt8(ascii: "]") }
    let known = all.filter { $0.count * references <= Limits.expansion }
    return Array(known.joined(separator: [UInt8(ascii: "\n")])) + Array("\n\n".utf8)
  }

  /// The labels of the definitions by their addresses, the first where several have one.
  private func labels(_ escaper: Escaper) -> [String: String] {
    let all = (definitions + escaper.definitions.map(\.text)).compactMap(LinkDefinition.parts)
    return Dictionary(all.map { ($0.address, $0.label) }) { first, _ in first }
  }

  private func plainBlock(_ source: SourceLines, _ lines: Range<Int>) -> Block {
    Block(.paragraph(source.text(of: lines).plainRuns), lines: lines)
  }
}

extension ArraySlice<UInt8> {
  /// The number of lines, one that has no line break at its end included.
  fileprivate var lineCount: Int {
    count { $0 == UInt8(ascii: "\n") } + (last == UInt8(ascii: "\n") || isEmpty ? 0 : 1)
  }
}

extension Range<Int> {
  fileprivate func moved(by offset: Int) -> Self {
    lowerBound + offset..<(upperBound == .max ? .max : upperBound + offset)
  }
}
