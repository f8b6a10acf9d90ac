package import Conversation
package import Files

/// The originals of the pictures, each once under the digest of its bytes: `ab/ab34…` for `ab34…`.
///
/// A file appears whole or not at all, and is never changed. Calls wait for the disk on the
/// caller's thread.
package struct PictureShelf: Sendable {
  package let folder: String

  package init(folder: String) {
    self.folder = folder
  }

  /// Where the picture's bytes are, whether they are there or not.
  package func path(of digest: PictureDigest) -> String {
    "\(subfolder(of: digest))/\(digest.rawValue)"
  }

  /// Keeps bytes whose digest is `digest`, on the disk when this returns.
  package func keep(_ bytes: [UInt8], as digest: PictureDigest) throws(StoreError) {
    try keep(as: digest, byteCount: bytes.count) { sink throws(FileError) in
      try sink.write(bytes)
    }
  }

  /// Keeps a copy of the file at `path`, whose digest is `digest`.
  package func keep(fileAt path: String, as digest: PictureDigest) throws(StoreError) {
    let status: FileSystem.Status?
    do {
      status = try FileSystem.status(of: path)
    } catch {
      throw StoreError(error, at: path)
    }
    try keep(as: digest, byteCount: status?.byteCount ?? 0) { sink throws(FileError) in
      var source = try FileSource(path)
      while true {
        let chunk = try source.read(upTo: 256 * 1024)
        if chunk.isEmpty { return }
        try sink.write(chunk)
      }
    }
  }

  /// Makes sure that the picture's file is there, and as long as it was.
  package func verify(_ picture: StoredPicture) throws(StoreError) {
    let path = path(of: picture.digest)
    do {
      let status = try FileSystem.status(of: path)
      guard let status else { throw StoreError.pictureDamaged(path: path, isMissing: true) }
      if status.byteCount != picture.byteCount {
        throw StoreError.pictureDamaged(path: path, isMissing: false)
      }
    } catch {
      throw StoreError(error, at: path)
    }
  }

  /// Keeps the `byteCount` bytes that `body` writes, whose digest is `digest`.
  ///
  /// Where `body` throws nothing is kept; where the picture is there already it is not called.
  package func keep(
    as digest: PictureDigest, byteCount: Int,
    _ body: (inout FileSink) throws(FileError) -> Void
  ) throws(StoreError) {
    let path = path(of: digest)
    do {
      if try FileSystem.status(of: path)?.byteCount == byteCount {
        // A young file is not swept away, even before a message uses it.
        return try FileSystem.touch(path)
      }
      try FileSystem.makePrivateFolder(folder)
      try FileSystem.makePrivateFolder(subfolder(of: digest))
      try WholeFile.write(to: path, access: .owner, body)
    } catch {
      throw StoreError(error, at: path)
    }
  }

  private func subfolder(of digest: PictureDigest) -> String {
    "\(folder)/\(digest.rawValue.prefix(2))"
  }
}
