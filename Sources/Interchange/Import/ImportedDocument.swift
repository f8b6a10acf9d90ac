import Files

/// A text of an import: a file, or a file in an archive, with the files that it may name.
struct ImportedDocument {
  private enum Place {
    case file(String)
    case entry(ZipArchive.Entry, ZipArchive)
  }

  private let place: Place
  /// Logs of gptme beside the main one, which are its branches.
  private(set) var branches: [ImportedDocument] = []

  /// What the document is called in sentences.
  var path: String {
    switch place {
    case .file(let path): path
    case .entry(let entry, let archive): archive.path + "/" + entry.name
    }
  }

  /// The name of its folder.
  var folderName: String {
    let parts = path.split(separator: "/")
    return parts.count > 1 ? String(parts[parts.count - 2]) : ""
  }

  /// The name of its file without the ending.
  var fileName: String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.lastIndex(of: ".").map { name[..<$0] } ?? name)
  }

  var isYAML: Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

  func open() throws(InterchangeError) -> ImportedBytes {
    switch place {
    case .file(let path): try ImportedBytes(file: path)
    case .entry(let entry, let archive): try ImportedBytes(entry, in: archive)
    }
  }

  /// The files that it may name.
  func readableFiles(allowing allowed: [String]) -> ReadableFiles {
    switch place {
    case .file(let path): ReadableFiles(besides: path, allowing: allowed)
    case .entry(let entry, let archive): ReadableFiles(besides: entry.name, in: archive)
    }
  }
}

extension ImportedDocument {
  /// The documents that `path` stands for, in their order: a file itself, those of an archive, those of
  /// a folder.
  ///
  /// A folder or an archive is an export with `conversations.json` or `conversations-000.json` and so
  /// on, or a log of gptme, or, a folder, one that holds such logs, or sessions of aichat.
  static func all(at path: String) throws(InterchangeError) -> [ImportedDocument] {
    do throws(FileError) {
      if try FileSystem.status(of: path)?.isFolder == true { return try all(inFolder: path) }
      var source = try FileSource(path)
      guard try source.read(upTo: 4) == [0x50, 0x4B, 3, 4] else {
        return [ImportedDocument(place: .file(path))]
      }
    } catch {
      throw .unreadable(error)
    }
    return try all(inArchive: path)
  }

  private static func all(inArchive path: String) throws(InterchangeError) -> [ImportedDocument] {
    do throws(ZipError) {
      let archive = try ZipArchive(path)
      let entries = archive.entries.filter { entry in
        isExport(entry.name.split(separator: "/").last ?? "")
      }
      return entries.sorted { $0.name < $1.name }
        .map { ImportedDocument(place: .entry($0, archive)) }
    } catch {
      throw InterchangeError(error, at: path)
    }
  }

  private static func all(inFolder folder: String) throws(FileError) -> [ImportedDocument] {
    let names = try FileSystem.names(in: folder).sorted()
    let exports = names.filter { isExport($0) }
    guard exports.isEmpty else {
      return try exports.map { name throws(FileError) in try document(at: folder + "/" + name) }
    }
    let logs = names.map { "\(folder)/\($0)/\(logName)" }
      .filter { (try? FileSystem.status(of: $0))?.isFile == true }
    guard logs.isEmpty else {
      return try logs.map { path throws(FileError) in try document(at: path) }
    }
    return names.map { ImportedDocument(place: .file(folder + "/" + $0)) }.filter(\.isYAML)
  }

  private static func document(at path: String) throws(FileError) -> ImportedDocument {
    var document = ImportedDocument(place: .file(path))
    guard path.hasSuffix("/" + logName) else { return document }
    let folder = path.dropLast(logName.utf8.count) + "branches"
    guard try FileSystem.status(of: String(folder))?.isFolder == true else { return document }
    document.branches = try FileSystem.names(in: String(folder)).sorted()
      .filter { $0.hasSuffix(".jsonl") }.map { ImportedDocument(place: .file("\(folder)/\($0)")) }
    return document
  }

  private static let logName = "conversation.jsonl"

  private static func isExport(_ name: some StringProtocol) -> Bool {
    name == logName || name.hasPrefix("conversations") && name.hasSuffix(".json")
  }
}
