/// The first 100 bytes of a database as SQLite writes them for a store (SQLite file format §1.3).
///
/// SQLite takes most of them on trust: a damaged one makes it read pages that are not there, or
/// move pages about as if the file were of another kind.
struct DatabaseHeader {
  static let byteCount = 100

  private let bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    self.bytes = bytes[...]
  }

  /// What is wrong with it, for people who look deeper; nil where nothing is.
  ///
  /// `fileByteCount` is asked for where nothing but the file counts: a log may hold more pages.
  func mistake(fileByteCount: Int?) -> String? {
    guard bytes.count == Self.byteCount else { return "the header is cut off" }
    guard bytes[..<16].elementsEqual("SQLite format 3\0".utf8) else { return "no SQLite header" }
    guard bytes.bigEndian(at: 16) >> 16 == 4096, bytes[20] == 0,
      bytes[21...23].elementsEqual([64, 32, 32])
    else { return "page size" }
    guard bytes[18] == bytes[19], (1...2).contains(bytes[18]) else { return "file format version" }
    guard bytes.bigEndian(at: 52) == 0, bytes.bigEndian(at: 64) == 0 else { return "vacuum mode" }
    // Both are set with the first table, which may still be in the log alone.
    let isEmpty = bytes.bigEndian(at: 28) <= 1
    guard bytes.bigEndian(at: 44) == 4 || isEmpty && bytes.bigEndian(at: 44) == 0 else {
      return "schema format"
    }
    guard bytes.bigEndian(at: 56) == 1 || isEmpty && bytes.bigEndian(at: 56) == 0 else {
      return "text encoding"
    }
    guard bytes[72..<92].allSatisfy({ $0 == 0 }) else { return "reserved bytes" }
    guard let fileByteCount else { return nil }
    return Int(bytes.bigEndian(at: 28)) * 4096 == fileByteCount ? nil : "page count"
  }
}
