package import Conversation
package import Language
import ModelCatalog

/// An order of a face about the pictures and documents that wait for the next message.
package enum AttachmentEvent: Equatable, Sendable {
  /// Looks for what words name; `whole` is what was typed, which may be one path that nobody quoted.
  case find(words: [String], whole: String = "", Detail)
  case findInClipboard(Detail)
  /// Attaches pictures: each is read, kept and fitted.
  case attach([PictureOrigin], Detail)
  /// Attaches the pictures and documents among parts, whose bytes are kept already, as they are.
  case wait(for: [ContentPart])
  /// Changes the detail of a waiting picture, counted from 0.
  case setDetail(Detail, at: Int)
  /// Another model looks at pictures otherwise: those that wait are fitted again.
  case fitAgain
  /// Ends what is under way: pictures that are kept already stay, to be fitted when they are sent.
  case stop
  /// Takes back a waiting picture, counted from 0.
  case detach(Int)
  /// Takes back a waiting document, counted from 0.
  case detachDocument(Int)
  /// Takes all back, also those that are still looked for.
  case detachAll
  /// An earlier message is written anew: what its parts hold waits in the place of the others.
  case setAside(for: [ContentPart])
  /// What waited before that comes back.
  case comeBack
  /// All that waited went with a message.
  case sent
}

/// The reducer of what waits to be sent: pictures are looked for, prepared, fitted again, refused;
/// documents are found among them, and wait beside them.
package struct Attachments: Equatable, Sendable {
  package private(set) var waiting: [Attachment] = []
  /// Documents that wait, in the order of their coming.
  package private(set) var documents: [MediaReference] = []
  /// What waited before an earlier message came to be written anew.
  private var setAside: [Attachment] = []
  private var documentsSetAside: [MediaReference] = []
  /// The searches under way, by number, with the detail that their pictures shall be attached with.
  package private(set) var searches: [Int: Detail] = [:]
  /// The outcome of the pictures that are being prepared together.
  package private(set) var batch = PictureBatch()
  /// The number that a search or a picture was given last.
  package private(set) var lastNumber = 0

  package init() {}

  /// Whether a picture is being looked for or prepared: a message waits for it.
  package var isPreparing: Bool {
    !searches.isEmpty || waiting.contains { $0.progress == .preparing }
  }

  package var isEmpty: Bool { waiting.isEmpty && documents.isEmpty }

  /// What goes with a message that is sent now.
  package var readyParts: [ContentPart] {
    documents.map(ContentPart.media) + readyReferences.map(ContentPart.picture)
  }

  /// All whose bytes are kept, for the draft.
  package var keptParts: [ContentPart] {
    (documentsSetAside + documents).map(ContentPart.media)
      + keptReferences.map(ContentPart.picture)
  }

  package var readyReferences: [PictureReference] { waiting.compactMap(\.prepared?.reference) }

  /// All whose originals are kept, also those that are being fitted again.
  package var keptReferences: [PictureReference] { (setAside + waiting).compactMap(\.reference) }
}

extension Attachments {
  mutating func reduce(_ event: AttachmentEvent, _ context: EngineContext) -> [EngineStep] {
    switch event {
    case .find(let words, let whole, let detail):
      let request = beginSearch(detail)
      return [.effect(.picture(.find(request: request, words: words, whole: whole)))]
    case .findInClipboard(let detail):
      return [.effect(.picture(.paste(request: beginSearch(detail))))]
    case .attach(let origins, let detail): return attach(origins, detail, context)
    case .wait(let parts): wait(for: parts)
    case .setDetail(let detail, let index):
      guard waiting.indices.contains(index) else { return [] }
      waiting[index].detail = detail
      return fitAgain([index], context)
    case .fitAgain: return fitAgain(Array(waiting.indices), context)
    case .stop: return stop()
    case .detach(let index):
      guard waiting.indices.contains(index) else { return [] }
      return cancelling([waiting.remove(at: index)])
    case .detachDocument(let index):
      if documents.indices.contains(index) { documents.remove(at: index) }
    case .detachAll:
      defer { (waiting, documents, searches) = ([], [], [:]) }
      return cancelling(waiting)
    case .setAside(let parts):
      (setAside, waiting) = (waiting, [])
      (documentsSetAside, documents) = (documents, [])
      wait(for: parts)
    case .comeBack:
      defer {
        (waiting, setAside) = (setAside, [])
        (documents, documentsSetAside) = (documentsSetAside, [])
      }
      return cancelling(waiting)
    case .sent: (waiting, documents) = ([], [])
    }
    return []
  }

