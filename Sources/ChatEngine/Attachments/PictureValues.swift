package import Conversation
package import Language
package import ModelCatalog

/// A picture that waits to be sent with the next message, by the order of its coming.
package struct AttachmentID: Hashable, Sendable {
  package var rawValue: Int

  package init(rawValue: Int) {
    self.rawValue = rawValue
  }
}

/// A picture that was read, kept and fitted.
package struct PreparedPicture: Hashable, Sendable {
  package var reference: PictureReference
  /// What will be sent; nil for a URL that is passed on.
  package var fitted: FittedFacts?

  package init(reference: PictureReference, fitted: FittedFacts?) {
    self.reference = reference
    self.fitted = fitted
  }
}

/// The form in which a picture is sent.
package struct FittedFacts: Hashable, Sendable {
  package var format: PictureFormat
  package var size: PixelSize
  package var byteCount: Int
  /// Whether the original's own bytes are sent.
  package var isUntouched: Bool
  /// What leaves with it besides the picture.
  package var embedded: EmbeddedData = []
  /// Whether it is the first frame of an animated original.
  package var isFirstFrame = false
  /// How many pages the original has, of which the first one is sent.
  package var pageCount = 1
  /// As which tiles its print could be read, where it cannot be read in this form.
  package var tilePlan: TilePlan?

  package init(format: PictureFormat, size: PixelSize, byteCount: Int, isUntouched: Bool) {
    self.format = format
    self.size = size
    self.byteCount = byteCount
    self.isUntouched = isUntouched
  }
}

/// The server and the model that will look at a picture: it is fitted for them.
package struct TargetModel: Hashable, Sendable {
  package var provider: String
  package var model: String?
  /// Whether sound goes to it as it is, and not as its transcript.
  package var takesSound: Bool

  package init(provider: String, model: String?, takesSound: Bool = false) {
    self.provider = provider
    self.model = model
    self.takesSound = takesSound
  }
}

/// Where a picture that is to be prepared comes from.
package enum PictureOrigin: Hashable, Sendable {
  /// A path, a `data:` URL, or an http(s) URL.
  case written(String)
  /// A picture that is kept already: it is fitted again from its original.
  case kept(PictureReference)
}

/// A picture on its way into the next message.
package struct Attachment: Equatable, Sendable {
  /// Next of `preparing`: `ready`, or `failed` for one that was ready before; both go back to
  /// `preparing` when the detail or the model changes.
  package enum Progress: Equatable, Sendable {
    case preparing
    case ready(PreparedPicture)
    case failed(Phrase)
  }

  package var id: AttachmentID
  package var origin: PictureOrigin
  package var detail: Detail
  package var progress: Progress = .preparing

  /// A picture that was prepared before, as it comes back from a message or a draft.
  package init(id: AttachmentID, kept reference: PictureReference) {
    self.init(id: id, origin: .kept(reference), detail: reference.detail)
    progress = .ready(PreparedPicture(reference: reference, fitted: nil))
  }

  package init(id: AttachmentID, origin: PictureOrigin, detail: Detail) {
    self.id = id
    self.origin = origin
    self.detail = detail
  }

  /// The picture as it is kept; nil until it was read for the first time.
  package var reference: PictureReference? {
    if let prepared { return prepared.reference }
    guard case .kept(var reference) = origin else { return nil }
    reference.detail = detail
    return reference
  }

  package var prepared: PreparedPicture? {
    if case .ready(let picture) = progress { picture } else { nil }
  }

  /// The last component of a path; a URL as it is.
  package var name: String {
    if let reference { return reference.name }
    guard case .written(let source) = origin else { return "" }
    if source.hasPrefix("data:") { return "data:" }
    guard !source.contains("://") else { return source }
    return source.split(separator: "/").last.map(String.init) ?? source
  }
}
