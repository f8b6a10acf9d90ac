import ChatCore
import Language
import Screen

/// The keys that help just now, in one line: where nothing is written and nothing goes on.
struct KeyHelp {
  let cells: [Cell]

  init(_ state: ChatState, _ context: ViewContext) {
    // The longest that leaves some of the rule.
    let room = context.columns - 4
    let lines = Self.phrases(state).map {
      context.cells(" \(context.text($0)) ", context.theme.dim)
    }
    cells = lines.first { $0.count <= room } ?? []
  }

  private static func phrases(_ state: ChatState) -> [Phrase] {
    switch state.overlay {
    case .selection(let selection):
      return selection.mark == nil
        ? [
          say("Space marks, Enter copies the line, ? shows the keys, Esc leaves"),
          say("Space marks, ? shows the keys, Esc leaves"), say("Space marks, Esc leaves"),
        ] : [say("Enter copies, Space unmarks, Esc leaves"), say("Enter copies, Esc leaves")]
    case .picker: return [say("Enter chooses, Esc leaves")]
    case .page: return [say("Space and PageUp move, Esc closes"), say("Esc closes")]
    case .question: return []
    case nil:
      guard state.composer.text.isEmpty, state.composer.line.message == nil else { return [] }
      return [
        say("? keys, /help commands, Tab completes, Ctrl-X v selects text"),
        say("? keys, /help commands"),
      ]
    }
  }
}
