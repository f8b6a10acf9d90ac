import Foundation
import GRDB
import SeededNumbers
import Testing
import Vectors

/// A folder of its own for an index, removed with the value.
final class IndexFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "iris-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func open() throws -> VectorIndex { try VectorIndex(path: path + "/vectors.sqlite") }
}

@Suite struct VectorIndexTests {
  private func collection(_ index: VectorIndex, _ name: String = "notes") throws
    -> VectorIndex.Collection
  {
    try index.collection(named: name, server: "http://s/v1", model: "m", asked: nil)
  }

  private func add(
    _ vectors: [[Float]], to name: String = "notes", of source: String = "a", _ index: VectorIndex
  ) throws {
    let texts = try vectors.enumerated().map { number, values in
      (
        source: source, piece: TextPiece(text: "\(source) \(number)", line: number + 1),
        vector: try #require(Vector(values))
      )
    }
    try index.add(texts, to: try collection(index, name))
  }

  /// Random vectors in a few bundles, so that many are nearly as near as the nearest.
  private func bundles(_ count: Int, size: Int, seed: UInt64) -> [[Float]] {
    var numbers = SeededGenerator(seed: seed)
    let centres = (0..<3).map { _ in
      (0..<size).map { _ in Float.random(in: -1...1, using: &numbers) }
    }
    return (0..<count).map { place in
      centres[place % 3].map { $0 + Float.random(in: -0.01...0.01, using: &numbers) }
    }
  }

  @Test(arguments: [(1, 1), (2, 7), (300, 64), (700, 33)])
  func `A search finds what comparing every vector finds`(count: Int, size: Int) throws {
    let folder = try IndexFolder()
    let index = try folder.open()
    let vectors = bundles(count, size: size, seed: UInt64(count))
    for start in stride(from: 0, to: count, by: 100) {
      try add(
        Array(vectors[start..<min(start + 100, count)]), of: "source \(start / 100)", index)
    }
    let notes = try collection(index)
    for query in bundles(5, size: size, seed: 99) {
      let vector = try #require(Vector(query))
      let scores = try vectors.map { try #require(Vector($0)).normalised.dot(vector.normalised) }
      let hits = try index.search(for: vector, in: notes, limit: 10)
      #expect(hits.count == min(10, count))
      #expect(hits.map(\.score) == scores.sorted(by: >).prefix(10).map { min($0, 1) })
    }
  }

  @Test func `Vectors of another size, model or server are never compared`() throws {
    let folder = try IndexFolder()
    let index = try folder.open()
    try add([[1, 0, 0]], index)
    let notes = try collection(index)
    #expect(throws: VectorError.otherSize(index: "notes", size: 3, came: 2)) {
      try add([[1, 0]], index)
    }
    #expect(throws: VectorError.otherSize(index: "notes", size: 3, came: 2)) {
      try index.search(for: #require(Vector([1, 0])), in: notes, limit: 1)
    }
    let other = VectorError.otherModel(index: "notes", model: "m", server: "http://s/v1")
    #expect(throws: other) {
      try index.collection(named: "notes", server: "http://s/v1", model: "n", asked: nil)
    }
    #expect(throws: other) {
      try index.collection(named: "notes", server: "http://t/v1", model: "m", asked: nil)
    }
    #expect(throws: other) {
      try index.collection(named: "notes", server: "http://s/v1", model: "m", asked: 3)
    }
    #expect(try index.search(for: #require(Vector([1, 0, 0])), in: notes, limit: 9).count == 1)
  }

  @Test func `What is taken away is not found, and what stays is`() throws {
    let folder = try IndexFolder()
    let index = try folder.open()
    try add([[1, 0], [0, 1], [1, 1]], index)
    let notes = try collection(index)
    let items = try index.items(of: "a", in: notes)
    #expect(items.map(\.line) == [1, 2, 3])
    try index.update([(items[2].id, 7)], removing: [items[0].id], in: notes)
    let hits = try index.search(for: #require(Vector([1, 0])), in: notes, limit: 3)
    #expect(hits.map(\.text) == ["a 2", "a 1"])
    #expect(hits.map(\.line) == [7, 2])
    try index.update([], removing: items.map(\.id), in: notes)
    #expect(try index.search(for: #require(Vector([1, 0])), in: notes, limit: 3) == [])
  }

  @Test(arguments: [Int64.max, .min, -1, 2, 700])
  func `A place that damage has changed is looked for`(place: Int64) throws {
    let folder = try IndexFolder()
    let index = try folder.open()
    try add([[1, 0], [0, 1], [1, 1]], index)
    let notes = try collection(index)
    try DatabaseQueue(path: folder.path + "/vectors.sqlite").write { database in
      try database.execute(sql: "UPDATE item SET place = ?", arguments: [place])
    }
    try index.update([], removing: [try index.items(of: "a", in: notes)[0].id], in: notes)
    let hits = try index.search(for: #require(Vector([1, 0])), in: notes, limit: 3)
    #expect(hits.map(\.text) == ["a 2", "a 1"])
  }

  @Test func `Indexes are listed, kept on disk, and removed by their names`() throws {
    let folder = try IndexFolder()
    try add([[1, 0]], try folder.open())
    try add([[1, 0, 0], [0, 1, 0]], to: "other", try folder.open())
    let index = try folder.open()
    let listed = try index.collections()
    #expect(listed.map(\.0.name) == ["notes", "other"])
    #expect(listed.map(\.texts) == [1, 2])
    #expect(listed.map(\.0.dimensions) == [2, 3])
    try index.remove("notes")
    #expect(try index.collections().map(\.0.name) == ["other"])
    #expect(throws: VectorError.indexMissing("notes")) { try index.collection(named: "notes") }
  }

  @Test
  func `An index that another program takes away meanwhile is told, also where it is made anew`()
    throws
  {
    let folder = try IndexFolder()
    let index = try folder.open()
    let other = try folder.open()
    try add([[1, 0]], index)
    let notes = try collection(index)
    let vector = try #require(Vector([1, 0]))
    try other.remove("notes")
    for _ in 0..<2 {
      let gone = VectorError.indexTakenAway("notes")
      #expect(throws: gone) {
        try index.add([("a", TextPiece(text: "x", line: 1), vector)], to: notes)
      }
      #expect(throws: gone) { try index.update([(1, 2)], removing: [], in: notes) }
      #expect(throws: gone) { try index.search(for: vector, in: notes, limit: 1) }
      // It gets the same identifier.
      _ = try other.collection(named: "notes", server: "http://s/v1", model: "other", asked: nil)
    }
    #expect(try other.collections().map(\.texts) == [0])
  }

  @Test func `Programs that make the file at once do not stop each other`() throws {
    for _ in 0..<20 {
      let folder = try IndexFolder()
      DispatchQueue.concurrentPerform(iterations: 6) { _ in
        #expect(throws: Never.self) { _ = try folder.open() }
      }
      #expect(try folder.open().collections().isEmpty)
    }
  }

  @Test func `A file that is no database is told, and stays as it is`() throws {
    let folder = try IndexFolder()
    let path = folder.path + "/vectors.sqlite"
    let words = Data(repeating: 0x61, count: 5_000)
    try words.write(to: URL(filePath: path))
    let error = #expect(throws: VectorError.self) { try folder.open() }
    guard case .damaged(path, _)? = error else { return #expect(Bool(false), "\(error as Any)") }
    #expect(try Data(contentsOf: URL(filePath: path)) == words)
  }
}
