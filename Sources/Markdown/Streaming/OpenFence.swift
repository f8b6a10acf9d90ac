/// A fenced code block of the top level whose end has not arrived; read line by line without cmark.
struct OpenFence: Hashable, Sendable {
  private let fence: Fence
  private let info: String
  /// The first line that has not been read.
  private(set) var nextLine: Int
  /// The piece that is being collected.
  private var piece: Block
  /// Whether the closing fence has been read.
  private(set) var isClosed = false

  /// The fence that `block` opens; nil if its first line opens none or is not complete.
  init?(_ block: Block, in source: SourceLines) {
    let line = block.lines.lowerBound
    guard case .code(let code) = block.content, code.isFenced, line < source.completeCount,
      let fence = Fence(openedBy: source.content(ofLine: line))
    else { return nil }
    self.fence = fence
    info = code.info
    nextLine = line + 1
    piece = block
    piece.content = .code(CodeBlock(info: info, lines: []))
    piece.lines = line..<line + 1
  }

  /// Reads all complete lines up to the closing fence; returns the pieces that are final.
  mutating func read(_ source: SourceLines) -> [Block] {
    var closed: [Block] = []
    var lines = collected
    while nextLine < source.completeCount, !isClosed {
      let line = source.content(ofLine: nextLine)
      nextLine += 1
      isClosed = fence.isClosed(by: line)
      guard !isClosed else { break }
      if lines.count == piece.content.unitsPerPiece {
        closed.append(piece(with: lines, end: nextLine - 1))
        startPiece(at: nextLine - 1)
        lines = []
      }
      lines.append(fence.content(of: line))
    }
    piece = piece(with: lines, end: nextLine)
    return isClosed ? closed + [piece] : closed
  }

  /// The open piece with the line that is not complete yet, unless that may be the closing fence.
  func block(_ source: SourceLines) -> Block {
    let line = source.content(ofLine: source.completeCount)
    guard !line.isEmpty, !fence.mayBeClosed(by: line) else { return piece }
    return piece(with: collected + [fence.content(of: line)], end: nextLine + 1)
  }

  private var collected: [String] {
    if case .code(let code) = piece.content { code.lines } else { [] }
  }

  private func piece(with lines: [String], end: Int) -> Block {
    var result = piece
    result.lines = piece.lines.lowerBound..<end
    result.content = .code(CodeBlock(info: info, lines: lines))
    return result
  }

  private mutating func startPiece(at line: Int) {
    piece.lines = line..<line
    piece.isContinuation = true
    piece.followsBlankLine = false
  }
}
