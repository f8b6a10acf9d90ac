import ChatEngine
import ChatScreen
import Conversation
import Screen

// The sentence that is being said, and the way to it.
extension TranscriptLayout {
  /// Moves `top` so that the sentence that is being said is in sight, where the view follows the voice; it
  /// stays where the whole of it is there already.
  mutating func followVoice(
    from top: inout RowPosition, height: Int, bottom: RowPosition, _ source: TranscriptSource
  ) {
    guard source.state.transcript.followsVoice, let rows = spokenRows(source) else { return }
    let last = position(from: top, by: max(0, height - 1), source)
    guard rows.first < top || rows.last > last else { return }
    // What comes behind it is in sight as well, and a sentence as long as the screen from its start.
    let isLong = rows.last > position(from: rows.first, by: max(0, height - height / 3 - 1), source)
    top = min(isLong ? rows.first : position(from: rows.first, by: -(height / 3), source), bottom)
  }

  /// The first and the last row of the sentence that is being said; nil where none is.
  private mutating func spokenRows(
    _ source: TranscriptSource
  ) -> (first: RowPosition, last: RowPosition)? {
    guard let speech = source.state.sound.speech, let offset = speech.byteOffset,
      let entry = speech.message.flatMap({ source.index(of: $0) })
    else { return nil }
    let place = block(ofByte: offset, in: entry, source)
    var found = RowPosition(entry: entry, block: place.block, row: 0)
    if let shown = speech.shown {
      let matches = MatchFinder(shown, source.context).matches(in: rows(at: found, source))
      let number = speech.repetition(from: place.start)
      if let match = matches.dropFirst(number).first ?? matches.last, let start = match.first {
        found.row = start.row
        var last = found
        last.row = match.last?.row ?? start.row
        return (found, last)
      }
    }
    found = position(ofByte: offset, in: entry, source).row
    return (found, found)
  }
}
