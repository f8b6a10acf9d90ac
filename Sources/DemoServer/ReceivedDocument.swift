import Conversation
import JSON

/// A document as it arrived in a request: `file` on chat, `input_file` on responses.
struct ReceivedDocument: Sendable {
  let name: String
  let byteCount: Int
  /// Whether its bytes begin as those of a PDF do.
  let isPDF: Bool

  /// Reads the object that holds `filename` and `file_data`, or the `file_id` of a file that the demo
  /// keeps.
  init(_ file: JSONValue?, files: DemoFiles, at place: String) throws(WireFault) {
    if let id = file?["file_id"]?.string {
      let kept = try files.file(id)
      (name, byteCount) = (kept.name, kept.bytes.count)
      isPDF = kept.bytes.starts(with: "%PDF-".utf8)
      return
    }
    name = file?["filename"]?.string ?? "file"
    guard let url = file?["file_data"]?.string else { throw .missing("\(place).file_data") }
    guard let data = DataURL(url), let first = data.firstBytes(ofLetters: 1024) else {
      throw .badValue("\(place).file_data", String(url.prefix(40)), supported: ["a data: URL"])
    }
    byteCount = data.byteCount
    isPDF = first.starts(with: "%PDF-".utf8)
  }

  /// What the demo says that it got.
  var description: String { "[\(name): \(isPDF ? "PDF" : "file"), \(byteCount) bytes]" }
}
