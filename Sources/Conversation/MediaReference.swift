/// What is no text in a message: which bytes, how they are called, and what is known of them.
package struct MediaReference: Hashable, Sendable {
  /// Where the bytes are.
  package enum Source: Hashable, Sendable {
    /// Kept on the user's machine, once, under their digest.
    case stored(Digest)
    /// At an http(s) URL, which the server fetches itself.
    case remote(SafeURL)
    /// Kept by a server, which knows them by an identifier.
    case serverFile(id: String, provider: String)
  }

  /// What is known of the bytes beside their number, by their kind.
  package enum Facts: Hashable, Sendable {
    case picture(PictureFacts)
    /// `seconds` is nil where the length is unknown, as it is below.
    case sound(seconds: Double?)
    /// `textTokens` are what the document's text costs by the rule of thumb, 0 for one without text; nil
    /// where its text cannot be read here.
    case document(pages: Int?, textTokens: Int? = nil)
    case film(seconds: Double?)
    case file
  }

  package var source: Source
  /// The media type (IANA), told from the content where it was seen; nil where nobody knows it.
  package var mediaType: String?
  package var byteCount: ByteCount?
  /// The file name, or the URL, as the user gave it; not sanitised.
  package var name: String
  package var facts: Facts

  package init(
    source: Source, mediaType: String? = nil, byteCount: ByteCount? = nil, name: String,
    facts: Facts
  ) {
    self.source = source
    self.mediaType = mediaType
    self.byteCount = byteCount
    self.name = name
    self.facts = facts
  }

  /// Whether it is a document, or sound, whose bytes are kept here: requests carry it.
  package var isKeptDocument: Bool {
    switch facts {
    case .document, .sound: digest != nil
    case .picture, .film, .file: false
    }
  }

  /// Whether it is sound: a request carries it as such, or as its transcript.
  package var isSound: Bool { if case .sound = facts { true } else { false } }

  /// The digest of bytes that are kept here.
  package var digest: Digest? {
    if case .stored(let digest) = source { digest } else { nil }
  }
}

/// What is known of a picture, and how closely the model shall look at it.
package struct PictureFacts: Hashable, Sendable {
  /// Nil for a picture that was not seen.
  package var size: PixelSize?
  package var detail: Detail
  /// Whether the original's metadata tells where it was taken (EXIF GPS).
  package var hasLocation: Bool
  /// Whether a drawing ended before the picture was whole.
  package var isUnfinished = false

  package init(
    size: PixelSize? = nil, detail: Detail, hasLocation: Bool = false, isUnfinished: Bool = false
  ) {
    self.size = size
    self.detail = detail
    self.hasLocation = hasLocation
    self.isUnfinished = isUnfinished
  }
}

// MARK: - Pictures

extension MediaReference {
  package init(_ picture: PictureReference) {
    switch picture.source {
    case .stored(let stored):
      self.init(
        source: .stored(stored.digest), mediaType: stored.format.mediaType,
        byteCount: stored.byteCount, name: picture.name,
        facts: .picture(
          PictureFacts(
            size: stored.size, detail: picture.detail, hasLocation: stored.hasLocation,
            isUnfinished: picture.isUnfinished)))
    case .remote(let url):
      self.init(
        source: .remote(url), name: picture.name,
        facts: .picture(PictureFacts(detail: picture.detail)))
    }
  }

  /// The picture that this is; nil for what is no picture, or one of a format or at a place that
  /// nothing here can send.
  package var picture: PictureReference? {
    guard case .picture(let facts) = facts else { return nil }
    switch source {
    case .remote(let url):
      return PictureReference(source: .remote(url), name: name, detail: facts.detail)
    case .stored(let digest):
      guard let format = mediaType.flatMap(PictureFormat.init(mediaType:)), let size = facts.size,
        let byteCount
      else { return nil }
      let stored = StoredPicture(
        digest: digest, format: format, size: size, byteCount: byteCount,
        hasLocation: facts.hasLocation)
      var picture = PictureReference(source: .stored(stored), name: name, detail: facts.detail)
      picture.isUnfinished = facts.isUnfinished
      return picture
    case .serverFile: return nil
    }
  }
}

extension PictureFormat {
  /// The format of a media type as ``mediaType`` writes it; nil for any other.
  package init?(mediaType: String) {
    guard let format = Self.allCases.first(where: { $0.mediaType == mediaType }) else { return nil }
    self = format
  }
}
