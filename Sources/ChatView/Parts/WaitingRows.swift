import ChatCore
import Conversation
import Language
import Screen

/// The pictures that go with the next message, by their numbers.
struct WaitingRows {
  let rows: [[Cell]]

  init(_ state: ChatState, _ context: ViewContext, most: Int) {
    let items = state.pictures.waiting.enumerated().map { index, attachment in
      Self.item(attachment, number: index + 1, state, context)
        .truncated(to: context.columns - 1, at: .middle, rules: context.rules)
    }
    guard !items.isEmpty, most > 0 else {
      rows = []
      return
    }
    let all = items.packed(into: context.columns - 1, gap: 2)
    rows = all.count <= most ? all : all.prefix(most - 1) + [Self.count(items.count, context)]
  }

  private static func count(_ number: Int, _ context: ViewContext) -> [Cell] {
    let text = context.text(say("\(number) pictures wait, /attachments lists them"))
    return context.cells(" \(context.glyphs.picture) " + text, context.theme.picture)
      .truncated(to: context.columns - 1, rules: context.rules)
  }

  private static func item(
    _ attachment: Attachment, number: Int, _ state: ChatState, _ context: ViewContext
  ) -> [Cell] {
    let head = " \(context.glyphs.picture) \(number) \(attachment.name) "
    let tail =
      switch attachment.progress {
      case .preparing: context.text(say("is being prepared"))
      case .failed: context.text(say("cannot be sent"))
      case .ready(let picture): PictureLine.figures(picture.reference, state)
      }
    return context.cells(head, context.theme.picture) + context.cells(tail, context.theme.dim)
  }
}
