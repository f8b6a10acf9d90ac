package import Conversation
package import Language

/// The answer to a ``PictureEffect``.
package enum PictureEvent: Equatable, Sendable {
  /// A path, glob, folder, URL or `data:` URL names these pictures.
  case found(request: Int, sources: [String])
  /// `isThere` says that a path names something, if no pictures.
  case notFound(request: Int, Phrase, isThere: Bool = false)
  /// The clipboard's picture, which is kept already.
  case pasted(request: Int, PictureReference)
  case prepared(AttachmentID, PreparedPicture)
  /// A picture that was to be attached as tiles: these, in order, or the whole one where it can be read.
  case tiled(AttachmentID, [PreparedPicture])
  /// What was to be attached is no picture but a document, whose bytes are kept; what a person should know
  /// of it.
  case document(AttachmentID, MediaReference, warnings: [Phrase] = [])
  case failed(AttachmentID, Phrase, kind: PictureFailure.Kind = .unusable)
}

/// Work on pictures, off the loop; each is answered by a ``PictureEvent``.
package enum PictureEffect: Equatable, Sendable {
  /// Finds what paths, globs, folders and URLs name.
  ///
  /// `whole` is what was typed, which may be one path with spaces that nobody quoted.
  case find(request: Int, words: [String], whole: String)
  /// Finds the picture in the clipboard.
  case paste(request: Int)
  /// Reads, keeps and fits a picture; at the detail `tiles` it is answered as tiled.
  case prepare(AttachmentID, PictureOrigin, detail: Detail, for: TargetModel)
  case cancel(AttachmentID)
}

/// Why a picture cannot be used.
package struct PictureFailure: Equatable, Sendable {
  /// The kind of failure, which decides an exit status.
  package enum Kind: Equatable, Sendable {
    /// There is no such file.
    case missing
    /// The file is no picture, or none that can be sent.
    case unusable
    /// Its original could not be kept.
    case unwritable
  }

  package var kind: Kind
  package var phrase: Phrase

  package init(kind: Kind, phrase: Phrase) {
    self.kind = kind
    self.phrase = phrase
  }
}
