import ChatEngine
import Conversation
import Language
import ModelCatalog

extension ChatState {
  /// `/attach`: every word is a picture, but a last one that is a detail.
  mutating func attach(_ words: [String], whole: String) -> [ChatEffect] {
    var sources = words
    var detail = engine.settings.detail
    if sources.count > 1, let last = sources.last, let level = Detail(rawValue: last) {
      detail = level
      sources.removeLast()
    }
    guard !sources.isEmpty else { return misused(.attach) }
    let whole = sources.count == words.count ? whole : ""
    return findPictures(sources, whole: whole, detail: detail, .command)
  }

  /// Attaches what the command line named; each argument is one path, pattern, folder or URL.
  mutating func attach(_ sources: [String]) -> [ChatEffect] {
    sources.reduce([]) { effects, source in effects + findPictures([source], .command) }
  }

  /// Has sources looked for; the answer brings their pictures.
  mutating func findPictures(
    _ words: [String], whole: String = "", detail: Detail? = nil, _ origin: SearchOrigin
  ) -> [ChatEffect] {
    let detail = detail ?? engine.settings.detail
    let effects = send(.attachments(.find(words: words, whole: whole, detail)))
    searches[pictures.lastNumber] = origin
    return effects
  }

  mutating func pasteClipboard() -> [ChatEffect] {
    let effects = send(.attachments(.findInClipboard(engine.settings.detail)))
    searches[pictures.lastNumber] = .command
    return effects
  }

  /// More pictures than this are attached only after a question.
  private static let unaskedPictures = 10

  /// Attaches what was found, or asks whether it shall be.
  mutating func receive(_ sources: [String], of request: Int, _ detail: Detail) -> [ChatEffect] {
    guard let origin = searches.removeValue(forKey: request),
      let settled = settle(origin, found: sources)
    else { return [] }
    let isTyped = composer.pending?.awaits { $0.looks(for: request) } ?? false
    guard sources.count > Self.unaskedPictures else {
      let effects = prepare(sources.map { .written($0) }, detail: detail)
      if isTyped { composer.pending?.goOn(with: effects) }
      return settled + effects
    }
    return settled
      + ask(
        Question(
          phrase: say("Attach \(sources.count, .pictures)?"),
          consequence: .attach(sources: sources, detail)))
  }

  /// Nothing was found.
  mutating func miss(_ request: Int, because phrase: Phrase, isThere: Bool) -> [ChatEffect] {
    guard let origin = searches.removeValue(forKey: request) else { return [] }
    session.isSendingWhenReady = false
    return settle(origin, because: phrase, isThere: isThere)
      + giveBackCommand { $0.looks(for: request) }
  }

  mutating func prepare(_ origins: [PictureOrigin], detail: Detail) -> [ChatEffect] {
    send(.attachments(.attach(origins, detail)))
  }

  mutating func pictureReady(_ id: AttachmentID) -> [ChatEffect] {
    if composer.pending?.awaits({ $0.prepares(id) }) ?? false { composer.pending = nil }
    tellProgress()
    return sendIfReady(at: moment)
  }

  /// A picture is ready as tiles, which are told where nothing else was attached with it.
  mutating func pictureTiled(_ id: AttachmentID, _ report: EngineReport) -> [ChatEffect] {
    let effects = pictureReady(id)
    guard !pictures.isPreparing, pictures.batch.count == 1, pictures.batch.refusals.isEmpty,
      let phrase = report.phrase, effects.isEmpty
    else { return effects }
    return tell(blindModelWarning.map { say("\(phrase) \($0)") } ?? phrase)
  }

  mutating func pictureFailed(_ id: AttachmentID) -> [ChatEffect] {
    session.isSendingWhenReady = false
    tellProgress()
    // What the line has brought need not be typed again: it comes back where it brought nothing.
    guard composer.pending?.lose({ $0.prepares(id) }) ?? false else { return [] }
    return giveBackCommand()
  }

  /// Says how far the pictures that are being prepared have come and, at the end, what became of
  /// them.
  private mutating func tellProgress() {
    let batch = pictures.batch
    let left = pictures.waiting.count { $0.progress == .preparing }
    if left > 0 {
      _ = tell(say("Pictures done: \(batch.count - left) of \(batch.count). Esc stops."))
    } else if let first = batch.refusals.first {
      // A few are named; of a folder full of others the number says enough.
      let reasons = batch.refusals.dropFirst().prefix(2).reduce(first) { say("\($0) \($1)") }
      let count = batch.refusals.count
      _ = fail(
        batch.count == 1
          ? first : say("\(count) of \(batch.count, .pictures) cannot be used: \(reasons)"))
    } else {
      tellReady(batch)
    }
  }

