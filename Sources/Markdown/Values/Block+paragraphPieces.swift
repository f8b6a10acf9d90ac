extension Block {
  /// Bytes of text after which a paragraph is cut, at the end of the word there.
  static let paragraphPieceSize = 8192

  /// The paragraph `runs`, cut where its text is longer than a piece.
  func paragraphPieces(_ runs: [InlineRun]) -> [Block] {
    guard runs.reduce(0, { $0 + $1.text.utf8.count }) > Self.paragraphPieceSize else {
      return [self]
    }
    var cutter = RunCutter(room: Self.paragraphPieceSize)
    for run in runs { cutter.append(run) }
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

  mutating func append(_ run: InlineRun) {
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
  /// scalar's start (a character that long is no text to be read).
  fileprivate func endOfWord(afterBytes count: Int) -> Index {
    let bytes = utf8.dropFirst(Swift.max(0, count))
    if let space = bytes.prefix(200).firstIndex(of: UInt8(ascii: " ")) {
      return utf8.index(after: space)
    }
    return bytes.firstIndex { $0 & 0xC0 != 0x80 } ?? endIndex
  }
}
