import ChatEngine
import ChatScreen
import Language
import Screen

/// The hints on an empty transcript: how to begin.
struct Welcome {
  private let rows: [[Cell]]
  private let context: ViewContext

  init(_ state: ChatState, _ context: ViewContext) {
    var lines = [
      say("Type a message and press Enter. Alt-Enter starts a new line."),
      say("/attach PATH adds a picture. /help shows the commands, ? the keys."),
    ]
    if state.currentProvider.isDemo {
      lines.append(
        say("This is the demo, inside Iris: set OPENAI_API_KEY to talk to a real model."))
    }
    self.context = context
    rows = lines.flatMap {
      StyledLine(context.text($0), context.theme.dim)
        .wrapped(to: context.columns - 2, rules: context.rules)
    }
  }

  func draw(in area: Rect, of frame: inout Frame) {
    for (index, row) in rows.cut(to: area.size.rows, context).enumerated() {
      frame.write(row, row: area.origin.row + index, column: 1)
    }
  }
}
