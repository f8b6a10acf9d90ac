import Files

/// What comes of a file that is not whole yet, on the disk as it comes: a program that is killed leaves it there,
/// beside the file and named as a part of it.
///
/// It is removed with the last reference to it. Where it cannot be written there is none. Of one task at a time.
final class LivePart {
  private let file: OpenFile
  private let path: String
  private var byteCount = 0
  private var hasFailed = false

  private init(at path: String) throws(FileError) {
    file = try OpenFile(path, for: .creating, access: .umask)
    self.path = path
  }

  /// Begins the part of a file, nil where it cannot be made; one that is there already is somebody's, and stays.
  static func make(of path: String) -> LivePart? {
    let usual = PartOfFile.path(for: path)
    let name = usual.split(separator: "/").last.map(String.init) ?? usual
    for number in 1...99 {
      let other = String(usual.dropLast(name.count)) + FileName.numbered(name, number)
      do throws(FileError) {
        return try LivePart(at: number == 1 ? usual : other)
      } catch {
        guard error.isTaken else { return nil }
      }
    }
    return nil
  }

  deinit { try? FileSystem.remove(path) }

  /// Adds bytes behind those that are there.
  func append(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count, !hasFailed {
      let count = bytes.withUnsafeBytes { buffer in
        try? file.write(UnsafeRawBufferPointer(rebasing: buffer[start...]), at: byteCount)
      }
      // On a full disk the whole has no room either, and is told then.
      hasFailed = count ?? 0 == 0
      start += count ?? 0
      byteCount += count ?? 0
    }
  }
}
