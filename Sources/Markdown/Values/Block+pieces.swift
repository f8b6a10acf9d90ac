/// Cutting long blocks into pieces, and joining a piece with what follows it.
///
/// A streamed text is read piece by piece and a whole text all at once: both cut at the same
/// places, since places are counted in units (items, rows, lines, blocks) from the block's start.
extension Block {
  /// The block, cut if it is long.
  var pieces: [Block] {
    if case .paragraph(let runs) = content { return paragraphPieces(runs) }
    let count = unitCount
    let size = content.unitsPerPiece
    guard count > size else { return [self] }
    return stride(from: 0, to: count, by: size).map { part($0..<min($0 + size, count)) }
  }

  /// How many items, rows, lines or blocks it holds.
  var unitCount: Int {
    switch content {
    case .list(let list): list.items.count
    case .table(let table): table.rows.count
    case .code(let code): code.lines.count
    case .html(let lines): lines.count
    case .quote(let blocks): blocks.count
    case .heading, .paragraph, .thematicBreak: 1
    }
  }

  /// The units in `range` as a block of their own.
  func part(_ range: Range<Int>) -> Block {
    Block(
      content.part(range), lines: firstLine(ofUnit: range.lowerBound)..<endLine(of: range),
      followsBlankLine: followsBlankLine && range.lowerBound == 0,
      isContinuation: isContinuation || range.lowerBound > 0)
  }

  /// This piece with the units of `other`, the rest of the same block; nil if it cannot be that.
  func joined(with other: Block) -> Block? {
    var result = self
    result.lines = lines.lowerBound..<max(lines.upperBound, other.lines.upperBound)
    switch (content, other.content) {
    case (.list(var list), .list(let more)) where list.marker == more.marker:
      list.items += more.items
      result.content = .list(list)
    case (.table(var table), .table(let more)) where table.alignments == more.alignments:
      table.rows += more.rows
      result.content = .table(table)
    default: return nil
    }
    return result
  }

  /// The line that a unit's own text starts on.
  func line(ofUnit index: Int) -> Int {
    let line =
      switch content {
      case .list(let list): index < list.items.count ? list.items[index].line : lines.upperBound
      case .quote(let blocks):
        index < blocks.count ? blocks[index].lines.lowerBound : lines.upperBound
      case .table: lines.lowerBound + index + (isContinuation ? 0 : 2)
      case .code(let code): lines.lowerBound + index + (isContinuation || !code.isFenced ? 0 : 1)
      case .html: lines.lowerBound + index
      case .heading, .paragraph, .thematicBreak: lines.upperBound
      }
    return min(max(line, lines.lowerBound), lines.upperBound)
  }

  /// The line that a unit's part starts on: the first one takes in a fence or a table's header.
  private func firstLine(ofUnit index: Int) -> Int {
    index == 0 ? lines.lowerBound : line(ofUnit: index)
  }

  private func endLine(of range: Range<Int>) -> Int {
    range.upperBound < unitCount ? firstLine(ofUnit: range.upperBound) : lines.upperBound
  }
}

extension Block.Content {
  /// The most units that a piece has; one stands for "never cut".
  var unitsPerPiece: Int {
    switch self {
    case .list: 32
    case .table: 64
    case .code, .html: 128
    case .quote: 16
    case .heading, .paragraph, .thematicBreak: 1
    }
  }

  fileprivate func part(_ range: Range<Int>) -> Self {
    switch self {
    case .list(var list):
      list.items = Array(list.items[range])
      if list.marker != .bullet { list.start += range.lowerBound }
      return .list(list)
    case .table(var table):
      table.rows = Array(table.rows[range])
      return .table(table)
    case .code(var code):
      code.lines = Array(code.lines[range])
      return .code(code)
    case .html(let lines): return .html(Array(lines[range]))
    case .quote(let blocks): return .quote(Array(blocks[range]))
    case .heading, .paragraph, .thematicBreak: return self
    }
  }
}
