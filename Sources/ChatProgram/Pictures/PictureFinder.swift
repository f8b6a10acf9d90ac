import Audio
package import Configuration
import Conversation
import Files
import JSON
package import Language
import Pictures

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finds what the user's words mean: files, folders, patterns, URLs.
package struct PictureFinder {
  let folders: Folders

  package init(folders: Folders) {
    self.folders = folders
  }

  /// Why nothing was found.
  package struct Failure: Error, Equatable {
    package var phrase: Phrase
    /// Whether the path names something all the same.
    package var isThere = false
  }

  /// The sources that the words name, in order; `whole` is tried first as one path, because people
  /// paste paths with spaces as they are.
  package func sources(words: [String], whole: String) throws(Failure) -> [String] {
    if words.count > 1, !whole.isEmpty, let path = existing(folders.expand(whole)) {
      return try expanded(path)
    }
    var sources: [String] = []
    for word in words { sources += try self.sources(of: word) }
    return sources
  }

  private func sources(of word: String) throws(Failure) -> [String] {
    let lower = word.prefix(8).lowercased()
    if DataURL.isDataURL(word) || lower.hasPrefix("http://") || lower.hasPrefix("https://") {
      return [word]
    }
    let path = folders.expand(word)
    if let path = existing(path) { return try expanded(path) }
    // Of a whole folder only pictures are meant; `*.pdf` says that documents are.
    let wantsDocuments = DocumentKind.isNamed(by: path)
    let wantsSound = SoundFormat.isNamed(by: path)
    let matches = Self.matches(of: path).filter {
      PictureFormat.isNamed(by: $0) || wantsDocuments && DocumentKind.isNamed(by: $0)
        || wantsSound && SoundFormat.isNamed(by: $0) || Self.isFolder($0)
    }
    var sources: [String] = []
    // A folder without pictures that a pattern happens to match is no mistake.
    for match in matches { sources += (try? expanded(match)) ?? [] }
    guard sources.isEmpty else { return sources }
    throw Failure(
      phrase: say("There is no file \(word). Paths with spaces need quotes; Tab completes them."))
  }

  /// The path if it names something, also with the narrow no-break space (U+202F) that macOS puts
  /// in the names of screenshots and that people type as a space.
  private func existing(_ path: String) -> String? {
    if access(path, F_OK) == 0 { return path }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let names = try? FileSystem.names(in: folder.isEmpty ? "/" : folder) else { return nil }
    let plain = Self.plain(name)
    return names.first { Self.plain($0) == plain }.map { folder + "/" + $0 }
  }

  /// Spaces of all kinds as plain ones; accents compare by canonical equivalence as all strings do.
  private static func plain(_ name: String) -> String {
    String(name.map { $0 == "\u{202F}" || $0 == "\u{A0}" ? " " : $0 })
  }

  /// A folder's pictures, sorted by name; any other path is itself.
  private func expanded(_ path: String) throws(Failure) -> [String] {
    guard Self.isFolder(path) else { return [path] }
    let names: [String]
    do throws(FileError) {
      names = try FileSystem.names(in: path).filter(PictureFormat.isNamed(by:)).sorted()
    } catch {
      throw Failure(
        phrase: say("The folder \(path) cannot be read. Check its permissions, then try again."),
        isThere: true)
    }
    guard !names.isEmpty else {
      throw Failure(
        phrase: say("The folder \(path) has no pictures in it. Name another one."),
        isThere: true)
    }
    let folder = path.hasSuffix("/") ? path : path + "/"
    return names.map { folder + $0 }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The paths that a pattern matches (POSIX `glob(3)`), sorted.
  private static func matches(of pattern: String) -> [String] {
    guard pattern.contains(where: { "*?[".contains($0) }) else { return [] }
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(pattern, 0, nil, &result) == 0, let paths = result.gl_pathv else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
  }
}
