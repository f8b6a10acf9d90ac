import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen

/// The question of a tool's server: who asks, why, what was filled in, or the whole address, and the keys.
///
/// The first and the last rows always stand there; what is longer than the room scrolls.
struct ToolFormRows {
  let rows: [[Cell]]

  init(_ form: ToolForm, _ context: ViewContext, most: Int) {
    let head = Self.wrapped(Self.title(form.elicitation), context.theme.warning, context)
    let keys = Self.wrapped(Self.keys(form), context.theme.prompt, context)
    let room = max(1, most - min(2, head.count) - keys.count)
    let (body, chosen) = Self.body(form, context)
    // The field that is typed is always in sight.
    let needed = chosen.map { max(0, $0.upperBound - room) } ?? 0
    let offset = max(0, min(max(form.offset, needed), body.count - room))
    var shown = Array(body.dropFirst(offset).prefix(room))
    if body.count > offset + room, chosen == nil, let last = shown.indices.last {
      let more = context.text(say("… PageDown shows \(body.count - offset - room + 1) more rows"))
      shown[last] = context.cells("  " + more, context.theme.dim)
    }
    rows =
      head.cut(to: 2, context) + shown
      + keys.suffix(max(1, most - min(2, head.count) - shown.count))
  }

  private static func title(_ elicitation: Elicitation) -> Phrase {
    elicitation.host.map { say("\(elicitation.server) (\($0)) asks:") }
      ?? say("\(elicitation.server) asks:")
  }

  private static func keys(_ form: ToolForm) -> Phrase {
    switch form.entry {
    case .field: return say("Enter takes it, Up goes back, Esc leaves the form.")
    case .letters:
      if case .url = form.elicitation.kind {
        return form.webAddress == nil
          ? say("y agrees, n declines, Esc closes. Iris does not open it.")
          : say("o opens the address, y agrees without opening it, n declines, Esc closes")
      }
      return form.openField == nil
        ? say("y sends this, e edits, n declines, Esc closes")
        : say("y fills it in, n declines, Esc closes")
    }
  }

  /// The rows between, and the place of the field that is typed.
  private static func body(
    _ form: ToolForm, _ context: ViewContext
  ) -> (rows: [[Cell]], chosen: Range<Int>?) {
    var rows = wrapped(verbatim(form.elicitation.message), context.theme.text, context)
    if case .url(let url) = form.elicitation.kind {
      return (rows + wrapped(verbatim(url), context.theme.link, context), nil)
    }
    var chosen: Range<Int>?
    for (number, field) in form.fields.enumerated() {
      let isChosen = form.entry == .field(number)
      let start = rows.count
      rows += self.rows(of: field, form.typed[number] ?? "", isChosen: isChosen, context)
      if isChosen { chosen = start..<rows.count }
    }
    return (rows, chosen)
  }

  private static func rows(
    of field: ElicitationField, _ typed: String, isChosen: Bool, _ context: ViewContext
  ) -> [[Cell]] {
    let sign = isChosen ? context.glyphs.prompt : " "
    let mark = field.isRequired ? "*" : ""
    let style = isChosen ? context.theme.selection : context.theme.text
    let row = context.cells(" \(sign) \(field.title)\(mark): \(typed)", style)
      .truncated(to: context.columns - 1, rules: context.rules)
    guard isChosen else { return [row] }
    let details = field.details.isEmpty ? "" : field.details + " "
    let help = "   " + details + "(" + context.text(field.expectation) + ")"
    let rows = StyledLine(help, context.theme.dim).flattened
      .wrapped(to: context.columns - 1, continuationIndent: 3, rules: context.rules)
    return [row] + rows.cut(to: 4, context)
  }

  private static func verbatim(_ text: String) -> Phrase {
    Phrase(key: "%@", arguments: [.text(text)])
  }

  private static func wrapped(
    _ phrase: Phrase, _ style: Style, _ context: ViewContext
  ) -> [[Cell]] {
    StyledLine(" " + context.text(phrase), style).flattened
      .wrapped(to: context.columns - 1, continuationIndent: 1, rules: context.rules)
  }
}
