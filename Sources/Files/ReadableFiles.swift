/// The files that the contents of another one may name: those in its own folder or archive, and those
/// that the user has allowed.
///
/// No name leads anywhere else: neither `..`, nor a path from the root, nor a link. Only regular files
/// are read, so that neither a pipe nor a device is waited for.
package struct ReadableFiles {
  /// What is behind a name.
  package enum Contents: Hashable, Sendable {
    case bytes([UInt8])
    /// Nothing, or what cannot be read.
    case missing
    /// A file that is there, and was not allowed; its path without links.
    case outside(path: String)
  }

  /// The paths, without links, that names are taken from.
  private let folder: String?
  private let allowed: [String]
  /// The archive that names are taken from in the place of a folder, and the path in it that they
  /// begin at, with its last slash.
  private let archive: ZipArchive?
  private let start: String
  /// The files in the folder, and in those within it that exports keep pictures in, or all of the
  /// archive, sorted by the bytes of their names.
  private let entries: [(name: String, path: String)]

  /// More than any picture that is taken has.
  private static let mostBytes = 256 << 20

  /// - Parameters:
  ///   - path: the file that names others, or the folder that all of them are in.
  ///   - paths: files, and folders with all that they hold, that may be read as well.
  package init(besides path: String, allowing paths: [String] = []) {
    let isFolder = (try? FileSystem.status(of: path))?.isFolder == true
    let above = path.lastIndex(of: "/").map { path[..<$0].isEmpty ? "/" : String(path[..<$0]) }
    folder = try? FileSystem.realPath(of: isFolder ? path : above ?? ".")
    allowed = paths.compactMap { try? FileSystem.realPath(of: $0) }
    (archive, start) = (nil, "")
    entries = folder.map(Self.entries) ?? []
  }

  /// The files of an archive, named from the folder of its file `name`, or from the archive's root.
  package init(besides name: String, in archive: ZipArchive) {
    (folder, allowed) = (nil, [])
    self.archive = archive
    start = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
    entries = archive.entriesByLastName
  }

  /// No other folder is looked into: a file may lie in one that holds everything its owner has.
  private static func entries(in folder: String) -> [(name: String, path: String)] {
    let names = (try? FileSystem.names(in: folder)) ?? []
    var entries = names.map { (name: $0, path: $0) }
    for name in names where name.hasPrefix("user-") || name == "dalle-generations" {
      for file in (try? FileSystem.names(in: folder + "/" + name)) ?? [] {
        entries.append((name: file, path: name + "/" + file))
      }
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// What the file holds that `name` names, from the folder or from the root.
  package func contents(of name: String) -> Contents {
    if let archive { return contents(of: name, in: archive) }
    guard let folder, !name.isEmpty, !name.utf8.contains(0),
      let path = try? FileSystem.realPath(of: name.hasPrefix("/") ? name : folder + "/" + name)
    else { return .missing }
    guard ([folder] + allowed).contains(where: { Self.holds($0, path) }) else {
      return .outside(path: path)
    }
    do throws(FileError) {
      var source = try FileSource(path)
      guard try source.byteCount() <= Self.mostBytes else { return .missing }
      return .bytes(try source.readToEnd())
    } catch {
      return .missing
    }
  }

  private func contents(of name: String, in archive: ZipArchive) -> Contents {
    guard let entry = archive.entry(named: start + name) ?? archive.entry(named: name),
      entry.byteCount <= Self.mostBytes
    else { return .missing }
    do throws(ZipError) {
      var source = try archive.source(of: entry)
      return .bytes(try source.readToEnd())
    } catch {
      return .missing
    }
  }

  /// The path, from the folder or the archive's root, of a file whose name is `start` or goes on behind it with a sign that
  /// ends a word.
  ///
  /// - Complexity: the logarithm of the number of files.
  package func first(beginningWith start: String) -> String? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].name.utf8.lexicographicallyPrecedes(start.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return entries[low...].prefix { $0.name.utf8.starts(with: start.utf8) }.first { entry in
      let next = entry.name.utf8.dropFirst(start.utf8.count).first
      return !start.isEmpty && next.map { "-._ ".utf8.contains($0) } ?? true
    }?.path
  }

  /// Whether `path` is `folder`, or in it.
  private static func holds(_ folder: String, _ path: String) -> Bool {
    path == folder || path.hasPrefix(folder == "/" ? folder : folder + "/")
  }
}
