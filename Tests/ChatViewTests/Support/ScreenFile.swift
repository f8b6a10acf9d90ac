import FoundationEssentials
import Screen

/// A kept picture of a scene at every size, as text that people read.
///
/// `IRIS_RECORD_SCREENS=1` writes the files anew; what changed is then reviewed as code is.
struct ScreenFile {
  static let sizes = [(40, 10), (80, 24), (200, 50)].map { Size(columns: $0.0, rows: $0.1) }

  static var isRecording: Bool {
    ProcessInfo.processInfo.environment["IRIS_RECORD_SCREENS"] == "1"
  }

  private let url: URL

  init(_ name: String) {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let fileName = name.split(separator: " ").joined(separator: "-")
    url = folder.appending(path: "Screens/\(fileName).screen")
  }

  /// What was kept; nil where there is nothing.
  var text: String? { try? String(contentsOf: url, encoding: .utf8) }

  func record(_ text: String) throws {
    try Data(text.utf8).write(to: url)
  }

  /// The frames of a scene one below the other, each below its size and cursor.
  static func text(of scene: Scene) -> String {
    sizes.map { size in
      var stage = Stage(size.columns, size.rows)
      scene.set(&stage)
      let frame = stage.draw()
      let cursor = frame.cursor.map { "cursor in column \($0.column) of row \($0.row)" }
      return "=== \(size.columns)×\(size.rows), \(cursor ?? "no cursor")\n" + frame.snapshot
    }.joined()
  }
}
