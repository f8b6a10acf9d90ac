import ChatCore
import Language
import Screen

/// What happened last, in at most a few rows, with the keys that accept what is offered.
struct NoticeRows {
  let rows: [[Cell]]

  init(_ state: ChatState, _ context: ViewContext) {
    guard let notice = state.notice else {
      rows = []
      return
    }
    let most = max(1, min(5, state.surroundings.size.rows / 5))
    var line = StyledLine(" " + context.text(notice.phrase), Self.style(notice.kind, context))
    for (index, offer) in notice.offers.prefix(3).enumerated() {
      line.runs.append(StyledRun("  Ctrl-X \(index + 1) ", context.theme.dim))
      line.runs.append(StyledRun(offer, context.theme.prompt))
    }
    let wrapped = line.flattened
      .wrapped(to: context.columns - 1, continuationIndent: 1, rules: context.rules)
    guard wrapped.count > most else {
      rows = wrapped
      return
    }
    // What is too long loses its middle: the offers stand at the end.
    let cut = (wrapped[most - 1] + context.cells(" … ", context.theme.dim))
      .truncated(to: context.columns - 1, rules: context.rules)
    rows = wrapped.prefix(most - 1) + [notice.offers.isEmpty ? cut : wrapped[wrapped.count - 1]]
  }

  private static func style(_ kind: Notice.Kind, _ context: ViewContext) -> Style {
    switch kind {
    case .information: context.theme.notice
    case .warning: context.theme.warning
    case .error: context.theme.error
    }
  }
}

extension StyledLine {
  /// The line with its line breaks as spaces: a sentence may quote a text that has some.
  var flattened: StyledLine {
    StyledLine(
      runs.map { run in
        StyledRun(String(run.text.map { $0.isNewline ? " " : $0 }), run.style)
      })
  }
}

/// What Tab found, in columns, in at most five rows.
struct CandidateRows {
  let rows: [[Cell]]

  init(_ state: ChatState, _ context: ViewContext) {
    let candidates = state.composer.candidates
    guard !candidates.isEmpty else {
      rows = []
      return
    }
    let items = candidates.map { context.cells($0, context.theme.notice) }
    let room = context.columns - 2
    let width = min(room, (items.map(\.count).max() ?? 1) + 2)
    let perRow = max(1, room / width)
    let most = max(1, min(5, state.surroundings.size.rows / 4))
    let all = stride(from: 0, to: items.count, by: perRow).map { start in
      items[start..<min(items.count, start + perRow)].reduce(context.cells(" ", .plain)) {
        $0 + $1.fitted(to: width, rules: context.rules)
      }
    }
    guard all.count > most else {
      rows = all
      return
    }
    let left = items.count - (most - 1) * perRow
    let more = context.cells(" … \(left)", context.theme.dim)
    rows = all.prefix(most - 1) + [more]
  }
}
