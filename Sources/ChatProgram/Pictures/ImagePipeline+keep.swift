import Conversation
import ConversationStore
import Files
import Language
import Pictures

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ImagePipeline {
  /// Keeps a picture whose file this program made, and which nobody else uses: it is moved, and hashed once.
  func keep(_ file: ArrivingFile, name: String) throws(Failure) -> PictureReference {
    do {
      let content = try PictureContent(path: file.path)
      let digest = try content.digest()
      let stored = try Self.stored(content, as: digest)
      try blobs.keep(moving: file.path, as: digest)
      verified.note(digest, in: blobs)
      return PictureReference(source: .stored(stored), name: name, detail: .auto)
    } catch {
      throw Failure(error, of: name)
    }
  }

  /// Keeps a picture of a file, which stays where it is.
  func keep(fileAt path: String, name: String) throws(Failure) -> PictureReference {
    do {
      return try keep(try PictureContent(path: path), name: name, detail: .auto)
    } catch {
      throw Failure(error, of: name)
    }
  }

  /// Copies a picture to the blobs piece by piece: a PNG of 50 MB must not be held as such.
  ///
  /// The bytes that are kept are hashed again, so that they are those of `digest` whatever happened
  /// to the file meanwhile.
  ///
  /// - Throws: `PictureError.changedWhileRead` and what reading throws, or a `StoreError`.
  func copy(_ content: borrowing PictureContent, as digest: Digest) throws {
    var failure: PictureError?
    do {
      try blobs.keep(as: digest) { sink throws(FileError) in
        failure = try Self.write(content, as: digest, to: &sink)
        // Nothing is kept of a file that changed.
        if failure != nil { throw FileError(code: EIO, path: blobs.path(of: digest)) }
      }
    } catch {
      if let failure { throw failure }
      throw error
    }
  }

  /// Writes all of a picture; why it is not the picture of `digest`, or nil.
  private static func write(
    _ content: borrowing PictureContent, as digest: Digest, to sink: inout FileSink
  ) throws(FileError) -> PictureError? {
    var hash = SHA256()
    var offset = 0
    while offset < content.byteCount {
      let piece: [UInt8]
      do {
        piece = try content.piece(at: offset)
      } catch {
        return error
      }
      hash.update(piece)
      try sink.write(piece)
      offset += piece.count
    }
    return Digest(bytes: hash.finish()) == digest ? nil : .changedWhileRead
  }
}

// MARK: - Files of other kinds

extension ImagePipeline {
  /// The first bytes of an ordinary file, by which its kind is told, and its length; nil for anything else,
  /// and for what cannot be read: whoever reads pictures says why.
  static func head(of path: String) -> (bytes: [UInt8], byteCount: Int)? {
    guard let status = try? FileSystem.status(of: path), status.isFile,
      var source = try? FileSource(path), let count = try? source.byteCount(),
      let bytes = try? source.read(upTo: 8192)
    else { return nil }
    return (bytes, count)
  }

  /// Keeps a file as it is, by the SHA-256 of its bytes.
  func keepWhole(fileAt path: String, name: String) throws(Failure) -> Digest {
    do {
      let digest = Digest(bytes: try SHA256.digest(ofFileAt: path))
      try blobs.keep(fileAt: path, as: digest)
      return digest
    } catch {
      throw Failure(error, of: name)
    }
  }
}

extension ImagePipeline.Failure {
  /// Why a picture is not kept.
  init(_ error: any Error, of name: String) { self.init(error, of: name, about: name) }

  /// Why a picture is not kept; sentences about its bytes name it as `subject`, or not at all.
  init(_ error: any Error, of name: String, about subject: String?) {
    switch error {
    case let error as PictureError: self.init(phrase: error.phrase(about: subject))
    case let error as StoreError: self.init(phrase: error.phrase, isOfStore: true)
    default:
      self.init(phrase: say("\(name) could not be read. Check the file, then try again."))
    }
  }
}
