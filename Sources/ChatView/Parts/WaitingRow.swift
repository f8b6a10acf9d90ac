import ChatCore
import Conversation
import Language
import ModelCatalog
import Screen

/// The pictures that go with the next message, in at most three rows.
struct WaitingRow {
  let rows: [[Cell]]

  init(_ state: ChatState, _ context: ViewContext) {
    let items = state.pictures.waiting.enumerated().map { index, attachment in
      Self.item(attachment, number: index + 1, state, context)
    }
    guard !items.isEmpty else {
      rows = []
      return
    }
    let most = state.surroundings.size.rows >= 16 ? 3 : 1
    var all: [[Cell]] = []
    for item in items {
      let item = item.truncated(to: context.columns - 1, at: .middle, rules: context.rules)
      if let last = all.last, last.count + item.count + 2 < context.columns {
        all[all.count - 1] += context.cells("  ", .plain) + item
      } else {
        all.append(item)
      }
    }
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
    let tail: String
    switch attachment.progress {
    case .preparing: tail = "…"
    case .failed: tail = context.text(say("cannot be sent"))
    case .ready(let picture): tail = PictureLine.figures(picture.reference, state)
    }
    return context.cells(head, context.theme.picture) + context.cells(tail, context.theme.dim)
  }
}

/// How a picture is named in one line.
enum PictureLine {
  /// `1536×1024 high 765 tok`, or the detail alone for a URL.
  static func figures(_ reference: PictureReference, _ state: ChatState) -> String {
    guard let stored = reference.stored else { return reference.detail.rawValue }
    let estimate = state.tokens(of: reference)
    let tokens = estimate == .unknown ? "" : " " + estimate.text
    return "\(stored.size) \(reference.detail.rawValue)\(tokens)"
  }
}
