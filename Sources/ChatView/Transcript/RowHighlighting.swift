import ChatEngine
import ChatScreen
import Conversation
import Screen

/// Styles over a message's own: dim where it is left out of requests, highlighted where a search matches, or
/// where a sentence is being said.
struct RowHighlighting {
  private let source: TranscriptSource
  private let isDim: Bool
  private let finder: MatchFinder?

  init(_ entry: Int, _ source: TranscriptSource) {
    self.source = source
    isDim = source.message(entry).omission == .all
    let speech = source.state.sound.speech
    let sentence = speech?.message == source.message(entry).id ? speech?.shown : nil
    let query = sentence ?? source.state.transcript.find?.query
    finder = query.map { MatchFinder($0, source.context) }
  }

  /// The rows of a block, dimmed and highlighted.
  func highlighted(_ rows: [[Cell]]) -> [[Cell]] {
    guard isDim || finder != nil else { return rows }
    var rows = isDim ? rows.map { $0.map(dimmed) } : rows
    for stretch in (finder?.matches(in: rows) ?? []).joined() {
      for column in stretch.cells {
        rows[stretch.row][column].style.attributes.formUnion(source.context.theme.match)
      }
    }
    return rows
  }

  private func dimmed(_ cell: Cell) -> Cell {
    var cell = cell
    let link = cell.style.link
    cell.style = source.context.theme.dim
    cell.style.link = link
    return cell
  }
}
