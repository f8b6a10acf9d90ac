import Foundation

/// Names in the folder for temporary files (TMPDIR).
enum TemporaryPath {
  /// What `mkstemp(3)` and `mkdtemp(3)` make a path of.
  static func template(_ name: String) -> [CChar] {
    let folder = FileManager.default.temporaryDirectory
    return Array(folder.appending(path: "iris-\(name)-XXXXXX").path.utf8CString)
  }
}
