extension Block {
  /// Bytes of text after which a paragraph is cut, at the end of the word there.
  static let paragraphPieceSize = 8192

  /// The paragraph `runs`, cut where its text is longer than a piece.
  func paragraphPieces(_ runs: [InlineRun]) -> [Block] {
    guard runs.reduce(0, { $0 + $1.text.utf8.count }) > Self.paragraphPieceSize else {
      return [self]
    }
    var cutter = RunCutter(room: Self.paragraphPieceSize)
    for run in runs { cutter.take(run) }
    return cutter.pieces.filter { !$0.isEmpty }.enumerated().map { index, runs in
      Block(
        .paragraph(runs), lines: lines, followsBlankLine: followsBlankLine && index == 0,
        isContinuation: isContinuation || index > 0)
    }
  }
}

/// Deals runs out into pieces of about equal size.
private struct RunCutter {
  private(set) var pieces: [[InlineRun]] = [[]]
  private let size: Int
  private var room: Int

  init(room: Int) {
    size = room
    self.room = room
  }

  mutating func take(_ run: InlineRun) {
    var rest = run.text[...]
    while rest.utf8.count > room {
      let cut = rest.endOfWord(afterBytes: room)
      add(InlineRun(String(rest[..<cut]), run.traits, link: run.link))
      rest = rest[cut...]
      pieces.append([])
      room = size
    }
    add(InlineRun(String(rest), run.traits, link: run.link))
  }

  private mutating func add(_ run: InlineRun) {
    guard !run.text.isEmpty else { return }
    pieces[pieces.count - 1].append(run)
    room -= run.text.utf8.count
  }
}

extension Substring {
  /// The first place behind a space at or after `count` bytes; where no space is near, the next
  /// character's start.
  fileprivate func endOfWord(afterBytes count: Int) -> Index {
    var start = utf8.index(startIndex, offsetBy: Swift.max(0, count))
    while start < endIndex, Index(start, within: self) == nil { start = utf8.index(after: start) }
    let near = self[start...].prefix(200)
    return near.firstIndex(of: " ").map(index(after:)) ?? start
  }
}
