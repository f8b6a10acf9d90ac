import ChatEngine
import ChatScreen
import Conversation
import Screen

/// The pictures of a message, or those that wait to be sent, drawn in cells.
struct Previews {
  private let state: ChatState
  private let context: ViewContext
  /// The pictures that are to be drawn here.
  let keys: [PreviewKey]
  private let columns: Int
  /// Whether pictures that find no room beside the first are left out.
  private var isSingleBand = false
  /// The columns of a narrow picture, with the gap behind it.
  private static let leastColumns = 8

  init(of message: Message, _ state: ChatState, _ context: ViewContext) {
    self.state = state
    self.context = context
    columns = context.textColumns
    // At most a third of the screen high.
    let size = Size(
      columns: min(context.textColumns, 60),
      rows: max(2, min(16, state.capabilities.size.rows / 3 - 1)))
    keys =
      !state.capabilities.previewsAreOn
      ? []
      : message.shownPictures.compactMap(\.stored).map { PreviewKey(digest: $0.digest, size: size) }
  }

  /// Those that wait, small, and no more than stand side by side; none where room is short.
  init(waitingIn state: ChatState, _ context: ViewContext, most: Int) {
    self.state = state
    self.context = context
    columns = context.columns - 1
    let size = Size(columns: min(columns / 3, 30), rows: min(6, state.capabilities.size.rows / 5))
    guard state.capabilities.previewsAreOn, size.rows >= 4, most >= size.rows else {
      keys = []
      return
    }
    keys = state.pictures.waiting.compactMap { $0.prepared?.reference.stored }
      .prefix(columns / Self.leastColumns).map { PreviewKey(digest: $0.digest, size: size) }
    isSingleBand = true
  }

  /// The finished ones, side by side while they fit.
  var rows: [[Cell]] {
    var bands: [[[Cell]]] = []
    for key in keys {
      guard let rows = state.previews[key], let width = rows.first?.count,
        width > 0
      else { continue }
      if let last = bands.last, (last.first?.count ?? 0) + 2 + width <= columns {
        bands[bands.count - 1] = Self.joined(last, rows)
      } else if bands.isEmpty || !isSingleBand {
        bands.append(rows)
      } else {
        break
      }
    }
    return bands.flatMap { $0 }
  }

  private static func joined(_ left: [[Cell]], _ right: [[Cell]]) -> [[Cell]] {
    let width = left.first?.count ?? 0
    let gap: [Cell] = [.blank, .blank]
    return (0..<max(left.count, right.count)).map { row in
      (row < left.count ? left[row] : []).padded(to: width) + gap
        + (row < right.count ? right[row] : [])
    }
  }
}
