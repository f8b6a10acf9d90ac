import ChatEngine
import ChatScreen
import Language
import Screen

/// The notice in at most so many rows, with the keys that accept what is offered.
///
/// A long one loses the end of its sentence, never an offer.
struct NoticeRows {
  let rows: [[Cell]]

  init(_ state: ChatState, _ context: ViewContext, most: Int) {
    guard let notice = state.notice, most > 0 else {
      rows = []
      return
    }
    let phrase = StyledLine(" " + context.text(notice.phrase), Self.style(notice.kind, context))
      .flattened
      .wrapped(to: context.columns - 1, continuationIndent: 1, rules: context.rules)
    let offers = Self.offerRows(notice.offers.prefix(3).map(\.text), context)
    if let last = phrase.last, let offer = offers.first, offers.count == 1,
      last.count + offer.count + 1 < context.columns
    {
      rows = (phrase.dropLast() + [last + [.blank] + offer]).cut(to: most, context)
    } else {
      rows = phrase.cut(to: max(1, most - offers.count), context) + offers.prefix(most - 1)
    }
  }

  private static func offerRows(
    _ offers: [String], _ context: ViewContext
  ) -> [[Cell]] {
    let items = offers.enumerated().map { index, offer in
      let key = index == 0 ? " Ctrl-X 1 " : " \(index + 1) "
      let cells = context.cells(key, context.theme.dim) + context.cells(offer, context.theme.prompt)
      return cells.truncated(to: context.columns - 1, rules: context.rules)
    }
    return items.packed(into: context.columns - 1, gap: 1)
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
