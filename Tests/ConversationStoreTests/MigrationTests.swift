import Conversation
import ConversationStore
import Files
import Foundation
import GRDB
import SampleValues
import SeededNumbers
import StartedPrograms
import Testing

/// The way from schema 1 to a row for each part.
@Suite struct MigrationTests {
  private static let probe = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "StoreProbe")

  private func size(of path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  private func older(_ folder: String) -> String { databasePath(folder) + "-older" }

  /// What a database of schema 1 says, row by row.
  private func rows(of path: String) async throws -> [String] {
    let database = try DatabaseQueue(path: path)
    return try await database.read {
      try Row.fetchAll($0, sql: "SELECT * FROM message ORDER BY id").map(\.description)
    }
  }

  @Test(arguments: 0..<UInt64(8))
  func `Every text, picture, variant, draft and omission is kept`(seed: UInt64) async throws {
    try await withStoreFolder { folder in
      let old = FirstStore(seed: seed, conversations: 12)
      try old.write(to: folder)
      let before = try await rows(of: databasePath(folder))
      let store = try openStore(folder)
      #expect(store.opening == .sound)
      for conversation in old.conversations {
        #expect(try await store.load(conversation.id) == conversation)
      }
      #expect(try await store.summaries().count == old.conversations.count)
      let check = try await store.check { _ in Digest.sample("") }
      #expect(check.mistakes == [])
      #expect(check.textIndexFits)
      for word in ["bridge", "桥"] {
        let holding = old.conversations.flatMap(\.messages.all).filter { $0.text.contains(word) }
        #expect(
          try await store.search(word, limit: .max).map(\.message)
            == holding.map(\.id).sorted().reversed())
      }

      #expect(try await rows(of: older(folder)) == before)
      try await store.close()
      #expect(size(of: older(folder)) == 0)
      #expect(try openStore(folder).opening == .sound)
      #expect(size(of: older(folder)) == 0)
    }
  }

  @Test func `What is written after it is found, changed and deleted as ever`() async throws {
    try await withStoreFolder { folder in
      let old = FirstStore(seed: 5, conversations: 4)
      try old.write(to: folder)
      let store = try openStore(folder)
      var message = try #require(old.conversations.first?.messages.all.first { $0.text != "" })
      message.parts = [.text("an entirely different thing"), .picture(.sample)]
      try await store.update(message)
      #expect(try await store.search("entirely").map(\.message) == [message.id])
      _ = try await store.append(
        .new(9_000_000, after: message.id.rawValue, "afterwards"), to: old.conversations[0].id)
      #expect(try await store.search("afterwards").count == 1)
      for conversation in old.conversations { try await store.delete(conversation.id) }
      try await store.close()
      let again = try openStore(folder)
      #expect(try await again.search("entirely").isEmpty)
      #expect(try await again.check { _ in Digest.sample("") }.isSound)
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: probe.path)))
  func `Killed at any moment, it begins anew and ends whole`() async throws {
    let old = FirstStore(seed: 7, conversations: 80)
    try await withStoreFolder { folder in
      try old.write(to: folder)
      let whole = size(of: databasePath(folder))
      for moment in 0..<24 {
        try kill(at: moment * whole / 8, folder)
        guard moment % 6 == 5 else { continue }
        try await expectWhole(old, folder)
        try FileManager.default.removeItem(atPath: folder)
        try old.write(to: folder)
      }
      try await expectWhole(old, folder)
    }
  }

  private func expectWhole(_ old: FirstStore, _ folder: String) async throws {
    let store = try openStore(folder)
    #expect(store.opening == .sound)
    for conversation in old.conversations {
      #expect(try await store.load(conversation.id) == conversation)
    }
    #expect(try await store.check { _ in Digest.sample("") }.textIndexFits)
    try await store.close()
  }

  /// Runs a program that opens the store until the copy and the log have `byteCount` bytes together,
  /// and kills it there.
  private func kill(at byteCount: Int, _ folder: String) throws {
    let program = try StartedProgram(Self.probe.path, [folder, "upgrade"])
    let deadline = ContinuousClock.now + .seconds(60)
    let path = databasePath(folder)
    while program.isRunning, ContinuousClock.now < deadline {
      let copied = size(of: older(folder)) + size(of: older(folder) + ".part")
      if copied + size(of: path + "-wal") >= byteCount { break }
    }
    program.signal(SIGKILL)
    program.waitUntilExit()
  }

  @Test(arguments: [0, 1, 8])
  func `On a disk that is full half-way the old store stays as it is`(
    pages: Int
  ) async throws {
    try await withStoreFolder { folder in
      let old = FirstStore(seed: 3, conversations: 60)
      try old.write(to: folder)
      let path = databasePath(folder)
      let before = try await rows(of: path)
      let limit = size(of: path) / 4096 + pages
      let error = #expect(throws: StoreError.self) { _ = try openStore(folder, pageLimit: limit) }
      guard case .full = error else { throw try #require(error) }
      #expect(try await rows(of: path) == before)
      let reader = try ConversationStore(reading: folder)
      for conversation in old.conversations {
        #expect(try await reader.load(conversation.id) == conversation)
      }
      try await reader.close()
      try await expectWhole(old, folder)
    }
  }

  @Test func `A store that may only be read is read as it is, and stays so`() async throws {
    try await withStoreFolder { folder in
      let old = FirstStore(seed: 4, conversations: 3)
      try old.write(to: folder)
      let before = try Data(contentsOf: URL(filePath: databasePath(folder)))
      let reader = try ConversationStore(reading: folder)
      for conversation in old.conversations {
        #expect(try await reader.load(conversation.id) == conversation)
      }
      #expect(try await reader.search("bridge").isEmpty == false)
      await #expect(throws: StoreError.self) { try await reader.save(.new(10)) }
      try await reader.close()
      #expect(try Data(contentsOf: URL(filePath: databasePath(folder))) == before)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["iris.sqlite"])
    }
  }

  @Test func `Nothing is changed while an older Iris has the store open`() async throws {
    try await withStoreFolder { folder in
      let old = FirstStore(seed: 6, conversations: 2)
      try old.write(to: folder)
      let other = try OpenFile(folder + "/lock", for: .writing)
      try other.lock(exclusively: false)
      let path = databasePath(folder)
      #expect(throws: StoreError.olderInUse(path: path)) { _ = try openStore(folder) }
      #expect(size(of: older(folder)) == 0)
      other.unlock()
      try await expectWhole(old, folder)
    }
  }

  @Test(arguments: ["header", "page"])
  func `What a damaged store of schema 1 holds is saved`(place: String) async throws {
    try await withStoreFolder { folder in
      let old = FirstStore(seed: 8, conversations: 6)
      try old.write(to: folder)
      let file = try FileHandle(forUpdating: URL(filePath: databasePath(folder)))
      try file.seek(toOffset: place == "header" ? 0 : 2000)
      try file.write(contentsOf: Data(repeating: 0xA5, count: place == "header" ? 16 : 40))
      try file.close()
      let store = try openStore(folder)
      for file in try store.unfinishedSalvages() {
        #expect(try await store.salvage(from: file).lost == 0)
      }
      for conversation in old.conversations {
        let saved = try await store.load(conversation.id)
        #expect(saved.messages.all == conversation.messages.all)
        #expect(saved.draft == conversation.draft)
      }
      #expect(try await store.check { _ in Digest.sample("") }.textIndexFits)
    }
  }
}

extension PictureReference {
  fileprivate static let sample = PictureReference(
    source: .stored(.new("ab12")), name: "a.png", detail: .low)
}
