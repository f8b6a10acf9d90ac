import Conversation
import ConversationStore
import Foundation
import GRDB
import Testing

/// The store's copy: when it is made, what it is, and what is brought back from it.
@Suite struct BackupTests {
  private func copy(_ folder: String) -> String { databasePath(folder) + "-backup" }

  private func age(_ path: String, byDays days: Double) throws {
    let date = Date(timeIntervalSinceNow: -days * 86_400)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
  }

  @Test func `A copy is made once a day, and only where something changed`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.insert([.new(10, name: "trip", saying: "one", "two")])
      #expect(try store.backup.makeIfDue() == .made)
      #expect(try store.backup.makeIfDue() == .notDue)
      try age(copy(folder), byDays: 0.9)
      #expect(try store.backup.makeIfDue() == .notDue)
      try age(copy(folder), byDays: 1.1)
      #expect(try store.backup.makeIfDue() == .made)
      try await store.close()
      try age(databasePath(folder), byDays: 3)
      try age(copy(folder), byDays: 2)
      let again = try openStore(folder)
      #expect(try again.backup.makeIfDue() == .notDue)
      try await again.save(.new(20))
      #expect(try again.backup.makeIfDue() == .made)
    }
  }

  @Test func `A copy of the future is made anew`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.save(.new(10))
      #expect(try store.backup.makeIfDue() == .made)
      try age(copy(folder), byDays: -400)
      try age(databasePath(folder), byDays: -500)
      #expect(try store.backup.makeIfDue() == .made)
    }
  }

  @Test func `The copy is a whole database for its owner alone, and holds what the log holds`()
    async throws
  {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.insert([.new(10, saying: "one", "two")])
      #expect(try store.backup.makeIfDue() == .made)
      #expect(try permissions(copy(folder)) == 0o600)
      var configuration = Configuration()
      configuration.readonly = true
      let database = try DatabaseQueue(path: copy(folder), configuration: configuration)
      let texts = try await database.read {
        try String.fetchAll($0, sql: "SELECT text FROM part ORDER BY id")
      }
      #expect(texts == ["one", "two"])
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(!names.contains { $0.contains(".part") })
    }
  }

  @Test func `A copy that is cancelled leaves the last one`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      let texts = String(repeating: "some words ", count: 300_000)
      try await store.insert([.new(10, saying: texts)])
      #expect(try store.backup.makeIfDue() == .made)
      let bytes = try Data(contentsOf: URL(filePath: copy(folder)))
      try age(copy(folder), byDays: 2)
      try await store.save(.new(20))
      #expect(try store.backup.makeIfDue { true } == .cancelled)
      #expect(try Data(contentsOf: URL(filePath: copy(folder))) == bytes)
    }
  }

  @Test func `A damaged store never takes the place of its good copy`() async throws {
    try await withStoreFolder { folder in
      let whole = try await SalvageTests.makeStore(in: folder)
      let store = try openStore(folder)
      #expect(try store.backup.makeIfDue() == .made)
      try age(copy(folder), byDays: 2)
      let good = try Data(contentsOf: URL(filePath: copy(folder)))
      // A letter of a text, which no check of the pages sees.
      let other = try DatabaseQueue(path: databasePath(folder))
      try await other.writeWithoutTransaction { database in
        try database.execute(
          sql: """
            PRAGMA writable_schema = 1;
            DROP TRIGGER part_update_before; DROP TRIGGER part_update_after;
            UPDATE part SET text = 'answer' || substr(text, 7) WHERE text LIKE 'question%';
            """)
      }
      try other.close()
      let outcome = try store.backup.makeIfDue()
      guard case .damaged = outcome else {
        Issue.record("\(outcome)")
        return
      }
      #expect(try Data(contentsOf: URL(filePath: copy(folder))) == good)
      #expect(whole.count == 20)
    }
  }

  @Test func `A store that is gone is brought back from its copy`() async throws {
    try await withStoreFolder { folder in
      let whole = try await SalvageTests.makeStore(in: folder)
      let store = try openStore(folder)
      #expect(try store.backup.makeIfDue() == .made)
      try await store.close()
      try FileManager.default.removeItem(atPath: databasePath(folder))
      let outcome = try await SalvageTests.open(folder)
      guard case .missing = outcome.opening else {
        Issue.record("\(outcome.opening)")
        return
      }
      #expect(outcome.conversations == whole)
      #expect(try await SalvageTests.open(folder).opening == .sound)
    }
  }

  @Test func `What was deleted for good does not come back from the copy`() async throws {
    try await withStoreFolder { folder in
      let whole = try await SalvageTests.makeStore(in: folder)
      let store = try openStore(folder)
      #expect(try store.backup.makeIfDue() == .made)
      try await store.delete(whole[3].id)
      try await store.close()
      var bytes = try SalvageTests.bytes(of: folder)
      for place in 0..<4096 { bytes[place] = 0 }
      let outcome = try await SalvageTests.open(
        bytes, in: folder + "/damaged", copy: copy(folder))
      #expect(outcome.isTold)
      #expect(outcome.conversations.map(\.id) == whole.map(\.id).filter { $0 != whole[3].id })
    }
  }

  @Test func `While something is not saved yet no copy is made`() async throws {
    try await withStoreFolder { folder in
      _ = try await SalvageTests.makeStore(in: folder)
      try Data("no database".utf8).write(to: URL(filePath: databasePath(folder)))
      let store = try openStore(folder)
      #expect(try store.backup.makeIfDue() == .postponed)
      for file in try store.unfinishedSalvages() { _ = try await store.salvage(from: file) }
      #expect(try store.backup.makeIfDue() == .made)
    }
  }
}
