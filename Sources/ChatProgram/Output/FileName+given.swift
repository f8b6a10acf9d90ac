import Files
import Screen

extension FileName {
  /// A name for a file of the user's, made of one that a server, a model or a conversation gave: its last
  /// part, of what a terminal only shows, not hidden, and with `ending` of at most 255 bytes.
  static func safe(_ given: String, or usual: String = "file", ending: String = "") -> String {
    let last = given.split(separator: "/").last ?? ""
    let words = last.split { $0.isNewline || $0 == "\0" }.joined(separator: " ")
    let shown = words.sanitised.split(separator: "/").joined(separator: "-")
    let name = shown.isEmpty || shown.hasPrefix(".") ? usual + shown : shown
    return shortened(name, to: byteLimit - ending.utf8.count) + ending
  }
}
