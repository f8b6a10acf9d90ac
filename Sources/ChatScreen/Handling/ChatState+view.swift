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
    let number = rest.isEmpty ? references.count : Int(typed: rest) ?? 0
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
    let request = request(toView: reference)
    pictureView = PictureView(request: request)
    // The answer may come at once, and is then the last word.
    return [.preview(.view(request))] + question
  }

  /// Asks the terminal for the pixels that it can draw, the first time.
  private mutating func askGraphics() -> [ChatEffect] {
    guard capabilities.graphics == .unknown else { return [] }
    capabilities.graphics = .asked
    return [.terminal(.askGraphics)]
  }

  func request(toView reference: PictureReference) -> PictureViewRequest {
    let size = capabilities.size
    return PictureViewRequest(
      reference: reference, targetModel: engine.target.targetModel,
      room: Size(
        columns: max(1, size.columns), rows: max(1, size.rows - PictureView.captionRows)),
      graphics: capabilities.graphics)
  }

  /// Draws the open picture anew, after the window or what is known of the terminal has changed.
  mutating func viewAgain() -> [ChatEffect] {
    guard let view = pictureView else { return [] }
    var request = request(toView: view.request.reference)
    if view.masked != nil { request.graphics = .none }
    guard request != view.request else { return [] }
    // Pixels for another window may not fit this one.
    if request.room != view.request.room { pictureView?.drawing = nil }
    pictureView?.request = request
    return [.preview(.view(request))]
  }

  mutating func handlePreviewEvent(_ event: PreviewEvent) -> [ChatEffect] {
    switch event {
    case .drawn(let key, let cells): previews.insert(cells, for: key)
    case .drawnInPixels(let key, let preview): previews.insert(preview, for: key)
    case .failed(let key): previews.insert([], for: key)
    case .mask(let order, let result): return receive(order, result)
    case .view(let event): return handlePictureViewEvent(event)
    }
    return []
  }

  mutating func handlePictureViewEvent(_ event: PictureViewEvent) -> [ChatEffect] {
    switch event {
    case .drawn(let request, let drawing, let sent):
      guard pictureView?.request == request else { return [] }
      pictureView?.drawing = drawing
      pictureView?.sent = sent
      showMask(drawing.size)
    case .failed(let request, let phrase):
      guard pictureView?.request == request else { return [] }
      pictureView?.failure = phrase
    case .closed: pictureView = nil
    case .marking(let key): return takeMaskKey(key)
    }
    return []
  }

  /// Has the pictures drawn that have come in sight.
  mutating func preview(_ keys: [PreviewKey]) -> [ChatEffect] {
    guard capabilities.previewsAreOn else { return [] }
    let missing = previews.see(keys)
    guard !missing.isEmpty else { return [] }
    let known = pictures.readyReferences + sentPictures.map(\.reference)
    let references = Dictionary(
      known.compactMap { reference in reference.stored.map { ($0.digest, reference) } }
    ) { first, _ in first }
    // The answer may come at once; what it has drawn anew is asked for with the next frame.
    return missing.compactMap { key in
      references[key.digest].map { .preview(.draw(key, $0, for: engine.target.targetModel)) }
    } + (capabilities.placesPictures ? askGraphics() : [])
  }

  /// The terminal has said what pixels it can draw.
  mutating func useGraphics(_ graphics: Graphics) -> [ChatEffect] {
    capabilities.graphics = graphics
    guard case .pixels = capabilities.cellMeans.graphics else { return viewAgain() }
    return viewAgain() + previewAgain()
  }

  /// What the pictures can be made of is asked for with the first that is in sight.
  mutating func expectPlacements() -> [ChatEffect] {
    capabilities.placesPictures = true
    return previewAgain()
  }

  /// What is made of cells is made anew, of more colours.
  mutating func useColors(_ depth: ColorDepth) -> [ChatEffect] {
    guard depth != capabilities.colors else { return [] }
    capabilities.colors = depth
    return viewAgain() + previewAgain()
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
    let reference = view.request.reference
    guard let stored = reference.stored else { return ("", say("Any key closes.")) }
    let original = figures(stored.format, stored.size, stored.byteCount.bytes)
    return (say("\(reference.name), the original: \(original)"), sent(view))
  }

  private func sent(_ view: PictureView) -> Phrase {
    if let failure = view.failure { return say("\(failure) Any key closes.") }
    // Nothing can be marked before its cells are there, and an early key shall not close it.
    if view.masked != nil, view.sent == nil { return say("It is being drawn.") }
    guard let sent = view.sent else { return say("It is being drawn. Any key closes.") }
    let reference = view.request.reference
    let level = reference.detail.rawValue
    let cost = cost(of: reference)
    guard !sent.isUntouched else {
      return say("The model sees it untouched, \(level), \(cost). Any key closes.")
    }
    let figures = figures(sent.format, sent.size, sent.byteCount)
    return say("The model sees \(figures), \(level), \(cost). Any key closes.")
  }
}
