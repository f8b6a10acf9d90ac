import Files
import Language

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file into which a call writes what it pays for.
enum OutputFile {
  /// Looks whether it can be written, before anything is asked of a server.
  ///
  /// - Throws: Where something is there that may not be replaced, or nothing can be put there (73); for no
  ///   name at all (64).
  static func check(_ path: String, isReplacing: Bool) throws(AskFailure) {
    guard !path.isEmpty else {
      throw AskFailure(.usage, say("-o names no file. Give a name, or - for standard output."))
    }
    do throws(FileError) {
      if let there = try FileSystem.status(of: path) {
        guard there.isFile else { throw .noFile(path, isFolder: there.isFolder) }
        guard isReplacing else { throw .taken(path) }
      }
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
      guard access(folder, W_OK | X_OK) == 0 else { throw FileError(code: errno, path: path) }
    } catch {
      throw failure(error, path)
    }
  }

  /// Why a file was not written.
  static func failure(_ error: FileError, _ path: String) -> AskFailure {
    let phrase =
      error.isTaken
      ? say("\(path) is there already: choose another name with -o, or add --force.")
      : say("\(path) cannot be written: \(error.reason). Name another file, or make room.")
    return AskFailure(.cannotWrite, phrase)
  }
}