  private mutating func tellReady(_ batch: PictureBatch) {
    guard batch.latestDocument == nil else { return tellDocuments(batch) }
    let index = pictures.waiting.firstIndex { $0.id == batch.latest }
    guard let index, let latest = pictures.waiting[index].prepared else { return }
    let phrase =
      batch.count == 1
      ? describe(latest, number: sentPictureCount + index + 1)
      : say("Ready: \(batch.count, .pictures). /attachments lists them.")
    let number = sentPictureCount + index + 1
    let plan = batch.count == 1 ? latest.fitted?.tilePlan : nil
    let warnings = batch.warnings + [blindModelWarning].compactMap(\.self)
    guard let plan else {
      notice =
        warnings.isEmpty
        ? Notice(.information, phrase)
        : Notice(.warning, warnings.reduce(phrase) { say("\($0) \($1)") })
      return
    }
    let offer = Offer.tiles(picture: number)
    let way = say(
      "\(offer.text) attaches it as \(plan.count, .tiles) that can be read: \(plan.tokens.phrase).")
    notice = Notice(
      .warning, (warnings + [way]).reduce(phrase) { say("\($0) \($1)") }, offers: [offer])
  }

  /// “1 menu.png: PNG 4032×3024 3.1 MB → JPEG 1024×768 150 kB, high, 765 tok”.
  func describe(_ picture: PreparedPicture, number: Int) -> Phrase {
    let reference = picture.reference
    guard let stored = reference.stored else {
      return say(
        "\(number) \(reference.name): a URL that the server fetches, \(detail(reference)).")
    }
    let original = figures(stored.format, stored.size, stored.byteCount.bytes)
    let cost = cost(of: reference)
    guard let fitted = picture.fitted, !fitted.isUntouched else {
      return say("\(number) \(reference.name): \(original), \(detail(reference)), \(cost).")
    }
    let sent = figures(fitted.format, fitted.size, fitted.byteCount)
    return say("\(number) \(reference.name): \(original) → \(sent), \(detail(reference)), \(cost).")
  }

  private func detail(_ reference: PictureReference) -> String { reference.detail.rawValue }

  func figures(_ format: PictureFormat, _ size: PixelSize, _ bytes: Int) -> String {
    "\(format.rawValue.uppercased()) \(size) \(ByteCount(bytes))"
  }

  /// Esc while pictures are prepared: those that are kept already stay, to be fitted when they are
  /// sent.
  mutating func stopPreparing() -> [ChatEffect] {
    searches = [:]
    session.isSendingWhenReady = false
    return send(.attachments(.stop))
      + tell(say("Stopped. Pictures that were not ready are not attached."))
  }

  mutating func detach(_ argument: String) -> [ChatEffect] {
    guard !pictures.isEmpty else { return fail(say("Nothing waits to be sent.")) }
    if argument == "all" {
      searches = [:]
      return send(.attachments(.detachAll)) + tell(say("All that waited is taken back."))
    }
    if let effects = detachDocument(argument) { return effects }
    let last = sentPictureCount + pictures.waiting.count
    let number = argument.isEmpty ? last : Int(typed: argument)
    return number.map { detach(number: $0) } ?? fail(noWaitingPicture(argument))
  }

  /// A picture of the conversation is not taken back, but can be left out.
  private mutating func failOfSent(_ number: Int) -> [ChatEffect] {
    let message = sentPictures[number - 1].message.id
    let place = (conversation.messages.pathIDs.firstIndex(of: message) ?? 0) + 1
    let offer = Offer.forget(place...place, onlyPictures: true)
    return fail(
      say("Picture \(number) is in message \(place) already. \(offer.text) leaves it out."),
      offers: [offer])
  }

  /// Takes back a waiting picture, counted from the conversation's first.
  mutating func detach(number: Int) -> [ChatEffect] {
    let index = number - 1 - sentPictureCount
    if index < 0, number > 0 { return failOfSent(number) }
    guard pictures.waiting.indices.contains(index) else {
      return fail(noWaitingPicture("\(number)"))
    }
    let name = pictures.waiting[index].name
    return send(.attachments(.detach(index))) + tell(say("\(name) is taken back."))
  }
}
