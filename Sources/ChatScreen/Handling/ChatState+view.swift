import ChatEngine
import Conversation
package import Language
import Screen

extension ChatState {
  /// `/view [N]`: of the conversation's pictures and, behind them, those that wait; the last without
  /// N.
  mutating func viewPicture(_ rest: String) -> [ChatEffect] {
    let references = sentPictures.map(\.reference) + pictures.waiting.map(\.reference)
    guard !references.isEmpty else { return fail(say("There is no picture to show.")) }
    let number = rest.isEmpty ? references.count : Int(rest) ?? 0
    guard references.indices.contains(number - 1) else {
      return fail(noPicture(rest, of: references.count))
    }
    guard let reference = references[number - 1] else {
      return fail(say("Picture \(number) is still being prepared. Try again when it is ready."))
    }
    guard reference.stored != nil else {
      let phrase = say("\(reference.name) is at a URL; there is nothing here to show of it.")
      notice = Notice(.warning, phrase)
      return []
    }
    return view(reference)
  }

  /// Opens a picture in cells, and asks the terminal for its pixels where that was not done yet.
  private mutating func view(_ reference: PictureReference) -> [ChatEffect] {
    let question = askGraphics()
    let order = order(toView: reference)
    pictureView = PictureView(order: order)
    // The answer may come at once, and is then the last word.
    return [.preview(.view(order))] + question
  }

  /// Asks the terminal for the pixels that it can draw, the first time.
  private mutating func askGraphics() -> [ChatEffect] {
    guard surroundings.graphics == .unknown else { return [] }
    surroundings.graphics = .asked
    return [.terminal(.askGraphics)]
  }

  private func order(toView reference: PictureReference) -> ViewOrder {
    let size = surroundings.size
    return ViewOrder(
      reference: reference, audience: engine.target.audience,
      room: Size(
        columns: max(1, size.columns), rows: max(1, size.rows - PictureView.captionRows)),
      graphics: surroundings.graphics)
  }

  /// Draws the open picture anew, after the window or what is known of the terminal has changed.
  mutating func viewAgain() -> [ChatEffect] {
    guard let view = pictureView else { return [] }
    let order = order(toView: view.order.reference)
    guard order != view.order else { return [] }
    // Pixels for another window may not fit this one.
    if order.room != view.order.room { pictureView?.drawing = nil }
    pictureView?.order = order
    return [.preview(.view(order))]
  }

  mutating func handle(_ event: PreviewEvent) -> [ChatEffect] {
    switch event {
    case .drawn(let key, let cells): previews.put(cells, for: key)
    case .drawnInPixels(let key, let preview): previews.put(preview, for: key)
    case .failed(let key): previews.put([], for: key)
    case .view(let event): return handle(event)
    }
    return []
  }

  mutating func handle(_ event: PictureViewEvent) -> [ChatEffect] {
    switch event {
    case .drawn(let order, let drawing, let sent):
      guard pictureView?.order == order else { return [] }
      pictureView?.drawing = drawing
      pictureView?.sent = sent
    case .failed(let order, let phrase):
      guard pictureView?.order == order else { return [] }
      pictureView?.failure = phrase
    case .closed: pictureView = nil
    }
    return []
  }

  /// Has the pictures drawn that have come in sight.
  mutating func preview(_ keys: [PreviewKey]) -> [ChatEffect] {
    guard surroundings.previewsAreOn else { return [] }
    let missing = previews.see(keys)
    guard !missing.isEmpty else { return [] }
    let known = pictures.readyReferences + sentPictures.map(\.reference)
    let references = Dictionary(
      known.compactMap { reference in reference.stored.map { ($0.digest, reference) } }
    ) { first, _ in first }
    // The answer may come at once; what it has drawn anew is asked for with the next frame.
    return missing.compactMap { key in
      references[key.digest].map { .preview(.draw(key, $0, for: engine.target.audience)) }
    } + (surroundings.placesPictures ? askGraphics() : [])
  }

  /// The terminal has said what pixels it can draw.
  mutating func take(_ graphics: Graphics) -> [ChatEffect] {
    surroundings.graphics = graphics
    guard case .pixels = surroundings.cellMeans.graphics else { return viewAgain() }
    return viewAgain() + previewAgain()
  }

  /// What the pictures can be made of is asked for with the first that is in sight.
  mutating func expectPlacements() -> [ChatEffect] {
    surroundings.placesPictures = true
    return previewAgain()
  }

  /// Has the pictures in sight drawn anew; the others, when they come in sight.
  private mutating func previewAgain() -> [ChatEffect] {
    previews.forget()
    return preview(transcript.report.previews)
  }
}

extension ChatState {
  /// What is said below the open picture: its original's figures, and what the model gets to see.
  package func caption(of view: PictureView) -> (original: Phrase, sent: Phrase) {
    let reference = view.order.reference
    guard let stored = reference.stored else { return ("", say("Any key closes.")) }
    let original = figures(stored.format, stored.size, stored.byteCount.bytes)
    return (say("\(reference.name), the original: \(original)"), sent(view))
  }

  private func sent(_ view: PictureView) -> Phrase {
    if let failure = view.failure { return say("\(failure) Any key closes.") }
    guard let sent = view.sent else { return say("It is being drawn. Any key closes.") }
    let reference = view.order.reference
    let level = reference.detail.rawValue
    let cost = cost(of: reference)
    guard !sent.isUntouched else {
      return say("The model sees it untouched, \(level), \(cost). Any key closes.")
    }
    let figures = figures(sent.format, sent.size, sent.byteCount)
    return say("The model sees \(figures), \(level), \(cost). Any key closes.")
  }
}
