import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen

/// The line being written, in at most so many rows; longer text scrolls with the cursor.
struct ComposerArea {
  let rows: [[Cell]]
  /// Where the cursor stands in `rows`.
  let cursor: Point?

  init(_ state: ChatState, _ context: ViewContext, most: Int) {
    let most = max(1, most)
    let layout = Self.layout(ComposerExcerpt(of: state.composer.line), state, context)
    let start = max(0, min(layout.cursor.row - most + 1, layout.rows.count - most))
    var rows = Array(layout.rows.dropFirst(start).prefix(most))
    if start > 0 {
      // Whose message it is stays in sight.
      let head = Self.prompt(state, context).cells(rules: context.rules)
        .truncated(to: layout.indent, rules: context.rules)
      rows[0].replaceSubrange(..<min(layout.indent, rows[0].count), with: head)
    }
    self.rows = rows
    cursor = Point(column: layout.cursor.column, row: layout.cursor.row - start)
  }

  static func layout(
    _ line: ComposerExcerpt, _ state: ChatState, _ context: ViewContext
  ) -> ComposerLayout {
    ComposerLayout(
      text: line.text, byteOffset: line.cursor, columns: context.columns,
      prompt: prompt(state, context), rules: context.rules)
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
    case .calls(let question):
      let words = question.entry == .letters ? "y/c/a/e/n/r" : question.entry == .reason ? "n" : "y"
      return StyledLine(" " + words + sign, theme.warning)
    case .form(let form):
      let words = form.entry == .letters ? "y/n" : form.elicitation.server
      return StyledLine(" " + words + sign, theme.warning)
    case .page(let page):
      return page.isFiltering
        ? StyledLine(" " + context.text(say("filter")) + sign, theme.prompt)
        : StyledLine(" " + context.text(say("Esc closes")) + sign, theme.dim)
    case .selection: return StyledLine(" " + context.text(say("select")) + sign, theme.notice)
    case nil: break
    }
    let who = state.session.editing == nil ? state.session.role.rawValue : context.text(say("edit"))
    return StyledLine(" \(mode)\(who)\(sign)", theme.prompt)
  }
}
