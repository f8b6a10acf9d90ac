import ChatEngine
import ChatScreen
import Conversation
import Screen

// Positions: ways between rows, and what stands for a row in the state.
extension TranscriptLayout {
  /// The position so many rows further, within the transcript; always one that has a row.
  mutating func position(
    from start: RowPosition, by rows: Int, _ source: TranscriptSource
  ) -> RowPosition {
    var position = start
    position.row += rows
    while position.row < 0 {
      guard let before = block(before: position, source) else {
        position = .top
        break
      }
      position = before
      position.row += rowCount(at: before, source)
    }
    while true {
      let count = rowCount(at: position, source)
      guard position.row >= count else { return position }
      guard let after = block(after: position, source) else { return end(source) }
      position = after
      position.row -= count
    }
  }

  /// The position behind the last row that is shown: the blank row below the last message.
  mutating func end(_ source: TranscriptSource) -> RowPosition {
    let last = source.entries.count - 1
    return RowPosition(entry: last, block: lastBlock(of: last, source), row: 0)
  }

  /// The blank row below a message.
  mutating func lastBlock(of entry: Int, _ source: TranscriptSource) -> Int {
    blockCount(entry, source) - 1
  }

  /// Whether a position is the first row of its message.
  mutating func isStart(_ position: RowPosition, _ source: TranscriptSource) -> Bool {
    guard position.row == 0 else { return false }
    var before = position
    while before.block > 0 {
      before.block -= 1
      if rowCount(at: before, source) > 0 { return false }
    }
    return true
  }

  private mutating func block(
    before position: RowPosition, _ source: TranscriptSource
  ) -> RowPosition? {
    var before = position
    before.block -= 1
    guard before.block < 0 else { return before }
    guard position.entry > 0 else { return nil }
    before.entry -= 1
    before.block = lastBlock(of: before.entry, source)
    return before
  }

  private mutating func block(
    after position: RowPosition, _ source: TranscriptSource
  ) -> RowPosition? {
    var after = position
    after.block += 1
    guard after.block > lastBlock(of: position.entry, source) else { return after }
    guard position.entry + 1 < source.entries.count else { return nil }
    after.entry += 1
    after.block = 0
    return after
  }
}

// MARK: - Places

extension TranscriptLayout {
  /// The place that stands for a position at every width.
  mutating func place(of position: RowPosition, _ source: TranscriptSource) -> TranscriptPlace {
    let id = source.entries[position.entry]
    if isStart(position, source) { return .message(id, row: 0) }
    let rows = rows(at: position, source)
    return .text(id, TextPlace(block: position.block, row: position.row, of: rows))
  }

  mutating func position(
    of place: TextPlace, in entry: Int, _ source: TranscriptSource
  ) -> RowPosition {
    let block = min(max(0, place.block), lastBlock(of: entry, source))
    var position = RowPosition(entry: entry, block: block, row: 0)
    position.row = place.row(in: rows(at: position, source))
    return position
  }

  /// The row of a match, told by its number among those in the message's source.
  mutating func position(
    ofMatch ordinal: Int, in id: MessageID, _ source: TranscriptSource
  ) -> RowPosition? {
    guard let entry = source.index(of: id), let query = source.state.transcript.find?.query else {
      return nil
    }
    let matches = SourceMatches(query, in: source.message(entry).text)
    let offset = matches.offset(of: ordinal)
    let place = block(ofByte: offset, in: entry, source)
    var left = matches.count(in: place.start..<offset)
    var position = RowPosition(entry: entry, block: place.block, row: 0)
    let last = lastBlock(of: entry, source)
    let finder = MatchFinder(query, source.context)
    while position.block < last {
      let lit = finder.matches(in: rows(at: position, source))
      if left < lit.count { return RowPosition(row: lit[left][0].row, in: position) }
      left -= lit.count
      position.block += 1
      // What is not shown as it is written is in the block all the same.
      if position.block > place.block, lit.isEmpty { break }
    }
    return RowPosition(entry: entry, block: place.block, row: 0)
  }
}

extension RowPosition {
  fileprivate init(row: Int, in block: RowPosition) {
    self = block
    self.row = row
  }
}