  mutating func reduce(_ event: PictureEvent, _ context: EngineContext) -> [EngineStep] {
    switch event {
    case .found(let request, let sources):
      guard let detail = searches.removeValue(forKey: request) else { return [] }
      guard sources.isEmpty else {
        return [.report(.picturesFound(request: request, sources, detail))]
      }
      let phrase = say("There are no pictures there. /attach PATH names them.")
      let failure = PictureFailure(kind: .missing, phrase: phrase)
      return [.report(.picturesMissing(request: request, failure, isThere: false))]
    case .notFound(let request, let phrase, let isThere):
      guard searches.removeValue(forKey: request) != nil else { return [] }
      let failure = PictureFailure(kind: .missing, phrase: phrase)
      return [.report(.picturesMissing(request: request, failure, isThere: isThere))]
    case .pasted(let request, let reference):
      guard let detail = searches.removeValue(forKey: request) else { return [] }
      return attach([.kept(reference)], detail, context)
    case .prepared(let id, let picture): return accept(picture, as: id)
    case .tiled(let id, let pictures): return accept(pictures, asTilesOf: id, context)
    case .document(let id, let media, let warnings): return accept(media, as: id, warnings)
    case .failed(let id, let phrase, let kind):
      return refuse(id, because: PictureFailure(kind: kind, phrase: phrase))
    }
  }

  // MARK: - Searching and preparing

