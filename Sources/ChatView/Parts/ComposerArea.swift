import ChatCore
import Conversation
import Language
import Screen

/// The line being written, in at most a third of the screen; longer text scrolls with the cursor.
struct ComposerArea {
  let rows: [[Cell]]
  /// Where the cursor stands in `rows`.
  let cursor: Point?

  init(_ state: ChatState, _ context: ViewContext) {
    let line = state.composer.line
    let layout = ComposerLayout(
      text: line.text, byteOffset: line.cursor, columns: context.columns,
      prompt: Self.prompt(state, context), rules: context.rules)
    let most = max(1, state.surroundings.size.rows / 3)
    let first = max(0, min(layout.cursor.row - most + 1, layout.rows.count - most))
    let start = layout.rows.count <= most ? 0 : max(first, layout.cursor.row - most + 1)
    rows = Array(layout.rows.dropFirst(start).prefix(most))
    cursor = Point(column: layout.cursor.column, row: layout.cursor.row - start)
  }

  private static func prompt(_ state: ChatState, _ context: ViewContext) -> StyledLine {
    let theme = context.theme
    if let message = state.composer.line.message {
      return StyledLine(" " + message, theme.notice)
    }
    let mode = state.composer.line.mode.map { "(\($0)) " } ?? ""
    let sign = " \(context.glyphs.prompt) "
    switch state.overlay {
    case .picker: return StyledLine(" " + context.text(say("filter")) + sign, theme.prompt)
    case .question: return StyledLine(" y/n" + sign, theme.warning)
    case .page: return StyledLine(" " + context.text(say("Esc closes")) + sign, theme.dim)
    case nil: break
    }
    let who = state.session.editing == nil ? state.session.role.rawValue : context.text(say("edit"))
    return StyledLine(" \(mode)\(who)\(sign)", theme.prompt)
  }
}
