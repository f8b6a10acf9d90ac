/// The end of a growing document: what further text may still change.
///
/// It starts where the last top-level block does; inside a list or a table of the top level, where
/// its last item or row does, for the parser reads an item without those before it, and a row
/// behind its header, just as well. A code fence is read line by line (``OpenFence``). So most
/// texts are read in small steps. What has no such place to cut at is read anew only when it has
/// grown by an eighth, and shown as plain text meanwhile, but for paragraphs, which are cut at a
/// word; what is longer than anybody writes it is cut as well, and read whole when the text ends.
/// Thus all steps together stay linear in the text, and each stays short.
///
/// A block is closed when the next one starts on a complete line: CommonMark's block structure is
/// told line by line, and the only looks back are at the block that was last.
struct IncrementalParser: Sendable {
  /// Bytes up to which the tail is always read anew: a list's item with hundreds of lines of code.
  private static let smallSize = 32 << 10
  /// A paragraph of more bytes is cut.
  private static let longParagraph = 8192
  /// Any other block of more bytes is cut, at the end of a line where it has one.
  private static let longestTail = 64 << 10
  /// A tail that is longer is read anew when it has grown by this part of it.
  private static let growth = 8
  /// Meanwhile plain text is shown when it has grown by this part of the tail.
  private static let plainGrowth = 64
  /// More link definitions than these have to wait for the end of the text.
  private static let mostDefinitions = 64
  /// The longest beginning of a line that is held back until it tells what it is.
  private static let longestMark = 64

  /// The open blocks, as of the last reading.
  private(set) var blocks: [Block] = []
  /// Where the tail starts.
  private var start = 0
  private var startLine = 0
  /// The items or rows of the open list or table before the start, in a piece that is not full.
  private var settled: Block?
  private var isContinuation = false
  private var fence: OpenFence?
  private var parser = MarkdownParser()
  /// How far the document was seen, and how far it was parsed.
  private var seenEnd = 0
  private var parsedEnd = 0
  private var parsedLine = 0
  private var parsedBlocks: [Block] = []
  /// How far the text is shown, parsed or plain.
  private var shownEnd = 0
  /// Lines where the tail cannot start, as of the last parsing.
  private var formulaLines: [Range<Int>] = []

  func hasNews(in source: SourceLines) -> Bool { source.bytes.count > seenEnd }

  /// Reads what is new; returns the blocks that no further text can change.
  mutating func read(_ source: SourceLines) -> [Block] {
    seenEnd = source.bytes.count
    var closed: [Block] = []
    while advance(source, into: &closed) {}
    return closed
  }

  /// Takes one step; returns whether there is more to read.
  private mutating func advance(_ source: SourceLines, into closed: inout [Block]) -> Bool {
    if fence != nil { return advanceFence(source, into: &closed) }
    let end = source.bytes.count - heldBack(source)
    guard end > max(start, parsedEnd) else { return false }
    guard isWorthParsing(to: end) else {
      showPlain(source, end: end)
      return false
    }
    return parse(source, end: end, into: &closed)
  }

  private mutating func advanceFence(_ source: SourceLines, into closed: inout [Block]) -> Bool {
    guard var fence else { return false }
    closed += fence.read(source)
    blocks = fence.isClosed ? [] : [fence.block(source)]
    self.fence = fence.isClosed ? nil : fence
    guard fence.isClosed else { return false }
    move(to: fence.nextLine, in: source, definitions: [])
    // What was parsed behind the opening fence was not read as what it is.
    parsedEnd = start
    return true
  }

  /// How many bytes at the end are only marks (`-`, `1.`, `|--`), or delimiters behind a word, that
  /// may come to mean something else with the next letter, and would make what is on the screen
  /// jump.
  private func heldBack(_ source: SourceLines) -> Int {
    let line = source.content(ofLine: source.completeCount)
    let isMark =
      line.count <= Self.longestMark
      && line.allSatisfy { $0.isBlank || $0.isDigit || $0.isPunctuation }
    if isMark { return line.count }
    if let tag = line.lastIndex(of: UInt8(ascii: "<")), line[tag...].beginsLineBreak {
      return line.count - (tag - line.startIndex)
    }
    let delimiters = line.reversed().prefix { "*_~`[]!".utf8.contains($0) }
    return delimiters.count <= Self.longestMark ? delimiters.count : 0
  }

  private func isWorthParsing(to end: Int) -> Bool {
    let size = end - start
    return size <= Self.smallSize || parsedEnd <= start
      || (end - parsedEnd) * Self.growth >= size
  }

  /// Shows what came since the last parsing as plain text.
  private mutating func showPlain(_ source: SourceLines, end: Int) {
    guard (end - shownEnd) * Self.plainGrowth >= end - start else { return }
    shownEnd = end
    let text = String(decoding: source.bytes[parsedEnd..<end], as: UTF8.self)
    let plain = Block(
      .paragraph(text.plainRuns), lines: parsedLine..<source.completeCount + 1,
      isContinuation: true)
    blocks = parsedBlocks + plain.pieces
  }
}

