import CVectors
import FoundationEssentials
import GRDB

extension VectorIndex {
  /// A text near to what was looked for.
  package struct Hit: Equatable, Sendable {
    package let source: String
    package let line: Int
    package let text: String
    /// The cosine of the angle between the two vectors, −1 to 1.
    package let score: Float
  }

  /// The `limit` texts nearest to `vector`, nearest first: exactly those that comparing every vector gives.
  ///
  /// Reads every code once, a block at a time, and of the vectors themselves only those that may be among
  /// the nearest by the bounds of their codes.
  ///
  /// - Throws: ``VectorError/otherSize(index:size:came:)`` and ``VectorError/indexTakenAway(_:)``.
  package func search(
    for vector: Vector, in collection: Collection, limit: Int
  ) throws(VectorError) -> [Hit] {
    guard let size = collection.dimensions, limit > 0 else { return [] }
    guard vector.values.count == size else {
      throw .otherSize(index: collection.name, size: size, came: vector.values.count)
    }
    let query = vector.normalised
    return try reading { database in
      try Self.check(collection, database)
      let estimates = try Self.estimates(for: query, in: collection, size, database)
      try Self.checkCount(estimates.count, of: collection, database)
      return try Self.nearest(limit, among: estimates, to: query, database).map { item, score in
        try Self.hit(item, score, in: collection, database)
      }
    }
  }

  private struct Estimate {
    var item: Int64
    /// The least and the most that its score can be.
    var least: Float
    var most: Float
  }

  private static func estimates(
    for vector: Vector, in collection: Collection, _ size: Int, _ database: Database
  ) throws -> [Estimate] {
    let query = QueryCodes(vector)
    var estimates: [Estimate] = []
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT heads, codes, typeof(heads) = 'blob' AND typeof(codes) = 'blob' AS isSound
        FROM block JOIN block_codes ON block_codes.block = block.id
        WHERE collection = ?
        """, arguments: [collection.id])
    while let row = try rows.next() {
      guard try row.number("isSound") == 1 else { throw IndexDamage.wrongValue(of: "codes") }
      try row.withUnsafeData(atIndex: 0) { heads in
        try row.withUnsafeData(atIndex: 1) { codes in
          // A blob without a byte is given as none.
          try append(to: &estimates, heads ?? Data(), codes ?? Data(), query, size)
        }
      }
    }
    return estimates
  }

  private static func append(
    to estimates: inout [Estimate], _ heads: Data, _ codes: Data, _ query: QueryCodes, _ size: Int
  ) throws {
    let count = heads.count / BlockHead.size
    guard heads.count == count * BlockHead.size, codes.count == count * size else {
      throw IndexDamage.wrongValue(of: "codes")
    }
    let sums = [Int32](unsafeUninitializedCapacity: count) { buffer, filled in
      codes.withUnsafeBytes { codes in
        query.codes.withUnsafeBufferPointer { query in
          guard let start = codes.bindMemory(to: Int8.self).baseAddress,
            let other = query.baseAddress, let target = buffer.baseAddress
          else { return }
          cvectors_multiply(start, count, size, other, target)
          filled = count
        }
      }
    }
    try heads.withUnsafeBytes { bytes in
      for (place, sum) in sums.enumerated() {
        let head = BlockHead(bytes, at: place)
        guard head.isSound else { throw IndexDamage.wrongValue(of: "heads") }
        guard head.item != 0 else { continue }
        let (score, bound) = query.estimate(sum, step: head.step, lost: head.lost)
        estimates.append(Estimate(item: head.item, least: score - bound, most: score + bound))
      }
    }
  }

  /// Looks whether every text of the index has been compared.
  private static func checkCount(
    _ count: Int, of collection: Collection, _ database: Database
  ) throws {
    let row = try Row.fetchOne(
      database, sql: "SELECT count(*) AS texts FROM item WHERE collection = ?",
      arguments: [collection.id])
    guard let row, try row.number("texts") == count else {
      throw IndexDamage("texts without a vector")
    }
  }

  /// Compares the vectors that may be among the nearest.
  private static func nearest(
    _ limit: Int, among estimates: [Estimate], to query: Vector, _ database: Database
  ) throws -> [(item: Int64, score: Float)] {
    let threshold = threshold(limit, among: estimates)
    let candidates = estimates.filter { $0.most >= threshold }.sorted { $0.most > $1.most }
    var best: [(item: Int64, score: Float)] = []
    for candidate in candidates {
      if best.count == limit, let last = best.last, candidate.most < last.score { break }
      let score = try score(of: candidate, to: query, database)
      let place = best.firstIndex { $0.score < score } ?? best.count
      best.insert((candidate.item, score), at: place)
      if best.count > limit { best.removeLast() }
    }
    return best
  }

  /// How far what was computed may be from what holds exactly.
  private static let rounding: Float = 1e-3

  /// The score of a text by its vector, which is of length 1, and as near as its code says.
  private static func score(
    of candidate: Estimate, to query: Vector, _ database: Database
  ) throws -> Float {
    let row = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT numbers FROM vector WHERE item = ?"),
      arguments: [candidate.item])
    guard let row, let vector = Vector(littleEndian: try row.blob("numbers")),
      vector.values.count == query.values.count, abs(vector.dot(vector) - 1) < rounding
    else { throw IndexDamage.wrongValue(of: "numbers") }
    let score = query.dot(vector)
    guard score > candidate.least - rounding, score < candidate.most + rounding else {
      throw IndexDamage.wrongValue(of: "codes")
    }
    return score
  }

  /// What at least `limit` texts reach for certain.
  private static func threshold(_ limit: Int, among estimates: [Estimate]) -> Float {
    guard estimates.count > limit else { return -.infinity }
    // The lowest of the highest, lowest first; mostly one comparison decides.
    var highest = estimates.prefix(limit).map(\.least).sorted()
    for estimate in estimates.dropFirst(limit) where estimate.least > highest[0] {
      highest.removeFirst()
      let place = highest.firstIndex { $0 > estimate.least } ?? highest.count
      highest.insert(estimate.least, at: place)
    }
    return highest[0]
  }

  /// The text of an item, which is that of its digest.
  private static func hit(
    _ item: Int64, _ score: Float, in collection: Collection, _ database: Database
  ) throws -> Hit {
    let row = try Row.fetchOne(
      database, sql: "SELECT collection, source, line, text, digest FROM item WHERE id = ?",
      arguments: [item])
    guard let row, try row.number("collection") == collection.id else {
      throw IndexDamage.wrongValue(of: "item")
    }
    let line = Int(truncatingIfNeeded: try row.number("line"))
    let piece = TextPiece(text: try row.text("text"), line: line)
    guard line > 0, piece.digest == (try row.blob("digest")) else {
      throw IndexDamage.wrongValue(of: "text")
    }
    return Hit(
      source: try row.text("source"), line: line, text: piece.text,
      score: min(max(score, -1), 1))
  }
}
