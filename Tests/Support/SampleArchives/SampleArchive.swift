/// A zip archive in memory (PKWARE APPNOTE 6.3.10 §4.3), whose list of files may lie.
package struct SampleArchive {
  /// A file of the archive.
  package struct Entry {
    package var name: String
    package var bytes: [UInt8]
    /// Whether the bytes are in deflate's own form (RFC 1951 §3.2.4) or stored as they are.
    package var isDeflated = false
    /// What the list says instead of the truth.
    package var claimedByteCount: UInt32?
    package var isLocked = false
    /// A Unix mode with its file type, as in `st_mode`.
    package var mode: UInt32 = 0o100644

    package init(_ name: String, _ bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }

    package init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  /// The archive's bytes.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var list: [UInt8] = []
    for entry in entries {
      let offset = UInt32(bytes.count)
      bytes += entry.header(isListed: false, offset: offset) + Array(entry.name.utf8) + entry.packed
      list += entry.header(isListed: true, offset: offset) + Array(entry.name.utf8)
    }
    let start = UInt32(bytes.count)
    bytes += list
    bytes += [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    for number in [UInt16(entries.count), UInt16(entries.count)] {
      bytes += number.littleEndianBytes
    }
    for number in [UInt32(list.count), start] { bytes += number.littleEndianBytes }
    return bytes + [0, 0]
  }
}

extension SampleArchive.Entry {
  /// The bytes as they stand in the archive.
  fileprivate var packed: [UInt8] {
    guard isDeflated else { return bytes }
    var packed: [UInt8] = []
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(0xFFFF)
      rest = rest.dropFirst(0xFFFF)
      let count = UInt16(block.count)
      packed +=
        [rest.isEmpty ? 1 : 0] + count.littleEndianBytes + (~count).littleEndianBytes + block
    } while !rest.isEmpty
    return packed
  }

  /// The header before the file, or the entry of the list.
  fileprivate func header(isListed: Bool, offset: UInt32) -> [UInt8] {
    var header: [UInt8] = [0x50, 0x4B] + (isListed ? [1, 2, 20, 3] : [3, 4])
    // Version 2.0; names are UTF-8.
    header += [20, 0, isLocked ? 1 : 0, 8, isDeflated ? 8 : 0, 0, 0, 0, 0x21, 0x5A]
    header += CRC32.of(bytes).littleEndianBytes
    header += UInt32(packed.count).littleEndianBytes
    header += (claimedByteCount ?? UInt32(bytes.count)).littleEndianBytes
    header += UInt16(name.utf8.count).littleEndianBytes + [0, 0]
    guard isListed else { return header }
    return header + [0, 0, 0, 0, 0, 0] + (mode << 16).littleEndianBytes + offset.littleEndianBytes
  }
}

/// The checksum of a file in an archive (ISO 3309, reflected, polynomial 0xEDB88320).
private enum CRC32 {
  static func of(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ crc >> 8 }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
  }
}

extension FixedWidthInteger {
  fileprivate var littleEndianBytes: [UInt8] {
    withUnsafeBytes(of: littleEndian) { Array($0) }
  }
}
