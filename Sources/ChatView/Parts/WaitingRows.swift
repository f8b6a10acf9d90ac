import ChatEngine
import ChatScreen
import Conversation
import Language
import ModelCatalog
import Screen

/// The pictures that go with the next message, by their numbers, and the documents.
struct WaitingRows {
  let rows: [[Cell]]

  init(_ state: ChatState, _ context: ViewContext, most: Int) {
    // Most frames have none, and the pictures of a long conversation are not counted for nothing.
    guard !state.pictures.isEmpty, most > 0 else {
      rows = []
      return
    }
    let first = state.sentPictureCount + 1
    var items = state.pictures.waiting.enumerated().map { index, attachment in
      Self.item(attachment, number: first + index, state, context)
    }
    items += state.pictures.documents.map { Self.item($0, state, context) }
    if items.count > 1, let sum = Self.sum(state) {
      items.append(context.cells(" " + sum, context.theme.dim))
    }
    let all = items.packed(into: context.columns - 1, gap: 2)
    rows = all.count <= most ? all : all.prefix(most - 1) + [Self.count(state, context)]
  }

  private static func count(_ state: ChatState, _ context: ViewContext) -> [Cell] {
    let number = state.pictures.waiting.count
    let sum = sum(state).map { " " + $0 } ?? ""
    let files = number + state.pictures.documents.count
    let text = context.text(
      files == number
        ? say("\(number, .pictures)\(sum): /attachments")
        : say("\(files, .files)\(sum): /attachments"))
    // Without the sign, in front of which a number would be taken for a picture's.
    return context.cells(" " + text, context.theme.dim)
      .truncated(to: context.columns - 1, rules: context.rules)
  }

  /// What all that wait cost together, as `= 1.5k tok`; nil until all are known.
  private static func sum(_ state: ChatState) -> String? {
    let references = state.pictures.waiting.compactMap { $0.prepared?.reference }
    guard references.count == state.pictures.waiting.count else { return nil }
    let documents = state.pictures.documents.map { state.engine.target.tokens(of: $0) }
    let sum = references.map { state.tokens(of: $0) }
      .reduce(documents.reduce(TokenEstimate.exact(0)) { $0 + $1 }) { $0 + $1 }
    return sum == .unknown ? nil : "= " + sum.text
  }

  private static func item(
    _ document: MediaReference, _ state: ChatState, _ context: ViewContext
  ) -> [Cell] {
    let figures = context.cells(
      " " + PictureLine.figures(document, state, context), context.theme.dim
    ).truncated(to: context.columns - 8, rules: context.rules)
    let sign = context.cells(" \(context.glyphs.document) ", context.theme.picture)
    let name = context.cells(document.name, context.theme.picture).truncated(
      to: max(1, context.columns - 1 - figures.count - sign.count), at: .middle,
      rules: context.rules)
    return sign + name + figures
  }

  private static func item(
    _ attachment: Attachment, number: Int, _ state: ChatState, _ context: ViewContext
  ) -> [Cell] {
    let tail =
      switch attachment.progress {
      case .preparing: context.text(say("is being prepared"))
      case .failed: context.text(say("cannot be sent"))
      case .ready(let picture): PictureLine.figures(picture.reference, state)
      }
    // The name gives way, never the figures.
    let figures = context.cells(" " + tail, context.theme.dim)
      .truncated(to: context.columns - 8, rules: context.rules)
    let sign = context.cells(" \(context.glyphs.picture) \(number) ", context.theme.picture)
    let name = context.cells(attachment.name, context.theme.picture).truncated(
      to: max(1, context.columns - 1 - figures.count - sign.count), at: .middle,
      rules: context.rules)
    return sign + name + figures
  }
}

/// How a picture or a document is named in one line, behind its own name.
enum PictureLine {
  /// `1536×1024 high 765 tok`, or the detail alone for a URL.
  static func figures(_ reference: PictureReference, _ state: ChatState) -> String {
    guard let stored = reference.stored else { return reference.detail.rawValue }
    let estimate = state.tokens(of: reference)
    let tokens = estimate == .unknown ? "" : " " + estimate.text
    return "\(stored.size) \(reference.detail.rawValue)\(tokens)"
  }

  /// `12 pages, 1.2 MB ≈8.1k tok`.
  static func figures(
    _ document: MediaReference, _ state: ChatState, _ context: ViewContext
  ) -> String {
    let estimate = state.engine.target.tokens(of: document)
    let tokens = estimate == .unknown ? "" : " " + estimate.text
    return context.text(document.documentFigures) + tokens
  }
}
