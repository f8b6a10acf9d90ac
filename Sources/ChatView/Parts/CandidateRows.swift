import ChatEngine
import ChatScreen
import Language
import Screen

/// What Tab found, in columns, in at most so many rows; Tab again shows those that come behind.
struct CandidateRows {
  let rows: [[Cell]]

  init(_ state: ChatState, _ context: ViewContext, most: Int) {
    let candidates = state.composer.candidates
    guard !candidates.isEmpty, most > 0 else {
      rows = []
      return
    }
    let room = context.columns - 2
    // Some thousands tell their width; the rest is cut to it.
    let widest = candidates.prefix(2_000).map { context.cells($0, .plain).count }.max() ?? 1
    let width = min(room, widest + 2)
    let perRow = max(1, room / width)
    let perScreen = max(1, most - 1) * perRow
    let screens = candidates.count <= most * perRow ? 1 : (candidates.count - 1) / perScreen + 1
    let first = state.composer.candidateScreens % screens * perScreen
    let items = candidates.dropFirst(first).prefix(most * perRow).map {
      context.cells($0, context.theme.notice)
    }
    let all = stride(from: 0, to: items.count, by: perRow).map { start in
      items[start..<min(items.count, start + perRow)].reduce(context.cells(" ", .plain)) {
        $0 + $1.fitted(to: width, rules: context.rules)
      }
    }
    guard screens > 1, most > 1 else {
      rows = Array(all.prefix(most))
      return
    }
    let end = min(candidates.count, first + perScreen)
    let place = context.text(say("\(first + 1)–\(end) of \(candidates.count), Tab shows more"))
    rows =
      all.prefix(most - 1) + [
        context.cells(" " + place, context.theme.dim)
          .truncated(to: context.columns - 1, rules: context.rules)
      ]
  }
}
