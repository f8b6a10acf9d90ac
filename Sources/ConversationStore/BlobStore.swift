package import Conversation
package import Files

/// The originals of the pictures, each once under the digest of its bytes: `ab/ab34…` for `ab34…`.
///
/// A file appears whole or not at all, and is never changed. Calls wait for the disk on the
/// caller's thread.
package struct BlobStore: Sendable {
  package let folder: String

  package init(folder: String) {
    self.folder = folder
  }

  /// The file that says that pictures which nothing uses may be of a store that was lost.
  var lostStoreMark: String { folder + "/of-a-lost-store" }

  /// Where the picture's bytes are, whether they are there or not.
  package func path(of digest: Digest) -> String {
    "\(subfolder(of: digest))/\(digest.rawValue)"
  }

  /// Keeps bytes whose digest is `digest`, on the disk when this returns.
  package func keep(_ bytes: [UInt8], as digest: Digest) throws(StoreError) {
    try keep(as: digest) { sink throws(FileError) in
      try sink.write(bytes)
    }
  }

  /// Keeps a copy of the file at `path`, whose digest is `digest`.
  package func keep(fileAt path: String, as digest: Digest) throws(StoreError) {
    try keep(as: digest) { sink throws(FileError) in
      var source = try FileSource(path)
      while true {
        let chunk = try source.read(upTo: 256 * 1024)
        if chunk.isEmpty { return }
        try sink.write(chunk)
      }
    }
  }

  /// Keeps the file at `path`, which the program alone uses and whose digest is `digest`, by moving it here; from
  /// another file system by a copy.
  package func keep(moving path: String, as digest: Digest) throws(StoreError) {
    let target = self.path(of: digest)
    do {
      if holds(digest) { return try FileSystem.touch(target) }
      try FileSystem.makePrivateFolder(folder)
      try FileSystem.makePrivateFolder(subfolder(of: digest))
      try WholeFile.move(path, to: target)
    } catch {
      guard error.isOfOtherFileSystem else { throw StoreError(error, at: target) }
      try keep(fileAt: path, as: digest)
    }
  }

  /// Makes sure that the file is there, and that its bytes are those that were kept.
  ///
  /// - Throws: ``StoreError/pictureDamaged(path:isMissing:)``.
  /// - Complexity: the file is read whole, at some 300 MB a second.
  package func verify(_ digest: Digest) throws(StoreError) {
    let path = path(of: digest)
    do {
      guard Digest(bytes: try SHA256.digest(ofFileAt: path)) == digest else {
        throw StoreError.pictureDamaged(path: path, isMissing: false)
      }
    } catch let error as FileError where error.isMissing {
      throw .pictureDamaged(path: path, isMissing: true)
    } catch {
      throw StoreError(error, at: path)
    }
  }

  /// Whether the file is there, whole and unchanged; one that cannot be read is not.
  private func holds(_ digest: Digest) -> Bool {
    do {
      try verify(digest)
      return true
    } catch {
      return false
    }
  }

  /// Keeps the bytes that `body` writes, whose digest is `digest`.
  ///
  /// Where `body` throws nothing is kept; where the picture is there already, unchanged, it is not
  /// called.
  package func keep(
    as digest: Digest, _ body: (inout FileSink) throws(FileError) -> Void
  ) throws(StoreError) {
    let path = path(of: digest)
    do {
      if holds(digest) {
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

  private func subfolder(of digest: Digest) -> String {
    "\(folder)/\(digest.rawValue.prefix(2))"
  }
}
