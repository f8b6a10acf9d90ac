import ChatCore
import Screen

/// What Tab found, in columns, in at most so many rows.
struct CandidateRows {
  let rows: [[Cell]]

  init(_ state: ChatState, _ context: ViewContext, most: Int) {
    // No more are looked at than could be shown.
    let candidates = state.composer.candidates
    guard !candidates.isEmpty, most > 0 else {
      rows = []
      return
    }
    let room = context.columns - 2
    let items = candidates.prefix(most * room).map { context.cells($0, context.theme.notice) }
    let width = min(room, (items.map(\.count).max() ?? 1) + 2)
    let perRow = max(1, room / width)
    let all = stride(from: 0, to: items.count, by: perRow).map { start in
      items[start..<min(items.count, start + perRow)].reduce(context.cells(" ", .plain)) {
        $0 + $1.fitted(to: width, rules: context.rules)
      }
    }
    guard all.count > most else {
      rows = all
      return
    }
    let left = candidates.count - (most - 1) * perRow
    rows = all.prefix(most - 1) + [context.cells(" … \(left)", context.theme.dim)]
  }
}
