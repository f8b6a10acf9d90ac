import Language

/// A file that holds what came of one that was to be: whoever paid for it has it, and nobody takes it for
/// the whole.
enum PartOfFile {
  /// `talk.part.wav` for `talk.wav`.
  static func path(for path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.dropFirst().lastIndex(of: ".") else { return path + ".part" }
    let ending = name[dot...]
    return path.dropLast(ending.count) + ".part" + ending
  }

  static func sentence(_ path: String) -> Phrase {
    say("What came is in \(path), which is not whole.")
  }
}
