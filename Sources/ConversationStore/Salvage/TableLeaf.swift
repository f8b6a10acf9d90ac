import GRDB

/// A row of some table, as a page holds it.
struct TableRecord {
  /// The row's identifier, which stands for the column that is its alias.
  let id: Int64
  let values: [DatabaseValue]
}

/// A page that holds rows of a table, read cell by cell, each by itself (SQLite file format §1.6).
struct TableLeaf {
  private let bytes: [UInt8]
  private let cells: [Int]

  /// Nil where the page is of another kind.
  init?(_ page: [UInt8], number: UInt32) {
    let start = number == 1 ? 100 : 0
    guard page[start] == 0x0D else { return nil }
    bytes = page
    let most = (page.count - start - 8) / 2
    let count = min(Int(page[start + 3]) << 8 | Int(page[start + 4]), most)
    cells = (0..<count).map { index in
      let place = start + 8 + 2 * index
      return Int(page[place]) << 8 | Int(page[place + 1])
    }
  }

  /// The rows whose cells can be read, with what of them stands on other pages.
  func records(in pages: DatabasePages) -> [TableRecord] {
    var records: [TableRecord] = []
    for cell in cells {
      if let record = record(at: cell, in: pages) { records.append(record) }
    }
    return records
  }

  private func record(at cell: Int, in pages: DatabasePages) -> TableRecord? {
    var reader = RecordReader(bytes, at: cell)
    guard let size = reader.variable(), let id = reader.variable(), size > 0,
      size < Int64(Int32.max), let payload = payload(Int(size), at: reader.place, in: pages),
      let values = RecordReader.values(of: payload)
    else { return nil }
    return TableRecord(id: id, values: values)
  }

  /// The bytes of a record, of which a long one has a part on pages of its own (§1.6, §1.7).
  private func payload(
    _ size: Int, at place: Int, in pages: DatabasePages
  ) -> [UInt8]? {
    let usable = DatabasePages.pageSize
    let least = (usable - 12) * 32 / 255 - 23
    let fitting = least + (size - least) % (usable - 4)
    let local = size <= usable - 35 ? size : fitting <= usable - 35 ? fitting : least
    guard place + local <= bytes.count else { return nil }
    var payload = Array(bytes[place..<(place + local)])
    guard local < size else { return payload }
    guard place + local + 4 <= bytes.count else { return nil }
    var next = bytes[(place + local)...].bigEndian(at: 0)
    while payload.count < size {
      guard let page = pages.page(next) else { return nil }
      payload += page[4..<min(usable, 4 + size - payload.count)]
      next = page[...].bigEndian(at: 0)
    }
    return payload
  }
}

/// Reads the numbers and values of SQLite's record format (SQLite file format §2.1).
struct RecordReader {
  private let bytes: [UInt8]
  private(set) var place: Int

  init(_ bytes: [UInt8], at place: Int = 0) {
    self.bytes = bytes
    self.place = place
  }

  /// The values of a record; nil where they do not fit its size.
  static func values(of record: [UInt8]) -> [DatabaseValue]? {
    var reader = RecordReader(record)
    guard let size = reader.variable(), size >= 1, size <= record.count else { return nil }
    var types: [Int64] = []
    while reader.place < Int(size) {
      guard let type = reader.variable(), type >= 0 else { return nil }
      types.append(type)
    }
    guard reader.place == Int(size) else { return nil }
    var values: [DatabaseValue] = []
    for type in types {
      guard let value = reader.value(of: type) else { return nil }
      values.append(value)
    }
    return values
  }

  /// The next number of one to nine bytes; nil behind the end.
  mutating func variable() -> Int64? {
    var number: UInt64 = 0
    for index in 0..<9 {
      guard place < bytes.count else { return nil }
      let byte = bytes[place]
      place += 1
      if index == 8 { return Int64(bitPattern: number << 8 | UInt64(byte)) }
      number = number << 7 | UInt64(byte & 0x7F)
      if byte < 0x80 { return Int64(bitPattern: number) }
    }
    return nil
  }

  private mutating func value(of type: Int64) -> DatabaseValue? {
    switch type {
    case 0: .null
    case 1...4: integer(of: Int(type))?.databaseValue
    case 5: integer(of: 6)?.databaseValue
    case 6: integer(of: 8)?.databaseValue
    case 7: integer(of: 8).map { Double(bitPattern: UInt64(bitPattern: $0)).databaseValue }
    case 8: Int64(0).databaseValue
    case 9: Int64(1).databaseValue
    case 12...: content(of: type)
    default: nil
    }
  }

  private mutating func integer(of count: Int) -> Int64? {
    guard let slice = next(count) else { return nil }
    let sign: Int64 = slice.first.map { $0 >= 0x80 ? -1 : 0 } ?? 0
    return slice.reduce(sign) { $0 << 8 | Int64($1) }
  }

  private mutating func content(of type: Int64) -> DatabaseValue? {
    guard (type - 12) / 2 <= bytes.count, let slice = next(Int(type - 12) / 2) else { return nil }
    guard type % 2 == 1 else { return nil }
    return String(decoding: slice, as: UTF8.self).databaseValue
  }

  private mutating func next(_ count: Int) -> ArraySlice<UInt8>? {
    guard place + count <= bytes.count else { return nil }
    defer { place += count }
    return bytes[place..<(place + count)]
  }
}
