package import ChatEngine
package import Conversation
package import Language

/// Pictures that wait to be sent, and previews that were drawn.
package struct PicturesState: Equatable, Sendable {
  package var waiting: [Attachment] = []
  /// Those that waited before an earlier message came to be written anew.
  package var setAside: [Attachment] = []
  package var previews = PreviewShelf()
  /// A picture over the whole screen.
  package var view: PictureView?
  /// What is being looked for, until it is answered.
  package var searches: [Int: PictureSearch] = [:]
  /// What became of the pictures that are being prepared together.
  package var batch = PictureBatch()
  private var lastNumber = 0

  /// Whether a picture is being looked for or prepared: a message waits for it.
  package var isPreparing: Bool {
    !searches.isEmpty || waiting.contains { $0.progress == .preparing }
  }

  package var readyReferences: [PictureReference] { waiting.compactMap(\.prepared?.reference) }

  /// All whose originals are kept, also those that are being fitted again.
  package var keptReferences: [PictureReference] { (setAside + waiting).compactMap(\.reference) }

  mutating func nextNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }

  /// Begins to look for pictures; the number is the request's.
  mutating func begin(_ search: PictureSearch) -> Int {
    let request = nextNumber()
    searches[request] = search
    return request
  }

  /// Counts pictures that are prepared from now on among those under way.
  mutating func beginPreparing(_ count: Int) {
    if !waiting.contains(where: { $0.progress == .preparing }) { batch = PictureBatch() }
    batch.count += count
  }

  /// Puts pictures that are kept already into the waiting row.
  mutating func wait(for references: [PictureReference]) {
    waiting += references.map { Attachment(id: AttachmentID(rawValue: nextNumber()), kept: $0) }
  }

  /// A picture that waits, or waited before a message came to be written anew; nil takes it away.
  subscript(id: AttachmentID) -> Attachment? {
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
}

/// Pictures that are looked for: how they shall be attached when they are found.
package struct PictureSearch: Equatable, Sendable {
  /// Where the search comes from, which says what its failure gives back.
  package enum Origin: Equatable, Sendable {
    case command
    /// A paste of sources alone, which is text if they are none.
    case pasted(String)
    /// A pasted path that stands in the text already, and is taken out if it is a folder's.
    case inserted(String)
    /// A line that began with sources, and what followed them.
    case typed(String, rest: String, areNamed: Bool)
  }

  package var detail: Detail
  package var origin: Origin

  package init(detail: Detail, _ origin: Origin = .command) {
    self.detail = detail
    self.origin = origin
  }
}

/// What became of pictures that are prepared together.
package struct PictureBatch: Equatable, Sendable {
  package var count = 0
  /// Why some of them could not be used.
  package var refusals: [Phrase] = []
  /// The one that was ready last.
  package var latest: AttachmentID?
  /// What has to be known of the form in which they are sent.
  package var warnings: [Phrase] = []
}
