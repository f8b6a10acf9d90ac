import ChatEngine
import ChatScreen
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
    case .page(let page):
      guard !page.isFiltering else { return [say("Enter goes to what fits, Esc closes")] }
      return [
        say("Space and b move, / filters, Esc closes"), say("/ filters, Esc closes"),
        say("Esc closes"),
      ]
    case .question, .calls, .form: return []
    case nil:
      guard state.composer.text.isEmpty, state.composer.line.message == nil else {
        return place(in: state.composer.line)
      }
      return [
        say("? keys, /help commands, Tab completes, Ctrl-X v selects text"),
        say("? keys, /help commands"),
      ]
    }
  }

  /// The rows that a composer shows at least, beyond which its text is not in sight as a whole.
  private static let fewLines = 3

  /// Where the cursor stands in a text of many lines, such as a paste.
  private static func place(in line: ComposerSnapshot) -> [Phrase] {
    let lineBreak = UInt8(ascii: "\n")
    let count = line.text.utf8.count { $0 == lineBreak } + 1
    guard count > fewLines else { return [] }
    let number = line.text.utf8.prefix(line.cursor).count { $0 == lineBreak } + 1
    return [say("line \(number) of \(count)"), .verbatim("\(number)/\(count)")]
  }
}
