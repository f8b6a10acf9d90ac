/// A whole Markdown text that is too long to keep all its blocks: they are read where they are
/// looked at, from parts of the text that each begin where a top-level block does.
///
/// Its blocks are those of ``MarkdownDocument``. It keeps the source, where its parts begin, and the
/// blocks of a few parts.
package struct LongDocument: Sendable {
  /// From so many bytes on it is worth the trouble.
  package static let leastSize = 128 << 10
  private static let usualWindow = 32 << 10
  private static let mostPartsRead = 4
  /// More link definitions are not handed to each part.
  private static let mostDefinitions = 64

  private struct Part {
    let bytes: Range<Int>
    let line: Int
    /// The number of its first block.
    var first: Int
  }

  /// How far a text has been read.
  package enum Progress: Hashable, Sendable {
    case unfinished
    case whole
    /// The text has too many link definitions to be read in parts.
    case impossible
  }

  /// What the next step reads.
  private enum Step {
    case part(start: Int, line: Int)
    /// What links resolve to may change how many pieces a paragraph has.
    case countAgain(part: Int)
    case none
  }

  /// The number of blocks, once all is read.
  package private(set) var count = 0
  private var source: SourceLines
  private let window: Int
  private var step = Step.part(start: 0, line: 0)
  private var definitions: [LinkDefinition] = []
  private var parts: [Part] = []
  private var parser = MarkdownParser()
  /// The parts looked at last, the newest at the end.
  private var read: [(part: Int, blocks: [Block])] = []

  /// Nil for a text of too many link definitions, which is better read whole.
  ///
  /// `window` is about how many bytes a part has. Linear in the text.
  package init?(_ text: String, window: Int? = nil) {
    var source = SourceLines()
    source.append(text)
    self.init(source, window: window)
    while true {
      switch readOn() {
      case .unfinished: continue
      case .whole: return
      case .impossible: return nil
      }
    }
  }

  /// The text of a document that grows no more, of which nothing is read yet: ``readOn()`` does that
  /// step by step, while the document itself can still be shown.
  package init(_ document: MarkdownDocument, window: Int? = nil) {
    self.init(document.source, window: window)
  }

  private init(_ source: SourceLines, window: Int?) {
    self.source = source
    self.window = window ?? Self.usualWindow
  }

  /// Reads one part more; the cost is that of about ``usualWindow`` bytes, of more where no block
  /// begins there.
  package mutating func readOn() -> Progress {
    switch step {
    case .none: return .whole
    case .part(let start, let line):
      guard start < source.bytes.count else {
        parser.definitions = definitions.map(\.text)
        step = definitions.isEmpty ? .none : .countAgain(part: 0)
        return definitions.isEmpty ? .whole : .unfinished
      }
      let next = addPart(from: (start, line))
      step = .part(start: source.range(of: next..<next).lowerBound, line: next)
      return definitions.count <= Self.mostDefinitions ? .unfinished : .impossible
    case .countAgain(let part):
      guard part < parts.count else {
        step = .none
        return .whole
      }
      if part == 0 { count = 0 }
      parts[part].first = count
      count += blocks(ofPart: part).count
      step = .countAgain(part: part + 1)
      return .unfinished
    }
  }

  /// Adds the part that begins at `place`; returns the line behind it.
  private mutating func addPart(from place: (start: Int, line: Int)) -> Int {
    var size = window
    while true {
      let end = endLine(atLeast: place.start + size, after: place.line)
      let range = place.start..<source.range(of: end..<end).lowerBound
      let isLast = range.upperBound == source.bytes.count
      let found = parser.parse(source, range: range, line: place.line, isOpen: !isLast)
      let cut = isLast ? end : cutLine(found, after: place.line)
      size *= 2
      guard let cut else { continue }
      let blocks = found.blocks.filter { $0.lines.lowerBound < cut }
      definitions += found.definitions.filter { $0.line < cut }
      let bytes = place.start..<source.range(of: cut..<cut).lowerBound
      parts.append(Part(bytes: bytes, line: place.line, first: count))
      count += blocks.reduce(0) { $0 + $1.pieces.count }
      return cut
    }
  }

  /// The first line that starts at a byte or behind it.
  private func endLine(atLeast offset: Int, after line: Int) -> Int {
    var low = line + 1
    var high = source.starts.count
    while low < high {
      let middle = (low + high) / 2
      if source.starts[middle] >= offset { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The line of the last block from which a reader may begin.
  private func cutLine(_ found: MarkdownParser.Result, after line: Int) -> Int? {
    found.blocks.last { block in
      let start = block.lines.lowerBound
      return start > line && !found.formulaLines.contains { $0.contains(start) }
    }?.lines.lowerBound
  }

  private func blocks(ofPart index: Int) -> [Block] {
    let part = parts[index]
    return parser.parse(source, range: part.bytes, line: part.line, isOpen: false).blocks
      .flatMap(\.pieces)
  }
}

// MARK: - Looking

extension LongDocument {
  /// A block by its number, below ``count``; reads its part if that was not looked at lately.
  package mutating func block(at index: Int) -> Block {
    guard let part = parts.lastIndex(where: { $0.first <= index }) else { return Block(.html([])) }
    let blocks = parse(at: part)
    let place = index - parts[part].first
    return blocks.indices.contains(place) ? blocks[place] : Block(.html([]))
  }

  /// The number of the first block of the part that holds a line of the source.
  package func firstBlock(nearLine line: Int) -> Int {
    parts.last { $0.line <= line }?.first ?? 0
  }

  private mutating func parse(at part: Int) -> [Block] {
    if let known = read.firstIndex(where: { $0.part == part }) {
      read.append(read.remove(at: known))
    } else {
      if read.count == Self.mostPartsRead { read.removeFirst() }
      read.append((part, blocks(ofPart: part)))
    }
    return read[read.count - 1].blocks
  }
}
