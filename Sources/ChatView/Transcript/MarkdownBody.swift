import Markdown
import Screen

/// A Markdown text that may be growing, as blocks that are laid out one by one.
struct MarkdownBody {
  /// The text while it grows.
  private var document: MarkdownDocument?
  /// The blocks of a whole text, whose source is not needed again.
  private var blocks: [Block] = []
  /// A whole text that is too long to keep its blocks.
  private var long: LongDocument?
  /// The parser of a long text that grows no more; it takes the place of `document`.
  private var successor: LongDocument?
  private var byteCount = 0
  /// The continuation state before each block that continues another, by the block's number.
  private var continuations: [Int: BlockContinuation] = [:]
  /// The code at the end of a text that grows, by the number of its block.
  private var growing: (block: Int, code: GrowingCode)?
  /// The number of fenced code blocks before each final block, as far as it was asked for.
  private var codeCounts = [0]

  /// Whether the last block of a growing text is laid out as it is parsed in the end.
  private let foresees: Bool

  init(isWhole: Bool, foresees: Bool = true) {
    document = isWhole ? nil : MarkdownDocument()
    self.foresees = foresees
  }

  var count: Int {
    document.map { $0.closed.count + $0.open.count } ?? long?.count ?? blocks.count
  }

  /// Rises with every change of the blocks that are not final.
  var revision: Int { document?.revision ?? 0 }

  /// Whether no further text can change a block.
  func isFinal(_ index: Int) -> Bool { document.map { index < $0.closed.count } ?? true }

  /// Takes in what was added to the text.
  mutating func update(to text: String) {
    guard text.utf8.count != byteCount else { return }
    if document == nil {
      long = text.utf8.count < LongDocument.leastSize ? nil : LongDocument(text)
      blocks = long == nil ? MarkdownDocument(text).closed : []
      codeCounts = [0]
    } else {
      let start = text.utf8.index(text.startIndex, offsetBy: min(byteCount, text.utf8.count))
      document?.append(String(text[start...]))
      document?.refresh()
    }
    byteCount = text.utf8.count
  }

  /// The number of parts of a long text, of some 32 KiB each, that one frame parses.
  private static let partsPerFrame = 2

  /// Takes in that the text grows no more, a part of it in each frame; true once that is done.
  ///
  /// Until then the blocks stay those that grew. A short text is read anew at once, since a link's
  /// definition may stand behind the link.
  mutating func settle(to text: String) -> Bool {
    guard let document, text.utf8.count >= LongDocument.leastSize else {
      self = Self(isWhole: true)
      update(to: text)
      return true
    }
    if text.utf8.count != byteCount { successor = nil }
    update(to: text)
    var reading = successor ?? LongDocument(document)
    successor = nil
    for _ in 0..<Self.partsPerFrame {
      switch reading.readOn() {
      case .unfinished: continue
      case .impossible: return true
      case .whole:
        self = Self(reading, byteCount: byteCount)
        return true
      }
    }
    successor = reading
    return false
  }

  private init(_ long: LongDocument, byteCount: Int) {
    self.long = long
    self.byteCount = byteCount
    foresees = true
  }

  /// The rows of a block, with the blank row above it where it stands apart from the one before.
  mutating func rows(of index: Int, _ context: ViewContext) -> [[Cell]] {
    let block = shown(index)
    let layout = BlockLayout(context: context, columns: context.textColumns)
    var continuation = continuation(into: index, layout)
    continuation.codeCount = codeCount(before: index)
    let rows: [[Cell]]
    if !isFinal(index), case .code(let code) = block.content {
      let layout = CodeLayout(context: context, columns: context.textColumns)
      rows = growingRows(
        of: code, in: index, isContinuation: block.isContinuation, continuation, layout)
    } else {
      rows = layout.rows(of: block, &continuation)
    }
    if isFinal(index), !continuation.isEmpty { continuations[index + 1] = continuation }
    return index == 0 || block.isContinuation ? rows : [[]] + rows
  }

