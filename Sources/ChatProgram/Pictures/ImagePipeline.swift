import ChatAPI
import ChatEngine
import ChatScreen
import Configuration
import Conversation
import ConversationStore
import JSON
import Language
import ModelCatalog
import Pictures
import Screen

/// Reads, keeps, fits and previews pictures; what it returns is ready to be sent or drawn.
///
/// Every call works on the caller's thread and may take a second: at most as many run at once as
/// the machine has cores, see ``PictureQueue``.
package struct ImagePipeline: Sendable {
  let blobs: BlobStore
  let verified = VerifiedOriginals()
  let rasters = RecentRasters()
  let cache: FittedCache
  let catalog: ModelCatalog
  let decoder: PictureDecoder
  let folders: Folders
  /// For the programs that are run for documents.
  let environment: [String: String]

  /// Why a picture or a document cannot be used, and what to do.
  package struct Failure: Error, Equatable {
    var phrase: Phrase
    /// Whether there is no such file, rather than one that cannot be used.
    var isMissing = false
    /// Whether the picture is one, and the store could not keep it.
    var isOfStore = false
    /// The place among the request's pictures, from 0, of a kept one that is gone or changed.
    package var lostPicture: Int?
  }

  /// The most bytes of fitted forms that stay from one run to the next: a thousand or so.
  private static let cacheLimit = 256 << 20

  init(_ installation: Installation) {
    blobs = BlobStore(folder: installation.folders.data + "/pictures")
    cache = FittedCache(folder: installation.folders.cache + "/fitted")
    catalog = installation.catalog
    decoder = DecodingCall.makeDecoder()
    folders = installation.folders
    environment = installation.environment
  }

  /// Deletes the oldest fitted forms where there are many; they can be made again.
  func trimCache() { cache.trim(toByteCount: Self.cacheLimit) }

  /// Waits a while, then ends decoding processes that have nothing to do.
  @Sendable func restDecoder() async {
    do {
      try await QuietPause.wait(for: .seconds(10))
      decoder.endIdle(for: .seconds(9))
    } catch {
      // Pictures came meanwhile.
    }
  }

  /// Reads a picture from where it comes, keeps its original, and fits it for a model.
  func prepare(
    _ origin: PictureOrigin, detail: Detail, model: String?, rules: PictureRules
  ) throws(Failure) -> PreparedPicture {
    try fitted(try reference(to: origin, detail: detail), model: model, rules: rules)
  }

  /// A picture as it is kept; one at a URL is not fetched here.
  func reference(
    to origin: PictureOrigin, detail: Detail
  ) throws(Failure) -> PictureReference {
    switch origin {
    case .written(let source):
      let lower = source.prefix(8).lowercased()
      guard lower.hasPrefix("http://") || lower.hasPrefix("https://") else {
        return try keep(source, detail: detail)
      }
      guard let url = SafeURL(rawValue: source) else {
        throw Failure(phrase: say("\(source) is no address of a picture. Check it for a typo."))
      }
      return PictureReference(source: .remote(url), name: source, detail: detail)
    case .kept(var reference):
      reference.detail = detail
      return reference
    }
  }

  /// Tells a picture and puts its original on the blobs.
  private func keep(_ source: String, detail: Detail) throws(Failure) -> PictureReference {
    let isData = DataURL.isDataURL(source)
    let name = isData ? "data" : source.split(separator: "/").last.map(String.init) ?? source
    do {
      let content =
        isData
        ? try PictureContent(bytes: DataURL.bytes(of: source))
        : try PictureContent(path: source)
      return try keep(content, name: name, detail: detail)
    } catch {
      throw Failure(error, of: name, about: isData ? nil : source)
    }
  }

  /// Keeps a picture whose bytes are in memory, such as the clipboard's.
  func keep(_ bytes: [UInt8], name: String, detail: Detail) throws(Failure) -> PictureReference {
    do {
      return try keep(try PictureContent(bytes: bytes), name: name, detail: detail)
    } catch {
      throw Failure(error, of: name)
    }
  }

  /// Keeps bytes that are no picture, such as sound; returns their digest.
  func keepFile(_ bytes: [UInt8]) throws(StoreError) -> Digest {
    let digest = Digest(hashing: bytes)
    try blobs.keep(bytes, as: digest)
    return digest
  }

  /// The path of kept bytes; nil where they are missing or are not what was kept.
  func file(_ digest: Digest) -> String? {
    (try? blobs.verify(digest)) == nil ? nil : blobs.path(of: digest)
  }

  /// What would be kept of bytes in memory; nothing is written.
  func inspect(_ bytes: [UInt8], name: String) throws(Failure) -> StoredPicture {
    do {
      let content = try PictureContent(bytes: bytes)
      return try Self.stored(content, as: try content.digest())
    } catch {
      throw Failure(phrase: say("\(name) could not be read. Check the file, then try again."))
    }
  }

  /// Keeps a picture, or of a raw photograph its embedded preview, under a name that says so.
  func keep(
    _ content: borrowing PictureContent, name: String, detail: Detail
  ) throws -> PictureReference {
    do {
      return try keepPicture(content, name: name, detail: detail)
    } catch PictureError.foreign(let format) where format == .rawPhotograph {
      guard let preview = try content.rawPreview() else { throw PictureError.foreign(format) }
      return try keepPicture(
        try PictureContent(bytes: preview), name: "\(name) (preview)", detail: detail)
    }
  }

  private func keepPicture(
    _ content: borrowing PictureContent, name: String, detail: Detail
  ) throws -> PictureReference {
    let digest = try content.digest()
    let stored = try Self.stored(content, as: digest)
    try copy(content, as: digest)
    return PictureReference(source: .stored(stored), name: name, detail: detail)
  }

  static func stored(
    _ content: borrowing PictureContent, as digest: Digest
  ) throws -> StoredPicture {
    let inspection = try content.inspect()
    return StoredPicture(
      digest: digest, format: inspection.format, size: inspection.size,
      byteCount: ByteCount(content.byteCount), hasLocation: inspection.hasLocation)
  }

  func form(
    of reference: PictureReference, _ stored: StoredPicture, model: String?,
    rules: PictureRules
  ) throws(Failure) -> FittedForm {
    let target = target(for: reference, stored, model: model, rules: rules)
    if let form = cache.form(of: stored.digest, for: target), form != .untouched { return form }
    try verify(reference, stored)
    do {
      let content = try PictureContent(path: blobs.path(of: stored.digest), isKept: true)
      return try cache.fit(content, digest: stored.digest, to: target, by: decoder)
    } catch {
      throw Failure(phrase: error.phrase(about: reference.name))
    }
  }

  /// Makes sure that the original is what was kept, before any of its bytes are used.
  private func verify(
    _ reference: PictureReference, _ stored: StoredPicture
  ) throws(Failure) {
    do throws(StoreError) {
      try verified.verify(stored.digest, in: blobs)
    } catch .pictureDamaged(_, isMissing: true) {
      throw Failure(
        phrase: say(
          "The kept original of \(reference.name) is missing. Attach it again, or leave it out."),
        lostPicture: 0)
    } catch .pictureDamaged {
      throw Failure(
        phrase: say(
          "The kept original of \(reference.name) has changed on disk. Attach it again, or leave it out."
        ), lostPicture: 0)
    } catch {
      throw Failure(phrase: error.phrase)
    }
  }

  /// The file of a kept original; nil where it is missing or changed.
  func original(of picture: StoredPicture) -> String? {
    do {
      try verified.verify(picture.digest, in: blobs)
      return blobs.path(of: picture.digest)
    } catch {
      return nil
    }
  }

  func target(
    for reference: PictureReference, _ stored: StoredPicture, model: String?,
    rules: PictureRules
  ) -> FitTarget {
    let plan = catalog.model(named: model ?? "").plan(for: stored.size, detail: reference.detail)
    return rules.target(for: stored.size, planned: plan.size, detail: reference.detail)
  }

  /// The part of a request that a picture becomes.
  func part(
    for reference: PictureReference, model: String, rules: PictureRules
  ) throws(Failure) -> RequestMessage.Part {
    let detail = reference.detail
    switch reference.source {
    case .remote(let url): return .pictureURL(url.rawValue, detail)
    case .stored(let stored):
      let form = try form(of: reference, stored, model: model, rules: rules)
      return .picture(try file(of: form, stored), detail)
    }
  }

  private func file(of form: FittedForm, _ stored: StoredPicture) throws(Failure) -> PictureFile {
    switch form {
    case .untouched:
      return PictureFile(
        path: blobs.path(of: stored.digest), mediaType: stored.format.mediaType,
        byteCount: stored.byteCount.bytes)
    case .file(let path, let format, _, let byteCount):
      return PictureFile(path: path, mediaType: format.mediaType, byteCount: byteCount)
    case .memory(let picture):
      // Without a cache folder the fitted form is kept with the originals.
      do {
        let digest = Digest(hashing: picture.bytes)
        try blobs.keep(picture.bytes, as: digest)
        return PictureFile(
          path: blobs.path(of: digest), mediaType: picture.format.mediaType,
          byteCount: picture.bytes.count)
      } catch {
        throw Failure(phrase: error.phrase)
      }
    }
  }
}
