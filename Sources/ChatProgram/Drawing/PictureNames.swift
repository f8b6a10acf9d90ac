import Conversation
import Files
import Language

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files that made pictures are written to: the one that was named, or names made of the prompt.
struct PictureNames: Sendable {
  /// The path without its extension.
  private let stem: String
  /// The extension that was named; nil where the picture's own format gives it.
  let format: String?
  private let isReplacing: Bool

  /// The folder of the files.
  var folder: String { stem.lastIndex(of: "/").map { String(stem[...$0]) } ?? "." }

  private static let formats = [
    "png": "png", "jpg": "jpeg", "jpeg": "jpeg", "webp": "webp",
    "gif": "gif", "svg": "svg",
  ]
  private static let longestStem = 40

  /// Names for a call; a name that is made of the prompt gives way to files that are there.
  ///
  /// - Throws: Where there is a file of the name that was given, or no folder to write to, before anything
  ///   is asked for.
  init(_ options: DrawOptions, prompt: String) throws(AskFailure) {
    isReplacing = options.isReplacing
    let count = options.count * max(1, options.looks.count)
    let output = options.output ?? ""
    guard !output.isEmpty, !Self.isFolder(output) else {
      let folder = output.isEmpty || output.hasSuffix("/") ? output : output + "/"
      try Self.check(folder: folder.isEmpty ? "." : folder)
      let stem = folder + Self.stem(of: prompt)
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
    try Self.check(folder: output.lastIndex(of: "/").map { String(output[...$0]) } ?? ".")
    try Self.check(lengthOf: String(name))
    guard !isReplacing, let path = Self.taken(stem, of: count, [ending ?? "png"]) else { return }
    throw OutputFile.failure(.taken(path), path)
  }

  private static let endings = ["png", "jpg", "webp", "gif", "svg"]

  private static func isFolder(_ path: String) -> Bool {
    path.hasSuffix("/") || (try? FileSystem.status(of: path))??.isFolder == true
  }

  /// Makes sure that files can be made in a folder: a picture is paid for when it comes.
  static func check(folder: String) throws(AskFailure) {
    guard access(folder, W_OK | X_OK) != 0 || !isFolder(folder) else { return }
    let reason = FileError.reason(of: errno)
    throw AskFailure(
      .cannotWrite, say("\(folder) cannot be written to (\(reason)): name another place with -o."))
  }

  /// Makes sure that a name leaves room for a number and another ending.
  private static func check(lengthOf name: String) throws(AskFailure) {
    let most = FileName.byteLimit - "-99999.jpeg".utf8.count
    guard name.utf8.count > most else { return }
    throw AskFailure(
      .usage, say("The name is too long for a file: name a shorter one with -o."))
  }

  /// The first of the files that stands in the way of so many pictures; nil where none does.
  private static func taken(_ stem: String, of count: Int, _ endings: [String]) -> String? {
    for number in 0..<count {
      for ending in endings {
        let path = Self.path(stem, number, of: count, ending: ending)
        if (try? FileSystem.status(of: path)) != nil { return path }
      }
    }
    return nil
  }

  /// The path of a picture, by its place among all; the first of one alone has no number.
  private static func path(
    _ stem: String, _ number: Int, of count: Int, ending: String
  ) -> String {
    count == 1 && number == 0 ? "\(stem).\(ending)" : "\(stem)-\(number + 1).\(ending)"
  }

  /// Writes a picture from the file in which it came; the path that it has then, which is the next free
  /// one where a file of its name appeared meanwhile.
  ///
  /// Where nothing can be written the picture is kept in the cache folder, and the failure says where.
  func write(
    _ arrived: ArrivingFile, number: Int, of count: Int, ending: String
  ) throws(AskFailure) -> String {
    let first = Self.path(stem, number, of: count, ending: ending)
    do throws(FileError) {
      for copy in 1...9_999 {
        let path =
          copy == 1 ? first : "\(first.dropLast(ending.count + 1))-\(copy).\(ending)"
        do throws(FileError) {
          try Self.copy(arrived.path, to: path, isReplacing: isReplacing)
          return path
        } catch {
          guard error.isTaken else { throw error }
        }
      }
      throw FileError.taken(first)
    } catch {
      throw Self.failure(writing: first, error, arrived)
    }
  }

  /// Writes a picture of a reply from the file that keeps it, under a name made of the question; the path
  /// that it has then.
  ///
  /// Where nothing can be written, the failure says which file keeps it.
  static func write(
    fileAt source: String, for question: String, ending: String
  ) throws(AskFailure) -> String {
    let stem = stem(of: question)
    do throws(FileError) {
      for copy in 1...9_999 {
        let path = "\(stem)\(copy == 1 ? "" : "-\(copy)").\(ending)"
        do throws(FileError) {
          try Self.copy(source, to: path, isReplacing: false)
          return path
        } catch {
          guard error.isTaken else { throw error }
        }
      }
      throw FileError.taken(stem)
    } catch {
      let path = "\(stem).\(ending)"
      throw AskFailure(
        .cannotWrite,
        say("\(path) cannot be written (\(error.reason)). What came is kept as \(source)."))
    }
  }

  private static func failure(
    writing path: String, _ error: FileError, _ arrived: ArrivingFile
  ) -> AskFailure {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let kept = try? arrived.keep(as: name) else {
      return AskFailure(
        .cannotWrite,
        say("\(path) cannot be written (\(error.reason)): name another place with -o."))
    }
    return AskFailure(
      .cannotWrite,
      say("\(path) cannot be written (\(error.reason)). What came is kept as \(kept)."))
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
    // A letter may have any number of marks.
    return stem.isEmpty ? "picture" : FileName.shortened(stem, to: 160)
  }
}