  private mutating func growingRows(
    of code: CodeBlock, in index: Int, isContinuation: Bool, _ continuation: BlockContinuation,
    _ layout: CodeLayout
  ) -> [[Cell]] {
    if growing?.block == index, let rows = growing?.code.rows(of: code, layout) { return rows }
    var fresh = GrowingCode(code, isContinuation: isContinuation, continuation, layout)
    let rows = fresh.rows(of: code, layout) ?? []
    growing = (index, fresh)
    return rows
  }

  /// Forgets what depends on the width.
  mutating func forgetRows() {
    continuations = [:]
    growing = nil
  }

  /// The first block that holds a line of the source, or the last before it, and its own first
  /// line.
  mutating func block(ofLine line: Int) -> (block: Int, line: Int) {
    guard count > 0 else { return (0, 0) }
    var index = long?.firstBlock(nearLine: line) ?? 0
    while index + 1 < count, self[index + 1].lines.lowerBound <= line { index += 1 }
    let start = self[index].lines.lowerBound
    // The pieces of a long paragraph share all its lines.
    while index > 0, self[index - 1].lines.lowerBound == start { index -= 1 }
    return (index, start)
  }

  subscript(index: Int) -> Block {
    mutating get {
      if long != nil, let block = long?.block(at: index) { return block }
      guard let document else { return blocks[index] }
      let closedCount = document.closed.count
      return index < closedCount ? document.closed[index] : document.open[index - closedCount]
    }
  }

  /// The addresses of a block's links.
  mutating func addresses(of index: Int) -> [String] { shown(index).addresses }

  /// The block as it is drawn: the last one of a text that grows as it will be read in the end.
  private mutating func shown(_ index: Int) -> Block {
    let block = self[index]
    let mayChange = document != nil && index + 1 == count && !isFinal(index)
    return foresees && mayChange ? block.optimisticallyClosed : block
  }
}

// MARK: - Numbers of code

extension MarkdownBody {
  /// The number of fenced code blocks before a block; nil in a text that is too long to tell.
  private mutating func codeCount(before index: Int) -> Int? {
    guard long == nil else { return nil }
    let final = document?.closed ?? blocks
    for block in final.prefix(index).dropFirst(codeCounts.count - 1) {
      codeCounts.append(codeCounts[codeCounts.count - 1] + block.fencedCount)
    }
    let open = document?.open.prefix(max(0, index - final.count)) ?? []
    return open.reduce(codeCounts[min(index, final.count)]) { $0 + $1.fencedCount }
  }
}

extension Block {
  /// The number of fenced code blocks that begin in it.
  fileprivate var fencedCount: Int {
    switch content {
    case .code(let code): code.isFenced && !isContinuation ? 1 : 0
    case .list(let list): list.items.reduce(0) { $0 + $1.blocks.fencedCount }
    case .quote(let blocks): blocks.fencedCount
    case .heading, .paragraph, .table, .thematicBreak, .html: 0
    }
  }
}

extension [Block] {
  fileprivate var fencedCount: Int { reduce(0) { $0 + $1.fencedCount } }
}

// MARK: - What goes on from block to block

extension MarkdownBody {
  /// After so many pieces code is read as if it began there, so that no jump costs too much.
  private static let longestCarry = 32

  private mutating func continuation(into index: Int, _ layout: BlockLayout) -> BlockContinuation {
    guard self[index].isContinuation else { return BlockContinuation() }
    var start = index
    while start > 0, self[start].isContinuation { start -= 1 }
    let reset = start + (index - start) / Self.longestCarry * Self.longestCarry
    var known = index
    while known > reset, continuations[known] == nil { known -= 1 }
    var continuation =
      known > reset ? continuations[known] ?? BlockContinuation() : BlockContinuation()
    for passed in known..<index {
      layout.pass(self[passed], &continuation)
      continuations[passed + 1] = continuation
    }
    return continuation
  }
}
