import ChatEngine
import Conversation
import Language

extension ChatState {
  /// `/attach`: every word is a picture, but a last one that is a detail.
  mutating func attach(_ words: [String], whole: String) -> [ChatEffect] {
    var sources = words
    var detail = session.detail
    if sources.count > 1, let last = sources.last, let level = Detail(rawValue: last) {
      detail = level
      sources.removeLast()
    }
    guard !sources.isEmpty else { return misused(.attach) }
    let whole = sources.count == words.count ? whole : ""
    return find(sources, whole: whole, PictureSearch(detail: detail))
  }

  /// Attaches what the command line named; each argument is one path, pattern, folder or URL.
  mutating func attach(_ sources: [String]) -> [ChatEffect] {
    sources.flatMap { find([$0], PictureSearch(detail: session.detail)) }
  }

  /// Has sources looked for; the answer brings their pictures.
  mutating func find(
    _ words: [String], whole: String = "", _ search: PictureSearch
  ) -> [ChatEffect] {
    let request = pictures.begin(search)
    return [.picture(.find(request: request, words: words, whole: whole))] + setClock()
  }

  mutating func pasteClipboard() -> [ChatEffect] {
    let request = pictures.begin(PictureSearch(detail: session.detail))
    return [.picture(.paste(request: request))] + setClock()
  }

  mutating func handle(_ event: PictureEvent, at moment: Moment) -> [ChatEffect] {
    switch event {
    case .found(let request, let sources): return take(sources, for: request)
    case .notFound(let request, let phrase, let isThere):
      return miss(request, because: phrase, isThere: isThere)
    case .pasted(let request, let reference):
      guard let search = pictures.searches.removeValue(forKey: request) else { return [] }
      return prepare([.kept(reference)], detail: search.detail)
    case .prepared(let id, let picture): return take(picture, as: id, at: moment)
    case .failed(let id, let phrase, let kind):
      return drop(id, because: PictureFailure(kind: kind, phrase: phrase))
    }
  }

  /// More pictures than this are attached only after a question.
  private static let unaskedPictures = 10

  private mutating func take(_ sources: [String], for request: Int) -> [ChatEffect] {
    guard let search = pictures.searches[request] else { return [] }
    guard !sources.isEmpty else {
      return miss(request, because: say("There are no pictures there. /attach PATH names them."))
    }
    pictures.searches[request] = nil
    guard let settled = settle(search, found: sources) else { return [] }
    let isTyped = composer.pending?.awaits { $0.looks(for: request) } ?? false
    guard sources.count > Self.unaskedPictures, asking == nil else {
      let effects = prepare(sources.map { .written($0) }, detail: search.detail)
      if isTyped { composer.pending?.goOn(with: effects) }
      return settled + effects
    }
    return settled
      + ask(
        Question(
          phrase: say("Attach \(sources.count) pictures?"),
          consequence: .attach(sources: sources, search.detail)))
  }

  /// Nothing was found.
  private mutating func miss(
    _ request: Int, because phrase: Phrase, isThere: Bool = false
  ) -> [ChatEffect] {
    guard let search = pictures.searches.removeValue(forKey: request) else { return [] }
    session.isSendingWhenReady = false
    report(.picture(PictureFailure(kind: .missing, phrase: phrase)))
    return settle(search, because: phrase, isThere: isThere)
      + giveBackCommand { $0.looks(for: request) }
  }

  mutating func prepare(_ origins: [PictureOrigin], detail: Detail) -> [ChatEffect] {
    let attachments = origins.map {
      Attachment(id: AttachmentID(rawValue: pictures.nextNumber()), origin: $0, detail: detail)
    }
    pictures.beginPreparing(attachments.count)
    pictures.waiting += attachments
    return attachments.map {
      .picture(.prepare($0.id, $0.origin, detail: detail, for: audience))
    } + listModelsForVision() + setClock()
  }

