import ChatCore
import Conversation
import Screen

/// The pictures of a message, drawn in cells.
struct Previews {
  private let state: ChatState
  private let context: ViewContext
  private let keys: [PreviewKey]

  init(of message: Message, _ state: ChatState, _ context: ViewContext) {
    self.state = state
    self.context = context
    // At most a third of the screen high.
    let size = Size(
      columns: min(context.textColumns, 60),
      rows: max(2, min(16, state.surroundings.size.rows / 3 - 1)))
    keys =
      !state.surroundings.previewsAreOn
      ? []
      : message.pictures.compactMap(\.stored).map { PreviewKey(digest: $0.digest, size: size) }
  }

  /// Those that nobody has asked for yet.
  var missing: [PreviewKey] { keys.filter { state.pictures.previews[$0] == nil } }

  /// The finished ones, side by side while they fit.
  var rows: [[Cell]] {
    var bands: [[[Cell]]] = []
    for key in keys {
      guard let rows = state.pictures.previews[key] ?? nil, let width = rows.first?.count,
        width > 0
      else { continue }
      if let last = bands.last, (last.first?.count ?? 0) + 2 + width <= context.textColumns {
        bands[bands.count - 1] = Self.joined(last, rows)
      } else {
        bands.append(rows)
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
