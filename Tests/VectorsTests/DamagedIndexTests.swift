import Foundation
import GRDB
import SeededNumbers
import Testing
import Vectors

/// A file of indexes of which a part is damaged: it is told, and nothing wrong is found in it.
@Suite struct DamagedIndexTests {
  private static let path = "/vectors.sqlite"

  /// A folder with an index of three texts, closed.
  private func folder() throws -> IndexFolder {
    let folder = try IndexFolder()
    try fill(try folder.open())
    return folder
  }

  private func fill(_ index: VectorIndex) throws {
    let notes = try index.collection(named: "notes", server: "http://s/v1", model: "m", asked: nil)
    let vectors: [[Float]] = [[1, 0, 0.5, 0], [0, 1, 0, 0.25], [0.7, 0.7, 0, 1]]
    try index.add(
      try vectors.enumerated().map { number, values in
        (
          source: "a", piece: TextPiece(text: "text \(number)", line: number + 1),
          vector: try #require(Vector(values))
        )
      }, to: notes)
  }

  /// What is found in the index, in an order that is never another.
  private func found(in folder: IndexFolder) throws -> [VectorIndex.Hit] {
    let index = try folder.open()
    let notes = try index.collection(named: "notes")
    return try index.search(for: #require(Vector([1, 0, 0, 0])), in: notes, limit: 9)
  }

  @Test(arguments: [
    "UPDATE vector SET numbers = x'0000803F' WHERE item = 1",
    "UPDATE vector SET numbers = x'0000803F00000000000000' WHERE item = 2",
    "UPDATE vector SET numbers = x'0000C07F000000000000000000000000' WHERE item = 1",
    "UPDATE vector SET numbers = x'0000803F0000803F0000803F0000803F' WHERE item = 1",
    "UPDATE vector SET numbers = zeroblob(16) WHERE item = 3",
    "UPDATE vector SET numbers = CAST(numbers AS TEXT) WHERE item = 1",
    "UPDATE vector SET numbers = NULL WHERE item = 1", "DELETE FROM vector WHERE item = 1",
    "UPDATE block SET heads = substr(heads, 1, 40)", "UPDATE block SET heads = x''",
    "UPDATE block SET heads = CAST('0123456789abcdef' AS TEXT)", "DELETE FROM block",
    "UPDATE block_codes SET codes = substr(codes, 1, 11)",
    "UPDATE block_codes SET codes = CAST('0123456789ab' AS TEXT)", "DELETE FROM block_codes",
    "UPDATE item SET text = 'other words' WHERE id = 1",
    "UPDATE item SET text = CAST(text AS BLOB) WHERE id = 1",
    "UPDATE item SET source = NULL WHERE id = 1", "UPDATE item SET line = 'x' WHERE id = 1",
    "UPDATE item SET digest = 'no digest' WHERE id = 2", "DELETE FROM item WHERE id = 2",
    "UPDATE collection SET dimensions = 'many'", "UPDATE collection SET dimensions = -4",
    "UPDATE collection SET model = x'00'",
  ])
  func `A damaged row is told`(statement: String) throws {
    let folder = try folder()
    let file = try DatabaseQueue(path: folder.path + Self.path)
    try file.writeWithoutTransaction { database in
      // As damage does, which keeps to no rules: tables without types and bonds.
      try database.execute(sql: "PRAGMA foreign_keys = OFF")
      try database.execute(sql: "PRAGMA writable_schema = ON")
      try database.execute(
        sql: """
          UPDATE sqlite_schema SET sql = replace(replace(sql, ' NOT NULL', ''), ') STRICT', ')')
          """)
      try database.execute(sql: "PRAGMA writable_schema = RESET")
    }
    try file.close()
    let other = try DatabaseQueue(path: folder.path + Self.path)
    try other.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA foreign_keys = OFF")
      try database.execute(sql: statement)
    }
    try other.close()
    let error = #expect(throws: VectorError.self) { try found(in: folder) }
    guard case .damaged? = error else { return #expect(Bool(false), "\(error as Any)") }
  }

  @Test func `A row that is taken away and damaged is told as well`() throws {
    for statement in [
      "UPDATE block SET heads = x'00'", "DELETE FROM block",
      "UPDATE block SET heads = zeroblob(48)",
    ] {
      let folder = try folder()
      let file = try DatabaseQueue(path: folder.path + Self.path)
      try file.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA foreign_keys = OFF")
        try database.execute(sql: statement)
      }
      try file.close()
      let index = try folder.open()
      let notes = try index.collection(named: "notes")
      let item = try index.items(of: "a", in: notes)[0].id
      let error = #expect(throws: VectorError.self) {
        try index.update([], removing: [item], in: notes)
      }
      guard case .damaged? = error else { return #expect(Bool(false), "\(statement)") }
    }
  }

  @Test func `Whatever byte of the first page is damaged, nothing wrong is found`() throws {
    let folder = try folder()
    let expected = try found(in: folder)
    #expect(expected.map(\.text) == ["text 0", "text 2", "text 1"])
    let file = URL(filePath: folder.path + Self.path)
    let whole = try Data(contentsOf: file)
    var numbers = SeededGenerator(seed: 21)
    var told = 0
    // The head, and of what is in use behind it every third byte: rows stand at the end of a page.
    let page = 32_768
    let used = (0..<140).map(\.self) + stride(from: page - 2_600, to: page, by: 3).map(\.self)
    for place in used {
      var bytes = whole
      bytes[place] ^= UInt8.random(in: 1...255, using: &numbers)
      let damaged = try IndexFolder()
      try bytes.write(to: URL(filePath: damaged.path + Self.path))
      do {
        #expect(try found(in: damaged) == expected, "byte \(place)")
      } catch let error as VectorError {
        switch error {
        case .damaged, .storage: told += 1
        default: #expect(Bool(false), "byte \(place): \(error)")
        }
      }
    }
    #expect(told > used.count / 3)
  }
}
