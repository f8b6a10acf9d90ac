import ChatCore
import Conversation
import Language
import ModelCatalog
import Screen

/// A picture over the whole screen, with what is sent of it below, until a key is pressed.
struct PictureScreen {
  let reference: PictureReference
  let key: PreviewKey

  /// Nil for a picture at a URL, of which nothing is kept here.
  init?(_ reference: PictureReference, in size: Size) {
    guard let stored = reference.stored else { return nil }
    self.reference = reference
    key = PreviewKey(
      digest: stored.digest, size: Size(columns: size.columns, rows: max(1, size.rows - 2)))
  }

  /// The screen: the picture in the middle once it is drawn, and the caption.
  func frame(_ state: ChatState) -> Frame {
    let size = state.surroundings.size
    var frame = Frame(size: size)
    let rows = (state.pictures.previews[key] ?? nil) ?? []
    let top = max(0, (size.rows - 2 - rows.count) / 2)
    let left = max(0, (size.columns - (rows.first?.count ?? 0)) / 2)
    for (index, row) in rows.enumerated() {
      frame.write(row, row: top + index, column: left)
    }
    let style = Style(attributes: .bold)
    let language = state.surroundings.language
    let lines = StyledLine(caption(state).text(in: language), style)
      .wrapped(to: max(2, size.columns - 1))
    for (index, line) in lines.prefix(2).enumerated() {
      frame.write(line, row: size.rows - min(2, lines.count) + index)
    }
    return frame
  }

  private func caption(_ state: ChatState) -> Phrase {
    guard let stored = reference.stored else { return say("Any key closes.") }
    let plan = state.model.plan(for: stored.size, detail: reference.detail)
    let original =
      "\(stored.format.rawValue.uppercased()) \(stored.size) \(ByteCount(stored.byteCount))"
    return say(
      """
      \(reference.name): \(original). The model sees \(plan.size.description), \
      \(reference.detail.rawValue), \(plan.tokens.text). Any key closes.
      """)
  }
}