  /// A picture is ready, unless it was taken back or asked for anew meanwhile.
  private mutating func take(
    _ picture: PreparedPicture, as id: AttachmentID, at moment: Moment
  ) -> [ChatEffect] {
    guard let attachment = pictures[id], attachment.progress == .preparing,
      attachment.detail == picture.reference.detail
    else { return [] }
    pictures[id]?.progress = .ready(picture)
    // From now on it is fitted from the original that is kept, wherever the file goes.
    pictures[id]?.origin = .kept(picture.reference)
    pictures.batch.warnings += picture.warnings.filter { !pictures.batch.warnings.contains($0) }
    for warning in picture.warnings {
      report(.remark(say("\(picture.reference.name): \(warning)")))
    }
    pictures.batch.latest = id
    if composer.pending?.awaits({ $0.prepares(id) }) ?? false { composer.pending = nil }
    session.draftIsDirty = true
    tellProgress()
    return setClock() + sendIfReady(at: moment)
  }

  /// A picture that cannot be used leaves the waiting row, but one that was ready before stays: its
  /// original is kept.
  private mutating func drop(
    _ id: AttachmentID, because failure: PictureFailure
  ) -> [ChatEffect] {
    guard let attachment = pictures[id], attachment.progress == .preparing else { return [] }
    session.isSendingWhenReady = false
    report(.picture(failure))
    if attachment.reference == nil {
      pictures[id] = nil
    } else {
      pictures[id]?.progress = .failed(failure.phrase)
    }
    pictures.batch.refusals.append(failure.phrase)
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
      _ = tell(say("\(batch.count - left) of \(batch.count) pictures are done. Esc stops."))
    } else if let first = batch.refusals.first {
      // A few are named; of a folder full of others the number says enough.
      let reasons = batch.refusals.dropFirst().prefix(2).reduce(first) { say("\($0) \($1)") }
      let count = batch.refusals.count
      _ = fail(
        batch.count == 1
          ? first : say("\(count) of \(batch.count) pictures cannot be used: \(reasons)"))
    } else {
      tellReady(batch)
    }
  }

  private mutating func tellReady(_ batch: PictureBatch) {
    let index = pictures.waiting.firstIndex { $0.id == batch.latest }
    guard let index, let latest = pictures.waiting[index].prepared else { return }
    let phrase =
      batch.count == 1
      ? describe(latest, number: index + 1)
      : say("\(batch.count) pictures are ready. /attachments lists them.")
    let warnings = batch.warnings + [blindModelWarning].compactMap(\.self)
    notice =
      warnings.isEmpty
      ? Notice(.information, phrase)
      : Notice(.warning, warnings.reduce(phrase) { say("\($0) \($1)") })
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
    let effects = cancelPreparing(pictures.waiting)
    pictures.searches = [:]
    pictures.waiting = pictures.waiting.compactMap { attachment in
      guard attachment.progress == .preparing else { return attachment }
      return attachment.reference.map { Attachment(id: attachment.id, kept: $0) }
    }
    session.isSendingWhenReady = false
    return effects + tell(say("Stopped. Pictures that were not ready are not attached."))
  }

  mutating func detach(_ argument: String) -> [ChatEffect] {
    guard !pictures.waiting.isEmpty else { return fail(say("No pictures are waiting.")) }
    session.draftIsDirty = true
    if argument == "all" {
      let all = pictures.waiting
      pictures.waiting.removeAll()
      return cancelPreparing(all) + tell(say("All waiting pictures are taken back.")) + setClock()
    }
    let number = argument.isEmpty ? pictures.waiting.count : Int(argument) ?? 0
    guard pictures.waiting.indices.contains(number - 1) else {
      return fail(
        noWaitingPicture(argument))
    }
    let removed = pictures.waiting.remove(at: number - 1)
    return cancelPreparing([removed]) + tell(say("\(removed.name) is taken back.")) + setClock()
  }

  func cancelPreparing(_ attachments: [Attachment]) -> [ChatEffect] {
    attachments.filter { $0.progress == .preparing }.map { .picture(.cancel($0.id)) }
  }
}
