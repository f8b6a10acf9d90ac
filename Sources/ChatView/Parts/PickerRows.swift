import ChatEngine
import ChatScreen
import Language
import Screen

/// A list to choose from: its title and count, then as many items as fit around the chosen one.
struct PickerRows {
  let rows: [[Cell]]

  init(_ picker: Picker, _ context: ViewContext, height: Int) {
    let shown = picker.shown
    let number = shown.isEmpty ? 0 : picker.selection + 1
    let head =
      context.cells(" \(context.text(picker.title)) ", context.theme.heading)
      + context.cells("\(number)/\(shown.count)", context.theme.dim)
    guard !shown.isEmpty else {
      let phrase = picker.isExpecting ? say("The list is on its way…") : say("Nothing fits.")
      rows = [head, context.cells(" " + context.text(phrase), context.theme.dim)]
      return
    }
    let room = max(1, height - 1)
    let first = max(0, min(picker.selection - room / 2, shown.count - room))
    let visible = shown[first..<min(shown.count, first + room)]
    rows =
      [head]
      + visible.indices.map { place in
        let item = shown[place]
        return Self.row(
          item, isChosen: place == picker.selection, isCurrent: item.choice == picker.current,
          context)
      }
  }

  private static func row(
    _ item: Picker.Item, isChosen: Bool, isCurrent: Bool, _ context: ViewContext
  ) -> [Cell] {
    let style = isChosen ? context.theme.selection : context.theme.text
    let sign = isChosen ? context.glyphs.prompt : " "
    let mark = context.cells(isCurrent ? " \(context.glyphs.current)" : "", style)
    let whole = context.cells(" \(sign) \(item.title)", style)
    // Half of the row, and what a short title leaves.
    let remark = context.cells(
      item.remark.isEmpty ? "" : "  \(item.remark) ",
      isChosen ? context.theme.selection : context.theme.dim
    )
    .truncated(
      to: max(context.columns / 2, context.columns - whole.count - mark.count),
      rules: context.rules)
    let room = context.columns - remark.count
    let title = whole.truncated(to: room - mark.count, rules: context.rules)
    return (title + mark).fitted(to: room, style: style, rules: context.rules) + remark
  }
}
