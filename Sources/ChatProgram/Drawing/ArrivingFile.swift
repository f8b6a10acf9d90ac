import Files

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A picture that is on its way: its bytes go to a file at once, so that memory does not grow with them.
///
/// The file is removed with the last reference to it. Of one task at a time.
final class ArrivingFile {
  let path: String
  private let file: OpenFile
  private(set) var byteCount = 0
  let place: Place

  /// Where such files can stand.
  struct Place: Equatable {
    var folder: String
    /// Whether the folder is made for them alone; of any other nothing is changed.
    var isOwn = true

    /// The name of a file, which is hidden in a folder that is not its own.
    fileprivate func path(_ name: String) -> String {
      "\(folder)/\(isOwn ? "" : ".")\(name)\(WholeFile.unfinishedSuffix)"
    }
  }

  /// A file of the user's own, with what `fill` puts into it, in the first of `places` that takes both.
  ///
  /// - Throws: What kept it from being made in the first.
  static func make(
    in places: [Place], _ fill: (ArrivingFile) throws(FileError) -> Void = { _ in }
  ) throws(FileError) -> ArrivingFile {
    var failure: FileError?
    for place in places {
      do throws(FileError) {
        let file = try ArrivingFile(in: place)
        try fill(file)
        return file
      } catch {
        failure = failure ?? error
      }
    }
    throw failure ?? FileError(code: ENOENT, path: "")
  }

  private init(in place: Place) throws(FileError) {
    self.place = place
    if place.isOwn { try FileSystem.makePrivateFolder(place.folder) }
    path = place.path(String(UInt64.random(in: 0...UInt64.max), radix: 36))
    file = try OpenFile(path, for: .creating, access: .owner)
  }

  /// The age in seconds at which nobody writes to a file any more.
  private static let longestLife = 86_400

  /// Removes what programs left that were killed; what cannot be looked at stays.
  static func sweep(_ place: Place) {
    guard place.isOwn, let names = try? FileSystem.names(in: place.folder) else { return }
    for name in names where name.hasSuffix(WholeFile.unfinishedSuffix) {
      let path = place.folder + "/" + name
      guard let status = try? FileSystem.status(of: path),
        status.modified < Int(time(nil)) - longestLife
      else { continue }
      try? FileSystem.remove(path)
    }
  }

  deinit {
    // One that cannot be removed stands in a folder whose contents may be deleted.
    try? FileSystem.remove(path)
  }

  /// Gives the file a name of its own in the folder beside, where it stays; the path that it has then.
  ///
  /// For bytes that were paid for and can be written nowhere else.
  func keep(as name: String) throws(FileError) -> String {
    guard place.isOwn else { throw .taken(path) }
    let kept = place.folder + "-kept"
    try FileSystem.makePrivateFolder(kept)
    let name = FileName.shortened(name)
    for number in 1...9_999 {
      let path = "\(kept)/" + (number == 1 ? name : FileName.numbered(name, number))
      do throws(FileError) {
        try FileSystem.renameNew(self.path, to: path)
        return path
      } catch {
        guard error.isTaken else { throw error }
      }
    }
    throw .taken(kept)
  }

  /// Adds the first bytes of another file behind those that are there.
  func append(fileAt path: String, upTo count: Int) throws(FileError) {
    var source = try FileSource(path)
    var rest = count
    while rest > 0 {
      let piece = try source.read(upTo: min(rest, 256 << 10))
      guard !piece.isEmpty else { return }
      try append(piece)
      rest -= piece.count
    }
  }

  /// Adds bytes behind those that are there.
  func append(_ bytes: [UInt8]) throws(FileError) {
    var start = 0
    while start < bytes.count {
      let result = bytes.withUnsafeBytes { buffer -> Result<Int, FileError> in
        Result { () throws(FileError) in
          try file.write(UnsafeRawBufferPointer(rebasing: buffer[start...]), at: byteCount)
        }
      }
      let count = try result.get()
      start += count
      byteCount += count
    }
  }
}
