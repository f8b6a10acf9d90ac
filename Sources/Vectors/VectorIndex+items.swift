import FoundationEssentials
import GRDB

/// Where a code stands in its block: 16 bytes, little-endian.
struct BlockHead: Equatable {
  static let size = 16

  /// 0 where the item has gone.
  var item: Int64
  var step: Float
  var lost: Float

  init(item: Int64, step: Float, lost: Float) {
    self.item = item
    self.step = step
    self.lost = lost
  }

  init(_ bytes: UnsafeRawBufferPointer, at place: Int) {
    let start = place * Self.size
    item = Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: Int64.self))
    step = Float(
      bitPattern: UInt32(
        littleEndian: bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt32.self)))
    lost = Float(
      bitPattern: UInt32(
        littleEndian: bytes.loadUnaligned(fromByteOffset: start + 12, as: UInt32.self)))
  }

  /// Where the head of an item stands in a block's heads; nil where it does not.
  static func place(of item: Int64, in heads: [UInt8], usually place: Int) -> Int? {
    heads.withUnsafeBytes { bytes in
      let places = 0..<bytes.count / size
      let isThere = { BlockHead(bytes, at: $0).item == item }
      return places.contains(place) && isThere(place) ? place : places.first(where: isThere)
    }
  }

  /// Whether it can have been stored.
  var isSound: Bool {
    item >= 0 && step.isFinite && step >= 0 && lost.isFinite && lost >= 0
  }

  var bytes: [UInt8] {
    withUnsafeBytes(of: item.littleEndian) { Array($0) }
      + [step, lost].flatMap { number in
        withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
      }
  }
}

extension VectorIndex {
  /// A text that an index holds.
  package struct Item: Equatable, Sendable {
    package let id: Int64
    package let digest: [UInt8]
    package let line: Int
  }

  /// What the index holds of a source.
  package func items(
    of source: String, in collection: Collection
  ) throws(VectorError) -> [Item] {
    try reading { database in
      try Row.fetchAll(
        database, sql: "SELECT id, digest, line FROM item WHERE collection = ? AND source = ?",
        arguments: [collection.id, source]
      ).map { row in
        Item(
          id: try row.number("id"), digest: try row.blob("digest"),
          line: Int(try row.number("line")))
      }
    }
  }

  /// Every source of an index, such as a file's path.
  package func sources(of collection: Collection) throws(VectorError) -> Set<String> {
    try reading { database in
      Set(
        try Row.fetchAll(
          database, sql: "SELECT DISTINCT source FROM item WHERE collection = ?",
          arguments: [collection.id]
        ).map { try $0.text("source") })
    }
  }

  /// Adds texts with their vectors, all or none; the first gives an index its size.
  ///
  /// - Throws: ``VectorError/otherSize(index:size:came:)`` and ``VectorError/indexTakenAway(_:)``.
  package func add(
    _ texts: [(source: String, piece: TextPiece, vector: Vector)], to collection: Collection
  ) throws(VectorError) {
    guard let first = texts.first else { return }
    try writing { database in
      try Self.check(collection, database)
      let size = try Self.size(of: collection, orElse: first.vector.values.count, database)
      if let other = texts.first(where: { $0.vector.values.count != size }) {
        throw VectorError.otherSize(
          index: collection.name, size: size, came: other.vector.values.count)
      }
      try Self.insert(texts, size, collection, database)
    }
  }

  private static func size(
    of collection: Collection, orElse size: Int, _ database: Database
  ) throws -> Int {
    try database.execute(
      sql: "UPDATE collection SET dimensions = ? WHERE id = ? AND dimensions IS NULL",
      arguments: [size, collection.id])
    return try Self.collection(named: collection.name, database)?.dimensions ?? size
  }

  private static func insert(
    _ texts: [(source: String, piece: TextPiece, vector: Vector)], _ size: Int,
    _ collection: Collection, _ database: Database
  ) throws {
    try database.execute(
      sql: "INSERT INTO block (collection, heads) VALUES (?, x'')", arguments: [collection.id])
    let block = database.lastInsertedRowID
    var heads: [UInt8] = []
    var codes: [Int8] = []
    codes.reserveCapacity(texts.count * size)
    for (place, text) in texts.enumerated() {
      let vector = text.vector.normalised
      let code = VectorCodes(vector)
      try database.cachedStatement(
        sql: """
          INSERT INTO item (collection, source, line, digest, text, block, place)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: [
        collection.id, text.source, text.piece.line, Data(text.piece.digest), text.piece.text,
        block, place,
      ])
      let item = database.lastInsertedRowID
      try database.cachedStatement(sql: "INSERT INTO vector (item, numbers) VALUES (?, ?)")
        .execute(arguments: [item, Data(vector.littleEndianBytes)])
      heads += BlockHead(item: item, step: code.step, lost: code.lost).bytes
      codes += code.codes
    }
    try database.execute(
      sql: "UPDATE block SET heads = ? WHERE id = ?", arguments: [Data(heads), block])
    try database.execute(
      sql: "INSERT INTO block_codes (block, codes) VALUES (?, ?)",
      arguments: [block, codes.withUnsafeBytes { Data($0) }])
  }

  /// Says on which lines texts now stand, and takes those away that are no longer there, all or none.
  package func update(
    _ lines: [(item: Int64, line: Int)], removing gone: [Int64], in collection: Collection
  ) throws(VectorError) {
    guard !lines.isEmpty || !gone.isEmpty else { return }
    try writing { database in
      try Self.check(collection, database)
      for (item, line) in lines {
        try database.cachedStatement(sql: "UPDATE item SET line = ? WHERE id = ?")
          .execute(arguments: [line, item])
      }
      for item in gone { try Self.remove(item, database) }
      try database.execute(
        sql: """
          DELETE FROM block WHERE collection = ?
            AND NOT EXISTS (SELECT 1 FROM item WHERE item.block = block.id)
          """, arguments: [collection.id])
    }
  }

  /// Takes away all that is of these sources, all or none.
  package func remove(
    sources: some Sequence<String>, from collection: Collection
  ) throws(VectorError) {
    let sources = Array(sources)
    guard !sources.isEmpty else { return }
    let gone = try reading { database in
      try sources.flatMap { source in
        try Int64.fetchAll(
          database.cachedStatement(
            sql: "SELECT id FROM item WHERE collection = ? AND source = ?"),
          arguments: [collection.id, source])
      }
    }
    try update([], removing: gone, in: collection)
  }

  /// Takes an item away, and its place in its block.
  private static func remove(_ item: Int64, _ database: Database) throws {
    guard
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT block, place, heads FROM item LEFT JOIN block ON block.id = item.block
          WHERE item.id = ?
          """, arguments: [item])
    else { return }
    var heads = try row.blob("heads")
    // What a damaged file says of the place is not believed.
    let usual = Int(truncatingIfNeeded: try row.number("place"))
    guard let place = BlockHead.place(of: item, in: heads, usually: usual) else {
      throw IndexDamage.wrongValue(of: "heads")
    }
    let start = place * BlockHead.size
    heads.replaceSubrange(start..<start + 8, with: repeatElement(0, count: 8))
    try database.execute(
      sql: "UPDATE block SET heads = ? WHERE id = ?",
      arguments: [Data(heads), try row.number("block")])
    try database.execute(sql: "DELETE FROM item WHERE id = ?", arguments: [item])
  }
}
