import Configuration
import Foundation
import Glibc
import Testing

/// A folder of a test's own, deleted with the value.
final class TemporaryFolder {
  let path: String

  init() throws {
    let parent = FileManager.default.temporaryDirectory
    var template = Array(parent.appending(path: "iris-XXXXXX").path.utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      unlink("\(path)/\(name)")
    }
    closedir(folder)
    rmdir(path)
  }

  /// Writes a file and answers its path.
  func write(_ text: String, to name: String, mode: mode_t = 0o600) throws -> String {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    try #require(fchmod(descriptor, mode) == 0)
    return file
  }

  /// What a file holds; nil where it is not.
  func text(of name: String) -> String? {
    guard let file = fopen("\(path)/\(name)", "re") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A reader of keys whose home is this folder, and whose programs are the system's and this
  /// folder's.
  func keyReader(
    _ variables: [String: String] = [:], limit: Duration = .seconds(30)
  ) throws -> KeyReader {
    let environment = ["HOME": path, "PATH": "\(path):/usr/bin:/bin"]
      .merging(variables) { _, new in new }
    return KeyReader(
      environment: environment, folders: try Folders(environment: environment), limit: limit)
  }
}
