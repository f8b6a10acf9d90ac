package import Conversation
package import Language
package import Screen

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

  package init(format: PictureFormat, size: PixelSize, byteCount: Int, isUntouched: Bool) {
    self.format = format
    self.size = size
    self.byteCount = byteCount
    self.isUntouched = isUntouched
  }
}

/// A picture drawn in character cells, for one width and height.
package struct PreviewKey: Hashable, Sendable {
  package var digest: PictureDigest
  package var size: Size

  package init(digest: PictureDigest, size: Size) {
    self.digest = digest
    self.size = size
  }
}

/// A picture on its way into the next message.
package struct Attachment: Equatable, Sendable {
  /// Next of `preparing`: `ready` or `failed`; `ready` goes back to `preparing` when the detail
  /// or the model changes.
  package enum Progress: Equatable, Sendable {
    case preparing
    case ready(PreparedPicture)
    case failed(Phrase)
  }

  package var id: AttachmentID
  package var source: String
  package var detail: Detail
  package var progress: Progress = .preparing

  package var prepared: PreparedPicture? {
    if case .ready(let picture) = progress { picture } else { nil }
  }

  /// The last component of a path; a URL as it is.
  package var name: String {
    if let reference = prepared?.reference { return reference.name }
    if source.hasPrefix("data:") { return "data:" }
    guard !source.contains("://") else { return source }
    return source.split(separator: "/").last.map(String.init) ?? source
  }
}
