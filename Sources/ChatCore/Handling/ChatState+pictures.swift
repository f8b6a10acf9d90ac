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
    return find(sources, whole: sources.count == words.count ? whole : "", detail: detail)
  }

  /// Has sources looked for; the answer brings their pictures.
  mutating func find(_ words: [String], whole: String, detail: Detail) -> [ChatEffect] {
    let request = pictures.nextNumber()
    pictures.requests[request] = detail
    return [.picture(.find(request: request, words: words, whole: whole))]
  }

  mutating func pasteClipboard() -> [ChatEffect] {
    let request = pictures.nextNumber()
    pictures.requests[request] = session.detail
    return [.picture(.paste(request: request))]
  }

  mutating func handle(_ event: PictureEvent, at moment: Moment) -> [ChatEffect] {
    switch event {
    case .found(let request, let sources): return take(sources, for: request)
    case .notFound(let request, let phrase):
      pictures.requests[request] = nil
      return fail(phrase)
    case .prepared(let id, let picture):
      guard pictures[id] != nil else { return [] }
      pictures[id]?.progress = .ready(picture)
      // From now on it is fitted from the original that is kept, wherever the file goes.
      pictures[id]?.origin = .kept(picture.reference)
      session.draftIsDirty = true
      return tellPrepared(id, picture) + setClock() + sendIfReady(at: moment)
    case .failed(let id, let phrase): return drop(id, because: phrase)
    case .previewed(let key, let cells): pictures.previews[key] = cells
    case .previewFailed(let key): pictures.previews[key] = [[]]
    }
    return []
  }

  /// More pictures than this are attached only after a question.
  private static let unaskedPictures = 10

  private mutating func take(_ sources: [String], for request: Int) -> [ChatEffect] {
    guard let detail = pictures.requests.removeValue(forKey: request) else { return [] }
    guard sources.count > Self.unaskedPictures else { return prepare(sources, detail: detail) }
    return ask(
      Question(
        phrase: say("Attach \(sources.count) pictures?"),
        consequence: .attach(sources: sources, detail)))
  }

  mutating func prepare(_ sources: [String], detail: Detail) -> [ChatEffect] {
    let attachments = sources.map {
      Attachment(
        id: AttachmentID(rawValue: pictures.nextNumber()), origin: .written($0), detail: detail)
    }
    pictures.waiting += attachments
    return attachments.map {
      .picture(.prepare($0.id, $0.origin, detail: detail, model: currentModel))
    }
  }

  /// A picture that cannot be used leaves the waiting row; its name and the reason are told.
  private mutating func drop(_ id: AttachmentID, because phrase: Phrase) -> [ChatEffect] {
    guard pictures[id] != nil else { return [] }
    pictures[id] = nil
    session.isSendingWhenReady = false
    return fail(phrase)
  }

  private mutating func tellPrepared(_ id: AttachmentID, _ picture: PreparedPicture)
    -> [ChatEffect]
  {
    let left = pictures.waiting.count { $0.progress == .preparing }
    guard left == 0 else {
      let count = pictures.waiting.count
      return tell(say("\(count - left) of \(count) pictures are ready. Esc stops."))
    }
    guard let number = pictures.waiting.firstIndex(where: { $0.id == id }) else { return [] }
    var phrase = describe(picture, number: number + 1)
    if picture.fitted?.isUntouched == true, picture.reference.stored?.hasLocation == true {
      phrase = say("\(phrase) It still tells where it was taken.")
      notice = Notice(.warning, phrase)
      return []
    }
    return tell(phrase)
  }

  /// “1 menu.png: PNG 4032×3024 3.1 MB → JPEG 1024×768 150 kB, high, 765 tok”.
  func describe(_ picture: PreparedPicture, number: Int) -> Phrase {
    let reference = picture.reference
    guard let stored = reference.stored else {
      return say(
        "\(number) \(reference.name): a URL that the server fetches, \(detail(reference)).")
    }
    let original = figures(stored.format, stored.size, stored.byteCount)
    let cost = cost(of: reference)
    guard let fitted = picture.fitted, !fitted.isUntouched else {
      return say("\(number) \(reference.name): \(original), \(detail(reference)), \(cost).")
    }
    let sent = figures(fitted.format, fitted.size, fitted.byteCount)
    return say("\(number) \(reference.name): \(original) → \(sent), \(detail(reference)), \(cost).")
  }

  private func detail(_ reference: PictureReference) -> String { reference.detail.rawValue }

  private func figures(_ format: PictureFormat, _ size: PixelSize, _ bytes: Int) -> String {
    "\(format.rawValue.uppercased()) \(size) \(ByteCount(bytes))"
  }

  mutating func stopPreparing() -> [ChatEffect] {
    let stopped = pictures.waiting.filter { $0.progress == .preparing }
    pictures.waiting.removeAll { $0.progress == .preparing }
    session.isSendingWhenReady = false
    _ = tell(say("Stopped. Pictures that were not ready are not attached."))
    return stopped.map { .picture(.cancel($0.id)) }
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
        say("There is no waiting picture \(argument): there are \(pictures.waiting.count)."))
    }
    let removed = pictures.waiting.remove(at: number - 1)
    return cancelPreparing([removed]) + tell(say("\(removed.name) is taken back.")) + setClock()
  }

  private func cancelPreparing(_ attachments: [Attachment]) -> [ChatEffect] {
    attachments.filter { $0.progress == .preparing }.map { .picture(.cancel($0.id)) }
  }

  /// `/detail LEVEL [N]`: of new pictures; of the Nth waiting one; where none waits, of the
  /// conversation's Nth.
  mutating func setDetail(_ words: [String]) -> [ChatEffect] {
    guard let first = words.first else {
      return tell(say("New pictures are attached with detail \(session.detail.rawValue)."))
    }
    guard let level = Detail(rawValue: first) else { return fail(unknownDetail(first)) }
    guard words.count > 1 else {
      session.detail = level
      return tell(say("New pictures are attached with detail \(level.rawValue)."))
    }
    guard let number = Int(words[1]), number > 0 else { return misused(.detail) }
    return pictures.waiting.isEmpty
      ? setDetail(level, ofSent: number) : setDetail(level, ofWaiting: number)
  }

  private mutating func setDetail(_ level: Detail, ofWaiting number: Int) -> [ChatEffect] {
    guard pictures.waiting.indices.contains(number - 1) else {
      return fail(
        say("There is no waiting picture \(number): there are \(pictures.waiting.count)."))
    }
    pictures.waiting[number - 1].detail = level
    return fitAgain(at: number - 1)
  }

  /// Another model looks at pictures otherwise: those that wait are fitted again.
  mutating func fitWaitingAgain() -> [ChatEffect] {
    pictures.waiting.indices.flatMap { fitAgain(at: $0) }
  }

  private mutating func fitAgain(at index: Int) -> [ChatEffect] {
    pictures.waiting[index].progress = .preparing
    let attachment = pictures.waiting[index]
    return [
      .picture(
        .prepare(
          attachment.id, attachment.origin, detail: attachment.detail,
          model: currentModel))
    ]
  }

  private func unknownDetail(_ word: String) -> Phrase {
    say("There is no detail \(word): it is low, high, auto or original.")
  }
}
