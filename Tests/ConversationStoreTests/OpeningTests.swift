import Conversation
import ConversationStore
import Foundation
import GRDB
import Testing

@Suite struct OpeningTests {
  @Test func `Only the owner may look into a store`() async throws {
    try await withStoreFolder { folder in
      let old = umask(0)
      defer { umask(old) }
      let store = try openStore(folder)
      try await store.insert([.new(10, saying: "secret")])
      #expect(try permissions(folder) == 0o700)
      for name in ["iris.sqlite", "iris.sqlite-wal", "iris.sqlite-shm", "lock"] {
        #expect(try permissions(folder + "/" + name) == 0o600, "\(name)")
      }
    }
  }

  @Test func `A store is made once and found sound afterwards`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder + "/deep/down")
      #expect(store.opening == .created)
      try await store.close()
      #expect(try openStore(folder + "/deep/down").opening == .sound)
    }
  }

  @Test func `Commits reach the disk in a log`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.save(.new(10))
      let mode = try await DatabaseQueue(path: databasePath(folder)).read {
        try String.fetchOne($0, sql: "PRAGMA journal_mode")
      }
      #expect(mode == "wal")
      try await store.close()
      #expect(!FileManager.default.fileExists(atPath: databasePath(folder) + "-wal"))
    }
  }

  @Test func `A closed store refuses to work`() async throws {
    try await withStore { store in
      try await store.close()
      await #expect(throws: StoreError.self) { try await store.save(.new(10)) }
    }
  }

  @Test func `A store of a newer version is refused and not touched`() async throws {
    try await withStoreFolder { folder in
      try await openStore(folder).close()
      let path = databasePath(folder)
      let newer = try DatabaseQueue(path: path)
      try await newer.write {
        try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 wonders')")
      }
      try newer.close()
      let before = try Data(contentsOf: URL(filePath: path))
      #expect(throws: StoreError.newer(path: path)) { _ = try openStore(folder) }
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
  }

  @Test func `What a kill leaves behind is whole, and its reply is ended`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.insert([.new(10, saying: "one")])
      _ = try await store.append(.streaming(20, after: 11), to: .new(10))
      try await store.extend(
        MessageID(rawValue: 20), by: [PartFragment(ordinal: 0, text: "so far")])
      // The files as a kill leaves them: copied while the log still holds everything.
      let killed = folder + "/killed"
      try FileManager.default.createDirectory(atPath: killed, withIntermediateDirectories: true)
      for name in ["iris.sqlite", "iris.sqlite-wal"] {
        try FileManager.default.copyItem(
          atPath: folder + "/" + name, toPath: killed + "/" + name)
      }
      let again = try openStore(killed)
      #expect(again.opening == .sound)
      let statement = """
        SELECT m.status || ' ' || p.text FROM message m JOIN part p ON p.message = m.id
        WHERE m.id = 20
        """
      let stored = try await DatabaseQueue(path: databasePath(killed)).read {
        try String.fetchOne($0, sql: statement)
      }
      #expect(stored == "cutOff so far")
      #expect(try await again.search("so far").count == 1)
    }
  }

  @Test func `A reply that another program receives is not ended by opening`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.insert([.new(10, saying: "one")])
      _ = try await store.append(.streaming(20, after: 11), to: .new(10))
      _ = try openStore(folder)
      let status = try await DatabaseQueue(path: databasePath(folder)).read {
        try String.fetchOne($0, sql: "SELECT status FROM message WHERE id = 20")
      }
      #expect(status == "streaming")
    }
  }

  @Test func `A full disk is told, and what was stored stays`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder, pageLimit: 60)
      try await store.insert([.new(10, saying: "one")])
      var stored = 1
      let error = await #expect(throws: StoreError.self) {
        for id in Int64(20)... {
          let text = String(repeating: "words \(id) ", count: 300)
          _ = try await store.append(.new(id, after: id - 1, text), to: .new(10))
          stored += 1
        }
      }
      guard case .full = error else { throw error ?? .empty }
      #expect(try await store.load(.new(10)).messages.count == stored)
      try await store.close()
      let roomier = try openStore(folder)
      #expect(try await roomier.append(.new(9999, after: 11, "more"), to: .new(10)) == .inLine)
    }
  }

  #if os(Linux)
    @Test func `A place that cannot be written is told as such`() {
      let error = #expect(throws: StoreError.self) { _ = try openStore("/sys/iris") }
      guard case .readOnly(let cause) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(cause.path == "/sys/iris")
    }
  #endif

  @Test func `A folder that cannot be made is told with its path`() {
    let error = #expect(throws: StoreError.self) { _ = try openStore("/dev/null/iris") }
    guard case .failed(let cause) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.path == "/dev/null/iris")
    #expect(cause.code == ENOTDIR)
  }
}
