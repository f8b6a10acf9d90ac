import Files

/// The bytes of a file, or of a file in an archive, from the start to the end.
struct ImportedBytes: ~Copyable {
  private var file: FileSource?
  private var entry: ZipSource?
  private let path: String

  init(file path: String) throws(InterchangeError) {
    self.path = path
    entry = nil
    do throws(FileError) {
      file = try FileSource(path)
    } catch {
      throw .unreadable(error)
    }
  }

  init(_ entry: ZipArchive.Entry, in archive: ZipArchive) throws(InterchangeError) {
    path = archive.path
    file = nil
    do throws(ZipError) {
      self.entry = try archive.source(of: entry)
    } catch {
      throw InterchangeError(error, at: archive.path)
    }
  }

  /// The next `count` bytes; fewer only at the end, none after it.
  ///
  /// - Throws: ``InterchangeError/stopped`` once the task is cancelled.
  mutating func read(upTo count: Int) throws(InterchangeError) -> [UInt8] {
    if Task.isCancelled { throw .stopped }
    do {
      if file != nil { return try file?.read(upTo: count) ?? [] }
      return try entry?.read(upTo: count) ?? []
    } catch let error as FileError {
      throw .unreadable(error)
    } catch let error as ZipError {
      throw InterchangeError(error, at: path)
    } catch {
      throw .malformed(path: path, place: "JSON")
    }
  }

  /// All that is left.
  ///
  /// - Throws: ``InterchangeError/tooLarge(path:)`` beyond `limit`.
  mutating func readToEnd(limit: Int) throws(InterchangeError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let piece = try read(upTo: 256 * 1024)
      if piece.isEmpty { return bytes }
      bytes += piece
      guard bytes.count <= limit else { throw .tooLarge(path: path) }
    }
  }
}
