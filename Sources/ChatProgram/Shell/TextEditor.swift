import Configuration
import Files
import Processes

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The user's editor, on a text in a temporary file that only the user can read.
struct TextEditor {
  let environment: [String: String]

  /// How editing ended.
  enum Outcome: Sendable {
    case edited(String)
    /// The editor failed, or could not be started; what its file holds then.
    case failed(saved: String?)
  }

  /// Runs the editor until it ends.
  func edit(_ text: String) -> Outcome {
    // A folder that is named may be gone, or full.
    let folders = [environment.value(of: "TMPDIR"), "/tmp"].compactMap(\.self)
    guard let path = folders.lazy.compactMap({ file(in: $0, holding: text) }).first else {
      return .failed(saved: nil)
    }
    defer { unlink(path) }
    let hasSucceeded = run(on: path)
    let bytes = try? SmallFile.bytes(of: path, atMost: .max)
    let saved = bytes.map { String(decoding: $0, as: UTF8.self) }
    guard hasSucceeded, let saved else { return .failed(saved: saved) }
    return .edited(saved)
  }

  /// Makes a file of no other name there; nil where that cannot be.
  private func file(in folder: String, holding text: String) -> String? {
    var template = Array("\(folder)/iris-XXXXXX.md".utf8CString)
    let descriptor = mkstemps(&template, 3)
    guard descriptor >= 0 else { return nil }
    close(descriptor)
    let path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } } ?? ""
    do throws(FileError) {
      try WholeFile.write(to: path, access: .owner) { (sink) throws(FileError) in
        try sink.write(text)
      }
      return path
    } catch {
      unlink(path)
      return nil
    }
  }

  private func run(on path: String) -> Bool {
    let editor = environment.value(of: "VISUAL") ?? environment.value(of: "EDITOR") ?? "vi"
    // The shell splits the editor's own arguments, as git and readline do.
    var child = ChildProgram(
      arguments: ["/bin/sh", "-c", "\(editor) \"$1\"", "sh", path], environment: environment)
    child.output = .terminal
    return child.run().status == 0
  }
}
