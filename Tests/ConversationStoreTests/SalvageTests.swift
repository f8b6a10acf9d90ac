import Conversation
import ConversationStore
import Foundation
import GRDB
import Testing

/// Stores that are damaged at any byte: that is told, the old file is kept, and the rest comes back.
@Suite struct SalvageTests {
  /// What became of a store that was opened and, where it was damaged, saved.
  struct Outcome {
    var opening: ConversationStore.Opening
    var conversations: [Conversation]

    var isTold: Bool { opening != .sound }
    var messages: [Message] { conversations.flatMap(\.messages.all) }
  }

  /// The bytes of a closed store: 20 conversations, every third with a long message.
  static func makeStore(in folder: String) async throws -> [Conversation] {
    let store = try openStore(folder)
    var conversations: [Conversation] = []
    for id in stride(from: Int64(1000), to: 3000, by: 100) {
      let long = String(repeating: "long text \(id) ", count: id % 300 == 0 ? 900 : 3)
      conversations.append(.new(id, name: "name \(id)", saying: "question \(id)", long, "thanks"))
    }
    try await store.insert(conversations)
    try await store.close()
    return conversations
  }

  /// Opens what `bytes` are of, and saves it as the program does.
  static func open(
    _ bytes: [UInt8], log: [UInt8] = [], in folder: String, copy: String? = nil
  ) async throws -> Outcome {
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: databasePath(folder)))
    if !log.isEmpty { try Data(log).write(to: URL(filePath: databasePath(folder) + "-wal")) }
    if let copy {
      try FileManager.default.copyItem(atPath: copy, toPath: databasePath(folder) + "-backup")
    }
    return try await open(folder)
  }

  /// Opens the store in `folder`; where damage is met only while reading, once more, as that is when
  /// it is saved.
  static func open(_ folder: String) async throws -> Outcome {
    do {
      return try await read(folder)
    } catch let error as StoreError {
      guard case .damaged = error else { throw error }
      return try await read(folder)
    }
  }

  private static func read(_ folder: String) async throws -> Outcome {
    let store = try openStore(folder)
    do {
      for file in try store.unfinishedSalvages() { _ = try await store.salvage(from: file) }
      var conversations: [Conversation] = []
      for summary in try await store.summaries() {
        conversations.append(try await store.load(summary.id))
      }
      try await store.close()
      return Outcome(
        opening: store.opening, conversations: conversations.sorted { $0.id < $1.id })
    } catch {
      // Now, not when its last reference goes: while it is open, nobody else sets anything aside.
      try await store.close()
      throw error
    }
  }

  static func bytes(of folder: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: databasePath(folder))))
  }

  private static let pageSize = 4096

  /// The bytes of the pages behind the first on which the schema's statements stand.
  static func schemaPages(in bytes: [UInt8]) -> [Range<Int>] {
    let data = Data(bytes)
    return stride(from: pageSize, to: bytes.count, by: pageSize).map { $0..<($0 + pageSize) }
      .filter {
        data[$0].range(of: Data("CREATE TABLE message".utf8)) != nil
          || data[$0].range(of: Data("CREATE TRIGGER part".utf8)) != nil
      }
  }

  @Test func `A damaged byte of the schema is told or harmless, whoever reads`() async throws {
    try await withStoreFolder { folder in
      let whole = try await Self.makeStore(in: folder)
      let bytes = try Self.bytes(of: folder)
      let path = databasePath(folder)
      let step = DamageLawTests.isWhole ? 1 : 11
      let places = ([0..<Self.pageSize] + Self.schemaPages(in: bytes)).flatMap { page in
        stride(from: page.lowerBound, to: page.upperBound, by: step)
      }
      var told = 0
      for place in places {
        var damaged = bytes
        damaged[place] ^= 0x15
        try Data(damaged).write(to: URL(filePath: path))
        do {
          let store = try ConversationStore(reading: folder)
          let titles = try await store.summaries().map(\.title)
          #expect(Set(titles) == Set(whole.compactMap(\.name?.text)), "byte \(place)")
          try await store.close()
        } catch let error as StoreError {
          guard case .damaged = error else { throw error }
          told += 1
        }
      }
      #expect(told > places.count / 4)
    }
  }

  @Test func `Of a store without its first page all comes back`() async throws {
    try await withStoreFolder { folder in
      let whole = try await Self.makeStore(in: folder)
      var bytes = try Self.bytes(of: folder)
      for place in 0..<4096 { bytes[place] = 0xA5 }
      let outcome = try await Self.open(bytes, in: folder + "/damaged")
      #expect(outcome.isTold)
      #expect(outcome.conversations == whole)
    }
  }

  @Test func `Messages that are gone, or have lost their words, are counted`() async throws {
    try await withStoreFolder { folder in
      _ = try await Self.makeStore(in: folder)
      let other = try DatabaseQueue(path: databasePath(folder))
      try await other.write { database in
        // The last of one conversation, which none follows, and the words of a question.
        try database.execute(
          sql: "DELETE FROM part WHERE message IN (1003, 1101); DELETE FROM message WHERE id = 1003"
        )
      }
      try other.close()
      var bytes = try Self.bytes(of: folder)
      for place in 0..<4096 { bytes[place] = 0xA5 }
      try Data(bytes).write(to: URL(filePath: databasePath(folder)))
      let store = try openStore(folder)
      let file = try #require(try store.unfinishedSalvages().first)
      #expect(try await store.salvage(from: file).lost == 2)
      #expect(try await store.check { _ in throw StoreError.empty }.emptyMessages == 1)
      try await store.close()
    }
  }

  @Test func `A disk that is full while it is saved costs nothing: the next start goes on`()
    async throws
  {
    try await withStoreFolder { folder in
      let whole = try await Self.makeStore(in: folder)
      var bytes = try Self.bytes(of: folder)
      for place in 0..<4096 { bytes[place] = 0xA5 }
      try Data(bytes).write(to: URL(filePath: databasePath(folder)))
      let full = try openStore(folder, pageLimit: 30)
      let file = try #require(try full.unfinishedSalvages().first)
      let error = await #expect(throws: StoreError.self) { _ = try await full.salvage(from: file) }
      guard case .full = error else { throw error ?? .empty }
      try await full.close()
      #expect(try await Self.open(folder).conversations == whole)
      #expect(try openStore(folder).unfinishedSalvages() == [])
    }
  }

  @Test func `While another program saves it, nothing is done twice`() async throws {
    try await withStoreFolder { folder in
      _ = try await Self.makeStore(in: folder)
      try Data("no database".utf8).write(to: URL(filePath: databasePath(folder)))
      let store = try openStore(folder)
      let file = try #require(try store.unfinishedSalvages().first)
      let lock = try #require(fopen(databasePath(folder) + "-maintenance", "a+e"))
      try #require(flock(fileno(lock), LOCK_EX) == 0)
      let error = await #expect(throws: StoreError.self) { _ = try await store.salvage(from: file) }
      guard case .locked = error else { throw error ?? .empty }
      #expect(try store.backup.makeIfDue() == .postponed)
      // A child that another test starts holds the file too until it is another program, so closing
      // it here would not yet give the lock back.
      try #require(flock(fileno(lock), LOCK_UN) == 0)
      fclose(lock)
      #expect(try await store.salvage(from: file) == Salvage())
    }
  }

  @Test func `A program that is killed between the two renames leaves nothing behind`()
    async throws
  {
    try await withStoreFolder { folder in
      let whole = try await Self.makeStore(in: folder)
      let store = try openStore(folder)
      _ = try await store.append(.new(5000, after: 1003, "the last"), to: .new(1000))
      let path = databasePath(folder)
      let log = try Data(contentsOf: URL(filePath: path + "-wal"))
      let bytes = try Data(contentsOf: URL(filePath: path))
      try await store.close()
      // As it is after the mark and the first rename.
      let aside = path + "-damaged-2026-01-01T000000Z"
      try FileManager.default.removeItem(atPath: path)
      try Data().write(to: URL(filePath: aside + "-unfinished"))
      try bytes.write(to: URL(filePath: aside))
      try log.write(to: URL(filePath: path + "-wal"))
      let outcome = try await Self.open(folder)
      #expect(outcome.messages.count == whole.flatMap(\.messages.all).count + 1)
      #expect(outcome.messages.contains { $0.text == "the last" })
    }
  }
}
