import Files

/// A picture that is on its way: its bytes go to a file at once, so that memory does not grow with them.
///
/// The file is removed with the last reference to it. Of one task at a time.
final class ArrivingFile {
  let path: String
  private let file: OpenFile
  private(set) var byteCount = 0

  /// Makes an empty file of the user's own in `folder`, which is made where it is missing.
  init(in folder: String) throws(FileError) {
    try FileSystem.makePrivateFolder(folder)
    let name = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    path = "\(folder)/\(name)\(WholeFile.unfinishedSuffix)"
    file = try OpenFile(path, for: .creating, access: .owner)
  }

  deinit {
    // One that cannot be removed stands in a folder whose contents may be deleted.
    try? FileSystem.remove(path)
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
