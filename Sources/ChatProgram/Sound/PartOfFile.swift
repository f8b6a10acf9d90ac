import Configuration
import Files
import Language

/// A file that holds what came of one that was to be: whoever paid for it has it, and nobody takes it for
/// the whole.
enum PartOfFile {
  /// `talk.part.wav` for `talk.wav`.
  static func path(for path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    let dot = name.dropFirst().lastIndex(of: ".") ?? name.endIndex
    let ending = ".part" + name[dot...]
    let stem = FileName.shortened(String(name[..<dot]), to: FileName.byteLimit - ending.utf8.count)
    return String(path.dropLast(name.count)) + stem + ending
  }

  /// Keeps in the cache folder what was paid for and has no other place; its path there, nil where that cannot
  /// be written either.
  static func keepAside(_ bytes: [UInt8], _ path: String, in folders: Folders) -> String? {
    let place = ArrivingFile.Place(folder: folders.cache + "/arriving")
    let file = try? ArrivingFile.make(in: [place]) { file throws(FileError) in
      try file.append(bytes)
    }
    return try? file?.keep(as: path.split(separator: "/").last.map(String.init) ?? path)
  }

  static func sentence(_ path: String) -> Phrase {
    say("What came is in \(path), which is not whole.")
  }
}

extension Phrase {
  /// What is told of a call that was stopped while a server worked for it.
  static let stoppedPaid = say("Stopped. What was asked for may be charged all the same.")
}