  private mutating func nextNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }

  private mutating func beginSearch(_ detail: Detail) -> Int {
    let request = nextNumber()
    searches[request] = detail
    return request
  }

  private mutating func attach(
    _ origins: [PictureOrigin], _ detail: Detail, _ context: EngineContext
  ) -> [EngineStep] {
    let new = origins.map {
      Attachment(id: AttachmentID(rawValue: nextNumber()), origin: $0, detail: detail)
    }
    beginPreparing(new.count)
    waiting += new
    return new.map { preparing($0, context) }
  }

  private mutating func wait(for parts: [ContentPart]) {
    documents += parts.documents
    waiting += parts.pictures.map { Attachment(id: AttachmentID(rawValue: nextNumber()), kept: $0) }
  }

  /// Counts pictures that are prepared from now on among those under way.
  private mutating func beginPreparing(_ count: Int) {
    if !waiting.contains(where: { $0.progress == .preparing }) { batch = PictureBatch() }
    batch.count += count
  }

  private mutating func fitAgain(_ indices: [Int], _ context: EngineContext) -> [EngineStep] {
    guard !indices.isEmpty else { return [] }
    beginPreparing(indices.count { waiting[$0].progress != .preparing })
    return indices.map { index in
      waiting[index].progress = .preparing
      return preparing(waiting[index], context)
    }
  }

  private func preparing(_ attachment: Attachment, _ context: EngineContext) -> EngineStep {
    .effect(
      .picture(
        .prepare(
          attachment.id, attachment.origin, detail: attachment.detail,
          for: context.target.targetModel)))
  }

  private func cancelling(_ attachments: [Attachment]) -> [EngineStep] {
    attachments.filter { $0.progress == .preparing }.map { .effect(.picture(.cancel($0.id))) }
  }

  private mutating func stop() -> [EngineStep] {
    let steps = cancelling(waiting)
    searches = [:]
    waiting = waiting.compactMap { attachment in
      guard attachment.progress == .preparing else { return attachment }
      return attachment.reference.map { Attachment(id: attachment.id, kept: $0) }
    }
    return steps
  }

  // MARK: - Results

  /// A picture is ready, unless it was taken back or asked for anew meanwhile.
  private mutating func accept(_ picture: PreparedPicture, as id: AttachmentID) -> [EngineStep] {
    guard var attachment = self[id], attachment.progress == .preparing,
      attachment.detail == picture.reference.detail
    else { return [] }
    attachment.progress = .ready(picture)
    // From now on it is fitted from the original that is kept, wherever the file goes.
    attachment.origin = .kept(picture.reference)
    self[id] = attachment
    batch.warnings += picture.warnings.filter { !batch.warnings.contains($0) }
    batch.latest = id
    return [.report(.pictureReady(id, picture))]
  }

  /// What was to be attached is a document: it waits among them from now on, each of the same bytes once.
  private mutating func accept(
    _ document: MediaReference, as id: AttachmentID, _ warnings: [Phrase]
  ) -> [EngineStep] {
    guard let attachment = self[id], attachment.progress == .preparing else { return [] }
    let isSetAside = setAside.contains { $0.id == id }
    self[id] = nil
    if isSetAside {
      documentsSetAside.append(document)
    } else if !documents.contains(document) {
      documents.append(document)
    }
    batch.warnings += warnings.filter { !batch.warnings.contains($0) }
    batch.latestDocument = document
    return [.report(.documentReady(id, document, warnings: warnings))]
  }

  /// A picture is ready as tiles, which take its place; one that can be read whole is ready as itself.
  private mutating func accept(
    _ pictures: [PreparedPicture], asTilesOf id: AttachmentID, _ context: EngineContext
  ) -> [EngineStep] {
    guard let attachment = self[id], attachment.progress == .preparing, attachment.detail == .tiles,
      let first = pictures.first
    else { return [] }
    let tiles = pictures.enumerated().map { index, picture in
      // The first one is known by the number that was asked about.
      let id = index == 0 ? id : AttachmentID(rawValue: nextNumber())
      var tile = Attachment(id: id, kept: picture.reference)
      tile.progress = .ready(picture)
      return tile
    }
    waiting.replace(id, with: tiles)
    setAside.replace(id, with: tiles)
    batch.latest = id
    guard tiles.count > 1 else { return [.report(.pictureReady(id, first))] }
    let tokens = pictures.dropFirst().reduce(context.target.tokens(of: first.reference)) {
      $0 + context.target.tokens(of: $1.reference)
    }
    return [.report(.pictureTiled(id, name: attachment.name, pictures, tokens))]
  }

  /// A picture that cannot be used leaves the waiting row, but one that was ready before stays: its
  /// original is kept.
  private mutating func refuse(
    _ id: AttachmentID, because failure: PictureFailure
  ) -> [EngineStep] {
    guard var attachment = self[id], attachment.progress == .preparing else { return [] }
    if attachment.reference == nil {
      self[id] = nil
    } else {
      attachment.progress = .failed(failure.phrase)
      self[id] = attachment
    }
    batch.refusals.append(failure.phrase)
    return [.report(.pictureFailed(id, failure))]
  }

  /// A picture that waits, or waited before a message came to be written anew; nil takes it away.
  private subscript(id: AttachmentID) -> Attachment? {
    get { waiting[id] ?? setAside[id] }
    set {
      waiting[id] = newValue
      setAside[id] = newValue
    }
  }
}

extension [Attachment] {
  /// Setting one that is not there changes nothing.
  fileprivate subscript(id: AttachmentID) -> Attachment? {
    get { first { $0.id == id } }
    set {
      guard let index = firstIndex(where: { $0.id == id }) else { return }
      if let newValue { self[index] = newValue } else { remove(at: index) }
    }
  }

  fileprivate mutating func replace(_ id: AttachmentID, with others: [Attachment]) {
    guard let index = firstIndex(where: { $0.id == id }) else { return }
    replaceSubrange(index...index, with: others)
  }
}

/// The outcome of pictures that are prepared together.
package struct PictureBatch: Equatable, Sendable {
  package fileprivate(set) var count = 0
  /// Why some of them could not be used.
  package fileprivate(set) var refusals: [Phrase] = []
  /// The one that was ready last.
  package fileprivate(set) var latest: AttachmentID?
  /// The document that was ready last.
  package fileprivate(set) var latestDocument: MediaReference?
  /// Warnings about the form in which they are sent.
  package fileprivate(set) var warnings: [Phrase] = []
}
