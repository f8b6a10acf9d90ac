import Conversation
import ConversationStore
import Foundation
import Testing

/// Damage in the log of a program that was killed, where SQLite drops all that follows in silence.
@Suite struct LogDamageTests {
  /// The database and the log that a kill leaves of a store with 30 committed messages.
  private func killedStore(in folder: String) async throws -> (bytes: [UInt8], log: [UInt8]) {
    let store = try openStore(folder)
    try await store.insert([.new(1000, name: "trip", saying: "first")])
    for id in Int64(1002)...1030 {
      _ = try await store.append(.new(id, after: id - 1, "message \(id)"), to: .new(1000))
    }
    let path = databasePath(folder)
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    let log = Array(try Data(contentsOf: URL(filePath: path + "-wal")))
    try await store.close()
    return (bytes, log)
  }

  @Test func `A log that is whole is read as it is`() async throws {
    try await withStoreFolder { folder in
      let (bytes, log) = try await killedStore(in: folder + "/killed")
      let outcome = try await SalvageTests.open(bytes, log: log, in: folder + "/again")
      #expect(outcome.opening == .sound)
      #expect(outcome.messages.count == 30)
    }
  }

  @Test(arguments: [0, 9, 17, 25, 33, 40, 49, 60])
  func `A damaged byte of the log's beginning is told, and every message is kept`(place: Int)
    async throws
  {
    try await withStoreFolder { folder in
      let (bytes, log) = try await killedStore(in: folder + "/killed")
      var damaged = log
      damaged[place] ^= 0xFF
      let outcome = try await SalvageTests.open(bytes, log: damaged, in: folder + "/again")
      #expect(outcome.isTold)
      #expect(outcome.messages.count == 30)
      #expect(outcome.conversations.first?.name == "trip")
    }
  }

  @Test(arguments: 1...9)
  func `A damaged page in the middle of the log costs its own change alone`(tenth: Int)
    async throws
  {
    try await withStoreFolder { folder in
      let (bytes, log) = try await killedStore(in: folder + "/killed")
      let frames = (log.count - 32) / 4120
      var damaged = log
      damaged[32 + frames * tenth / 10 * 4120 + 3000] ^= 0xFF
      let outcome = try await SalvageTests.open(bytes, log: damaged, in: folder + "/again")
      #expect(outcome.isTold)
      #expect(outcome.messages.count == 30)
    }
  }

  @Test func `A write that was cut off by a kill is no damage`() async throws {
    try await withStoreFolder { folder in
      let (bytes, log) = try await killedStore(in: folder + "/killed")
      let cut = Array(log.dropLast(2000))
      let outcome = try await SalvageTests.open(bytes, log: cut, in: folder + "/again")
      #expect(outcome.opening == .sound)
      #expect(outcome.messages.count == 29)
    }
  }
}
