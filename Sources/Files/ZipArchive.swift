import CZip

/// Why an archive, or a file in it, cannot be read.
package enum ZipError: Error, Hashable, Sendable {
  case file(FileError)
  /// libzip is not installed.
  case noLibrary
  /// It is no archive, or its list of files is damaged.
  case damaged
  /// A file's bytes are damaged, or more than the list of files says.
  case damagedEntry(name: String)
  /// A file needs a password.
  case locked(name: String)
  /// A file is compressed by a method that libzip does not know here.
  case unsupported(name: String)
  /// A file would grow far beyond what texts and pictures do.
  case bomb(name: String)
}

/// The files of a zip archive (PKWARE APPNOTE 6.3), read through libzip and never unpacked to disk.
///
/// Entries that are links, folders, or whose names lead out of a folder (`..`, a path from the root)
/// are not among ``entries``. Not for several threads at once.
package final class ZipArchive {
  /// A file of the archive.
  package struct Entry: Hashable, Sendable {
    /// Its path in the archive, with `/` between folders.
    package let name: String
    package let byteCount: Int
    let packedByteCount: Int
    fileprivate let index: UInt64

    /// Whether it grows more than ``mostGrowth`` times, to more than ``harmlessByteCount``.
    ///
    /// A deflated byte becomes at most 1,032 (zlib technical details); exports become 5 to 30.
    var isBomb: Bool {
      byteCount > Self.harmlessByteCount && byteCount / Self.mostGrowth > packedByteCount
    }

    private static let harmlessByteCount = 64 << 20
    private static let mostGrowth = 200
  }

  package let path: String
  /// In the order of the archive's list.
  package let entries: [Entry]
  private let handle: OpaquePointer
  private let places: [String: Int]
  /// The last components of the entries' names, and the names, in the order of the former's bytes.
  package private(set) lazy var entriesByLastName: [(name: String, path: String)] =
    entries.map { (name: String($0.name.split(separator: "/").last ?? ""), path: $0.name) }
    .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

  /// Opens the regular file at `path`, and reads its list of files.
  package init(_ path: String) throws(ZipError) {
    var result = czip_ok
    let opened: OpaquePointer?
    do throws(FileError) {
      opened = try FileSource(path).withDescriptor { czip_open($0, &result) }
    } catch {
      throw .file(error)
    }
    guard let handle = opened else {
      throw result == czip_no_library ? .noLibrary : .damaged
    }
    self.path = path
    self.handle = handle
    entries = (0..<czip_count(handle)).compactMap { Entry(czip_entry_at(handle, $0), at: $0) }
    // Of two files of one name the last counts, as where an archive is unpacked.
    places = [String: Int](
      zip(entries.map(\.name), entries.indices), uniquingKeysWith: { $1 })
  }

  deinit { czip_close(handle) }

  /// The file at a path in the archive.
  package func entry(named name: String) -> Entry? { places[name].map { entries[$0] } }

  /// Begins to read a file of the archive.
  ///
  /// - Throws: ``ZipError/bomb(name:)`` for one that grows beyond measure, unread.
  package func source(of entry: Entry) throws(ZipError) -> ZipSource {
    if entry.isBomb { throw .bomb(name: entry.name) }
    var result = czip_ok
    guard let file = czip_file_open(handle, entry.index, &result) else {
      switch result {
      case czip_locked: throw .locked(name: entry.name)
      case czip_unsupported: throw .unsupported(name: entry.name)
      default: throw .damagedEntry(name: entry.name)
      }
    }
    return ZipSource(entry, file, of: self)
  }
}

extension ZipArchive.Entry {
  /// Nil for what is no file, or is not to be read.
  fileprivate init?(_ entry: czip_entry, at index: UInt64) {
    guard let name = entry.name.map({ String(cString: $0) }), !entry.is_link,
      !name.hasSuffix("/"), Self.staysInside(name),
      let byteCount = Int(exactly: entry.byte_count),
      let packedByteCount = Int(exactly: entry.packed_byte_count)
    else { return nil }
    self.init(
      name: name, byteCount: byteCount, packedByteCount: packedByteCount, index: index)
  }

  /// Whether no part of a path leads out of the folder that it begins in.
  private static func staysInside(_ name: String) -> Bool {
    let parts = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    return !parts.contains { $0.isEmpty || $0 == "." || $0 == ".." }
  }
}

/// A file of an archive that is being read from its start to its end.
package struct ZipSource: ~Copyable {
  private let entry: ZipArchive.Entry
  private let file: OpaquePointer
  /// The archive stays open as long as its file.
  private let archive: ZipArchive
  private var offset = 0

  fileprivate init(_ entry: ZipArchive.Entry, _ file: OpaquePointer, of archive: ZipArchive) {
    self.entry = entry
    self.file = file
    self.archive = archive
  }

  deinit { czip_file_close(file) }

  /// The next `count` bytes; fewer only at the end of the file, none after it.
  ///
  /// - Throws: ``ZipError/damagedEntry(name:)`` also where there is more than the archive's list says.
  package mutating func read(upTo count: Int) throws(ZipError) -> [UInt8] {
    var isDamaged = false
    let file = file
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let rest = UnsafeMutableBufferPointer(rebasing: buffer[filled...])
        let read = czip_file_read(file, rest.baseAddress, UInt64(rest.count))
        isDamaged = read < 0
        if read <= 0 { break }
        filled += Int(read)
      }
    }
    offset += bytes.count
    guard !isDamaged, offset <= entry.byteCount else { throw .damagedEntry(name: entry.name) }
    return bytes
  }

  /// All that is left of the file.
  package mutating func readToEnd() throws(ZipError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let piece = try read(upTo: 256 * 1024)
      if piece.isEmpty { return bytes }
      bytes += piece
    }
  }
}
