import Files

/// A database file and its log, page by page, read without SQLite.
///
/// Pages are numbered from 1, as SQLite numbers them (SQLite file format §1.2). Nothing is locked:
/// no other program may write meanwhile.
final class DatabasePages {
  /// The store's pages have SQLite's usual size, in bytes: what a damaged header says is not asked.
  static let pageSize = 4096

  /// The last page of the file or of its log.
  let count: UInt32
  let log: DatabaseLog
  private let file: OpenFile
  /// The log, or the file once more where that has no pages.
  private let logFile: OpenFile

  init(path: String) throws(FileError) {
    file = try OpenFile(path)
    let byteCount = try FileSystem.status(of: path)?.byteCount ?? 0
    log = try DatabaseLog(path: path + "-wal")
    logFile = try OpenFile(log.places.isEmpty ? path : path + "-wal")
    // A last page that is cut off is read as far as it goes.
    let pages = (byteCount + Self.pageSize - 1) / Self.pageSize
    count = max(UInt32(clamping: pages), log.places.keys.max() ?? 0)
  }

  /// The newest committed content of a page, with zeros behind the end of the file; nil where the
  /// number is none or the disk does not give it.
  func page(_ number: UInt32) -> [UInt8]? {
    guard number > 0, number <= count else { return nil }
    let content =
      if let place = log.places[number] {
        try? logFile.bytes(at: place, count: Self.pageSize)
      } else {
        try? file.bytes(at: Int(number - 1) * Self.pageSize, count: Self.pageSize)
      }
    return content.map { $0 + Array(repeating: 0, count: Self.pageSize - $0.count) }
  }

  /// The pages that hold nothing any more (SQLite file format §1.5); none where the list of them
  /// does not hold together.
  func freePages() -> Set<UInt32> {
    guard let header = page(1)?[...] else { return [] }
    var free: Set<UInt32> = []
    var trunk = header.bigEndian(at: 32)
    let total = header.bigEndian(at: 36)
    while trunk != 0 {
      guard free.insert(trunk).inserted, let bytes = page(trunk)?[...] else { return [] }
      let leaves = Int(bytes.bigEndian(at: 4))
      guard leaves <= Self.pageSize / 4 - 2 else { return [] }
      for index in 0..<leaves where !free.insert(bytes.bigEndian(at: 8 + 4 * index)).inserted {
        return []
      }
      trunk = bytes.bigEndian(at: 0)
    }
    return free.count == Int(total) ? free : []
  }
}
