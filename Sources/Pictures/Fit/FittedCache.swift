package import Conversation
import Files

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is sent of a picture, and where its bytes are.
package enum FittedForm: Hashable, Sendable {
  /// The original's own bytes.
  case untouched
  /// A whole file of the cache; it may be gone when it is opened, and is then fitted again.
  case file(path: String, format: PictureFormat, size: PixelSize, byteCount: Int)
  /// Held in memory, because the cache could not be written.
  case memory(EncodedPicture)
}

/// Fitted forms of pictures, one file each, in a folder that may be deleted at any time.
///
/// A file is named by the original's digest and by the target, written whole or not at all, and
/// readable by its owner only. An empty file says that the picture is sent untouched. Several
/// threads and several programs may use one folder.
package struct FittedCache: Sendable {
  package let folder: String

  /// A cache in `folder`, which is made when something is kept.
  package init(folder: String) {
    self.folder = folder
  }

  /// The form that was kept, or nil.
  package func form(of digest: Digest, for target: FitTarget) -> FittedForm? {
    let path = path(digest, target)
    do {
      let content = try PictureContent(path: path)
      let inspection = try content.inspect()
      return .file(
        path: path, format: inspection.format, size: inspection.size,
        byteCount: content.byteCount)
    } catch .empty {
      return .untouched
    } catch {
      // Missing, or damaged from outside: as good as never kept.
      return nil
    }
  }

  /// Fits a picture, unless its form has been kept.
  ///
  /// - Throws: what ``PictureContent/inspect()`` and ``PictureContent/fit(_:to:by:isCancelled:)``
  ///   throw. A cache that cannot be written is no error.
  package func fit(
    _ content: borrowing PictureContent, digest: Digest, to target: FitTarget,
    by decoder: PictureDecoder, isCancelled: @escaping () -> Bool = { Task.isCancelled }
  ) throws(PictureError) -> FittedForm {
    if let form = form(of: digest, for: target) { return form }
    let inspection = try content.inspect()
    let path = path(digest, target)
    switch try content.fit(inspection, to: target, by: decoder, isCancelled: isCancelled) {
    case .untouched:
      _ = keep([], at: path)
      return .untouched
    case .cut(let cut):
      if try keep(content, cut, at: path) {
        return .file(
          path: path, format: inspection.format, size: inspection.size, byteCount: cut.byteCount)
      }
      return .memory(
        EncodedPicture(
          format: inspection.format, size: inspection.size, bytes: try content.bytes(of: cut)))
    case .encoded(let picture):
      guard keep(picture.bytes, at: path) else { return .memory(picture) }
      return .file(
        path: path, format: picture.format, size: picture.size, byteCount: picture.bytes.count)
    }
  }

  /// Deletes the oldest files until the rest holds at most `byteCount` bytes.
  package func trim(toByteCount byteCount: Int) {
    do {
      var rest = 0
      for file in try filesNewestFirst() {
        rest += file.byteCount
        if rest > byteCount { try FileSystem.remove(file.path) }
      }
    } catch {
      // Another program may be deleting too; what stays is trimmed next time.
    }
  }

  private func filesNewestFirst() throws(FileError) -> [(path: String, byteCount: Int)] {
    var files: [(path: String, status: FileSystem.Status)] = []
    for name in try FileSystem.names(in: folder) {
      let path = folder + "/" + name
      if let status = try FileSystem.status(of: path), !status.isFolder {
        files.append((path, status))
      }
    }
    return files.sorted { $0.status.modified > $1.status.modified }
      .map { (path: $0.path, byteCount: $0.status.byteCount) }
  }

  /// Whether the bytes could be kept.
  private func keep(_ bytes: [UInt8], at path: String) -> Bool {
    do {
      try FileSystem.makePrivateFolder(folder)
      try WholeFile.write(to: path, access: .owner) { sink throws(FileError) in
        try sink.write(bytes)
      }
      return true
    } catch {
      // A full or read-only disk: the picture is fitted again next time.
      return false
    }
  }

  /// Whether a cut could be kept, copied piece by piece.
  ///
  /// - Throws: what reading the content throws.
  private func keep(
    _ content: borrowing PictureContent, _ cut: PictureCut, at path: String
  ) throws(PictureError) -> Bool {
    var failure: PictureError?
    do {
      try FileSystem.makePrivateFolder(folder)
      try WholeFile.write(to: path, access: .owner) { sink throws(FileError) in
        failure = try Self.copy(content, cut, to: &sink)
        // Nothing is kept of a file that changed.
        if failure != nil { throw FileError(code: EIO, path: path) }
      }
      return true
    } catch {
      if let failure { throw failure }
      return false
    }
  }

  /// Writes a cut; why it cannot be read, or nil.
  private static func copy(
    _ content: borrowing PictureContent, _ cut: PictureCut, to sink: inout FileSink
  ) throws(FileError) -> PictureError? {
    var unwritten: FileError?
    do {
      try content.forEachPiece(of: cut) { bytes throws(PictureError) in
        do throws(FileError) {
          try sink.write(bytes)
        } catch {
          unwritten = error
          throw .cancelled
        }
      }
    } catch {
      if let unwritten { throw unwritten }
      return error
    }
    return nil
  }

  private func path(_ digest: Digest, _ target: FitTarget) -> String {
    let key = Digest(hashing: Array(target.cacheKey.utf8)).rawValue.prefix(16)
    return folder + "/" + digest.rawValue + "-" + key
  }
}

extension FitTarget {
  /// Everything that decides about the fitted bytes; the first word changes with the way of fitting.
  fileprivate var cacheKey: String {
    let names = formats.map(\.rawValue).sorted().joined(separator: ",")
    let box =
      switch scale {
      case .original: "original"
      case .within(let box): "within \(box)"
      case .exactly(let size): "exactly \(size)"
      }
    return "fit-2 \(box) \(names) \(maximumBytes) \(keepsMetadata)"
  }
}
