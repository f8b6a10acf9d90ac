import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen

/// The question about calls of tools: who asks for what, every argument, where it runs, and the keys.
///
/// The first and the last rows always stand there; arguments that are longer than the room scroll.
struct CallQuestionRows {
  let rows: [[Cell]]

  /// `arguments` keeps what is drawn of a call from one frame to the next.
  init(
    _ question: CallQuestion, _ state: ChatState, _ context: ViewContext, most: Int,
    _ arguments: inout CallArgumentRows
  ) {
    let calls = state.askedCalls
    guard calls.indices.contains(question.selection) else {
      rows = []
      return
    }
    let entry = calls[question.selection]
    let head = Self.head(calls, question, state, context, most: max(1, most / 3))
    let keys = Self.keys(question, entry, isShort: most < 9, context)
    let room = max(1, most - head.count - keys.count)
    arguments.update(to: entry, context, from: question.offset, room: room)
    var shown = arguments.shown
    if arguments.hidden > 0, let last = shown.indices.last {
      let more = context.text(say("… PageDown shows \(arguments.hidden + 1) more rows"))
      shown[last] = context.cells("  " + more, context.theme.dim)
    }
    rows = head + shown + keys.suffix(max(1, most - head.count - shown.count))
  }

  /// The tool that is asked for; of several a row each, with the mark of what was decided.
  private static func head(
    _ calls: [CallRound.Entry], _ question: CallQuestion, _ state: ChatState,
    _ context: ViewContext, most: Int
  ) -> [[Cell]] {
    let title =
      calls.count == 1
      ? say("The model asks to call \(calls[0].shownName):")
      : say("The model asks to make \(calls.count) calls:")
    let line = StyledLine(" " + context.text(title), context.theme.warning).flattened
      .wrapped(to: context.columns - 1, continuationIndent: 1, rules: context.rules)
    guard calls.count > 1, let round = state.engine.calls.round else {
      return line.cut(to: 2, context)
    }
    let first = max(0, min(question.selection - most / 2, calls.count - most))
    return line.cut(to: 1, context)
      + calls.indices.dropFirst(first).prefix(most).map { place in
        let entry = calls[place]
        let isChosen = place == question.selection
        let style = isChosen ? context.theme.selection : context.theme.text
        let mark = mark(of: question.decisions[round.key(of: entry)])
        let sign = isChosen ? context.glyphs.prompt : " "
        // More than the row holds is not even looked at.
        let arguments = (entry.arguments ?? entry.call.arguments).prefix(context.columns)
        let text = "\(sign) \(mark) \(entry.shownName) \(arguments)"
        return context.cells(" " + text, style)
          .truncated(to: context.columns - 1, rules: context.rules)
      }
  }

  private static func mark(of decision: CallDecision?) -> String {
    switch decision {
    case .allow(.once, nil): "y"
    case .allow(.once, .some): "e"
    case .allow(.conversation, _): "c"
    case .allow(.always, _): "a"
    case .refuse(nil): "n"
    case .refuse(.some): "r"
    case nil: "?"
    }
  }

  private static func keys(
    _ question: CallQuestion, _ entry: CallRound.Entry, isShort: Bool, _ context: ViewContext
  ) -> [[Cell]] {
    let phrase: Phrase =
      switch question.entry {
      case .letters where isShort: say("y once, n no, Esc stops all")
      case .letters:
        say(
          "y once, c in this conversation, a always, e edits, n no, r no with a reason, Esc stops all"
        )
      case .rule:
        say(
          "a writes the rule “\(ToolRules.Rule(allowing: entry.shownName).line)” for good, any other key goes back."
        )
      case .reason: say("Why not? Enter tells it to the model, Esc goes back.")
      case .arguments: say("Enter makes the call with these arguments, Esc goes back.")
      }
    return StyledLine(" " + context.text(phrase), context.theme.prompt).flattened
      .wrapped(to: context.columns - 1, continuationIndent: 1, rules: context.rules)
  }
}

extension CallRound.Entry {
  /// The tool's own name; that of the wire where no tool is known by it.
  fileprivate var shownName: String { tool?.name ?? call.name }
}
