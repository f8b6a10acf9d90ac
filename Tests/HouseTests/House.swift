import Foundation

/// The repository that this test stands in, as files and texts.
///
/// Everything is read once; the tests ask the values.
enum House {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().resolvingSymlinksInPath()

  /// Every Swift file below `Sources/`.
  static let sources = files(below: "Sources", named: "swift").map(SourceFile.init)

  /// Every Swift file below `Tests/`.
  static let tests = files(below: "Tests", named: "swift").map(SourceFile.init)

  /// The modules that exist: the folders of `Sources/`.
  static let modules = entries(of: "Sources").filter {
    (try? $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
  }.map(\.lastPathComponent)

  /// A file's text by its path from the root; nil where there is none.
  static func text(at path: String) -> String? {
    try? String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  static func text(of file: URL) -> String {
    (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  static func files(below folder: String, named extension: String) -> [URL] {
    let start = root.appending(path: folder).resolvingSymlinksInPath()
    let all = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
    return (all?.compactMap { $0 as? URL } ?? [])
      .filter { $0.pathExtension == `extension` }.sorted { $0.path < $1.path }
  }

  private static func entries(of folder: String) -> [URL] {
    let start = root.appending(path: folder).resolvingSymlinksInPath()
    return
      (try? FileManager.default.contentsOfDirectory(
        at: start, includingPropertiesForKeys: [.isDirectoryKey])) ?? []
  }
}

/// One Swift file of the house.
struct SourceFile: Sendable {
  /// From the folder `Sources` or `Tests` on: `Sources/Screen/Cell.swift`.
  let path: String
  /// The folder below that: the target, by the house's habit.
  let module: String
  let source: SwiftSource
  /// Of a module's file; those of tests are nobody's concern.
  let declarations: [SwiftDeclaration]

  init(_ url: URL) {
    let components = url.pathComponents
    let start = components.lastIndex { $0 == "Sources" || $0 == "Tests" } ?? 0
    path = components[start...].joined(separator: "/")
    module = components[start...].dropFirst().first ?? ""
    source = SwiftSource(House.text(of: url))
    declarations = path.hasPrefix("Sources/") ? source.declarations : []
  }

  /// What a broken rule is reported with.
  func place(line: Int) -> String { "\(path):\(line)" }
}
