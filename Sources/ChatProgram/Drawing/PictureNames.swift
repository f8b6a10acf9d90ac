import Conversation
import Files
import Language

/// The files that made pictures are written to: the one that was named, or names made of the prompt.
struct PictureNames: Sendable {
  /// The path without its extension.
  private let stem: String
  /// The extension that was named; nil where the picture's own format gives it.
  let format: String?
  private let isReplacing: Bool

  private static let formats = [
    "png": "png", "jpg": "jpeg", "jpeg": "jpeg", "webp": "webp",
    "gif": "gif", "svg": "svg",
  ]
  private static let longestStem = 40

  /// Names for a call; a name that is made of the prompt gives way to files that are there.
  ///
  /// - Throws: Where there is a file of the name that was given, before anything is asked for.
  init(_ options: DrawOptions, prompt: String) throws(AskFailure) {
    isReplacing = options.isReplacing
    let count = options.count * max(1, options.looks.count)
    guard let output = options.output else {
      let stem = Self.stem(of: prompt)
      let stems = (1...9_999).lazy.map { $0 == 1 ? stem : "\(stem)-\($0)" }
      let free = stems.first { Self.taken($0, of: count, Self.endings) == nil }
      self.stem = isReplacing ? stem : free ?? stem
      format = nil
      return
    }
    let name = output.split(separator: "/").last ?? ""
    let dot = name.lastIndex(of: ".")
    let ending = dot.map { name[name.index(after: $0)...].lowercased() }
    format = ending.flatMap { Self.formats[$0] }
    stem = format == nil ? output : String(output.dropLast((ending?.count ?? 0) + 1))
    guard !isReplacing, let path = Self.taken(stem, of: count, [format ?? "png"]) else { return }
    throw Self.failure(taken: path)
  }

  private static let endings = ["png", "jpeg", "webp", "gif", "svg"]

  /// The first of the files that stands in the way of so many pictures; nil where none does.
  private static func taken(_ stem: String, of count: Int, _ formats: [String]) -> String? {
    for number in 0..<count {
      for format in formats {
        let path = Self.path(stem, number, of: count, format: format)
        if (try? FileSystem.status(of: path)) != nil { return path }
      }
    }
    return nil
  }

  private static func failure(taken path: String) -> AskFailure {
    AskFailure(
      .cannotWrite,
      say("\(path) is there already: choose another name with -o, or add --force."))
  }

  /// The path of a picture, by its place among all, in a format.
  private static func path(
    _ stem: String, _ number: Int, of count: Int, format: String
  ) -> String {
    let ending = format == "jpeg" ? "jpg" : format
    return count == 1 ? "\(stem).\(ending)" : "\(stem)-\(number + 1).\(ending)"
  }

  /// Writes a picture from the file in which it came; the path that it has then.
  func write(
    _ arrived: String, number: Int, of count: Int, format: String
  ) throws(AskFailure) -> String {
    let path = Self.path(stem, number, of: count, format: format)
    do throws(FileError) {
      try Self.copy(arrived, to: path, isReplacing: isReplacing)
      return path
    } catch {
      guard !error.isTaken else { throw Self.failure(taken: path) }
      throw AskFailure(
        .cannotWrite,
        say("\(path) cannot be written (\(error.reason)): name another place with -o."))
    }
  }

  private static func copy(
    _ source: String, to path: String, isReplacing: Bool
  ) throws(FileError) {
    try WholeFile.write(to: path, isReplacing: isReplacing) { sink throws(FileError) in
      var file = try FileSource(source)
      while true {
        let piece = try file.read(upTo: 256 << 10)
        if piece.isEmpty { return }
        try sink.write(piece)
      }
    }
  }

  /// `a-lighthouse-at-dusk` of a prompt: its first letters and numbers, in whatever script.
  private static func stem(of prompt: String) -> String {
    let words = prompt.lowercased().split { !$0.isLetter && !$0.isNumber }
    var stem = ""
    for word in words {
      guard stem.isEmpty || stem.count + word.count < longestStem else { break }
      stem += (stem.isEmpty ? "" : "-") + word.prefix(longestStem)
    }
    return stem.isEmpty ? "picture" : stem
  }
}