/// Parsing the tail and closing what can be closed.
extension IncrementalParser {
  private mutating func parse(
    _ source: SourceLines, end: Int, into closed: inout [Block]
  ) -> Bool {
    let result = parser.parse(source, range: start..<end, line: startLine, isOpen: true)
    parsedEnd = end
    shownEnd = end
    parsedLine = source.completeCount
    var found = resumed(result.blocks)
    formulaLines = result.formulaLines
    let last = found.lastIndex { mayStart(at: $0.lines.lowerBound) } ?? 0
    if last > 0 {
      closed += found[..<last].flatMap(\.pieces)
      found.removeFirst(last)
      move(to: found[0].lines.lowerBound, in: source, definitions: result.definitions)
    }
    defer { parsedBlocks = blocks }
    guard let first = found.first else {
      blocks = []
      return false
    }
    if let fence = OpenFence(first, in: source) {
      self.fence = fence
      return true
    }
    if found.count == 1, isLongParagraph(first, end: end) {
      cut(source, end: end, into: &closed)
      return true
    }
    found[0] = settle(first, source, definitions: result.definitions, into: &closed)
    blocks = found
    guard found.count == 1, end - start > Self.longestTail else { return false }
    blocks = []
    cut(source, end: end, into: &closed)
    return true
  }

  /// Whether a block that starts on `line` starts there for certain, and may be read from there.
  private func mayStart(at line: Int) -> Bool {
    line < parsedLine && !formulaLines.contains { $0.contains(line) }
  }

  /// Blocks that were read from the start of the tail, joined to what precedes it.
  private func resumed(_ found: [Block]) -> [Block] {
    var found = found
    if let settled {
      if let joined = found.first.flatMap(settled.joined) {
        found[0] = joined
      } else if settled.unitCount > 0 {
        found.insert(settled, at: 0)
      }
    } else if isContinuation, !found.isEmpty {
      found[0].isContinuation = true
      found[0].followsBlankLine = false
    }
    return found
  }

  /// Starts the tail anew at `line`, with nothing settled before it.
  private mutating func move(
    to line: Int, in source: SourceLines, definitions: [LinkDefinition]
  ) {
    let passed = definitions.lazy.filter { [startLine] in startLine..<line ~= $0.line }.map(\.text)
    parser.definitions += passed.prefix(Self.mostDefinitions - parser.definitions.count)
    startLine = line
    start = source.range(of: line..<line).lowerBound
    settled = nil
    isContinuation = false
    parser.context = []
  }

  /// Closes full pieces of an open list or table and moves the start to its last item or row;
  /// returns what is open of it.
  private mutating func settle(
    _ block: Block, _ source: SourceLines, definitions: [LinkDefinition],
    into closed: inout [Block]
  ) -> Block {
    let ready = finalUnits(of: block)
    guard ready > 0 else { return block }
    let size = block.content.unitsPerPiece
    let full = ready / size * size
    for first in stride(from: 0, to: full, by: size) {
      closed.append(block.part(first..<first + size))
    }
    let context = parser.context.isEmpty ? header(of: block, source) : parser.context
    let rest = block.part(full..<block.unitCount)
    move(to: rest.line(ofUnit: ready - full), in: source, definitions: definitions)
    settled = rest.part(0..<ready - full)
    parser.context = context
    return rest
  }

  /// The number of items or rows before the last one that the tail may start at.
  private func finalUnits(of block: Block) -> Int {
    switch block.content {
    case .list, .table:
      (0..<block.unitCount).last { mayStart(at: block.line(ofUnit: $0)) } ?? 0
    default: 0
    }
  }

  /// The source of an open table's header and delimiters.
  private func header(of block: Block, _ source: SourceLines) -> [UInt8] {
    guard case .table = block.content else { return [] }
    let line = block.lines.lowerBound
    return Array(source.bytes[source.range(of: line..<line + 2)])
  }
}

/// Cutting a block that is too long to be read anew each time.
extension IncrementalParser {
  private func isLongParagraph(_ block: Block, end: Int) -> Bool {
    guard case .paragraph = block.content else { return false }
    return end - start > Self.longParagraph
  }

  private mutating func cut(_ source: SourceLines, end: Int, into closed: inout [Block]) {
    let lineEnd = source.bytes[start..<end].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
    let isLong = end - start > Self.longestTail
    let place = (isLong ? lineEnd : nil) ?? cutPlace(source.bytes[start..<end])
    let result = parser.parse(source, range: start..<place, line: startLine, isOpen: false)
    closed += resumed(result.blocks).flatMap(\.pieces)
    let line = startLine + source.bytes[start..<place].count { $0 == UInt8(ascii: "\n") }
    move(to: line, in: source, definitions: result.definitions)
    start = place
    parsedEnd = place
    isContinuation = true
  }

  /// A place near the end behind which a word starts, so that no block can start there.
  private func cutPlace(_ bytes: ArraySlice<UInt8>) -> Int {
    let near = bytes.suffix(Self.longParagraph / 2)
    let isWordStart = { (index: Int) in
      near[index - 1].isSpace && (near[index].isLetter || near[index] >= 0xC0)
    }
    let isCharacterStart = { (index: Int) in near[index] & 0xC0 != 0x80 }
    let places = near.indices.dropFirst()
    return places.last(where: isWordStart) ?? places.last(where: isCharacterStart) ?? near.endIndex
  }
}

extension ArraySlice<UInt8> {
  /// Whether it may become `<br>` or `<br/>`, which is never shown.
  fileprivate var beginsLineBreak: Bool {
    count < 6
      && ["<br>", "<br/>", "<br />"].contains {
        $0.utf8.starts(with: map { $0 | 0x20 }) && $0.utf8.count > count
      }
  }
}
