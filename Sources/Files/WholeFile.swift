/// Files that appear under their names whole, or not at all.
///
/// The bytes go to a file beside the target, reach the disk, and take the target's name in one
/// step; the folder reaches the disk last. A crash leaves at most a file that ends in `.part`.
package enum WholeFile {
  /// What ends the name of a file that is not whole yet.
  package static let unfinishedSuffix = ".part"

  /// Writes what `body` gives, in the place of what was at `path`.
  ///
  /// Where `body` or the system fails, what was at `path` is still there, and nothing else. With
  /// `isReplacing` false that is so as well where anything is at `path`: `EEXIST`.
  package static func write(
    to path: String, access: OpenFile.Access = .umask, isReplacing: Bool = true,
    _ body: (inout FileSink) throws(FileError) -> Void
  ) throws(FileError) {
    // A rename would put a file in the place of a device or a pipe.
    if isReplacing, let there = try FileSystem.status(of: path), !there.isFile {
      throw .noFile(path, isFolder: there.isFolder)
    }
    let (folder, name) = split(path)
    let random = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    let part = "\(folder)/.\(FileName.shortened(name, to: 80)).\(random)\(unfinishedSuffix)"
    do {
      var sink = FileSink(try OpenFile(part, for: .creating, access: access))
      try body(&sink)
      try sink.finish()
      if isReplacing {
        try FileSystem.rename(part, to: path)
      } else {
        try FileSystem.renameNew(part, to: path)
      }
    } catch {
      try? FileSystem.remove(part)
      throw error.path == part ? FileError(code: error.code, path: path) : error
    }
    try synchroniseFolder(of: path)
  }

  /// Gives a file another name on its file system, in the place of what has it; its bytes reach the disk
  /// first.
  ///
  /// - Throws: `EXDEV` where the name is on another file system; the file stays where it is then.
  package static func move(_ path: String, to newPath: String) throws(FileError) {
    try OpenFile(path).synchronise()
    try FileSystem.rename(path, to: newPath)
    try synchroniseFolder(of: newPath)
  }

  /// Brings the new name of a file to the disk, where that can be asked for.
  ///
  /// Some file systems cannot do it for a folder (fsync(2), EINVAL), and one that the user may not
  /// list cannot be opened for it: the file is there all the same.
  package static func synchroniseFolder(of path: String) throws(FileError) {
    do {
      try OpenFile(split(path).folder).synchronise()
    } catch  where error.isForbidden || error.isUnsupported {}
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }
}
