import Conversation
import ConversationStore
import Foundation
import StartedPrograms
import Testing

/// A program that saves a damaged store is killed at twenty moments: the next one goes on.
@Suite struct SalvageKillTests {
  private static let probe = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "StoreProbe")

  /// A closed store of 4,000 messages whose schema is damaged.
  private func makeDamagedStore(in folder: String) async throws -> [Conversation] {
    let store = try openStore(folder)
    var conversations: [Conversation] = []
    for number in Int64(1)...40 {
      var conversation = Conversation.new(number * 1000, name: "name \(number)")
      for id in Int64(1)...100 {
        let parent = id > 1 ? number * 1000 + id - 1 : nil
        conversation.messages.append(
          .new(number * 1000 + id, after: parent, "message \(id) of \(number), some words"))
      }
      conversations.append(conversation)
    }
    try await store.insert(conversations)
    try await store.close()
    let schema = try #require(SalvageTests.schemaPages(in: SalvageTests.bytes(of: folder)).first)
    let file = try FileHandle(forUpdating: URL(filePath: databasePath(folder)))
    try file.seek(toOffset: UInt64(schema.upperBound - 1000))
    try file.write(contentsOf: Data(repeating: 0xA5, count: 40))
    try file.close()
    return conversations
  }

  private func size(of path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  /// Runs the program until the new store has `byteCount` bytes, and kills it there.
  private func kill(at byteCount: Int, _ folder: String) throws {
    let program = try StartedProgram(Self.probe.path, [folder, "salvage"])
    let deadline = ContinuousClock.now + .seconds(60)
    let path = databasePath(folder)
    func aside() -> Bool {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return names.contains { $0.contains("-damaged-") }
    }
    while program.isRunning, ContinuousClock.now < deadline {
      if aside(), size(of: path) + size(of: path + "-wal") >= byteCount { break }
    }
    program.signal(SIGKILL)
    program.waitUntilExit()
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: probe.path)))
  func `Killed at twenty moments, it ends whole`() async throws {
    try await withStoreFolder { folder in
      let whole = try await makeDamagedStore(in: folder)
      let bytes = size(of: databasePath(folder))
      for moment in 0..<20 { try kill(at: moment * bytes / 12, folder) }
      let outcome = try await SalvageTests.open(folder)
      #expect(outcome.conversations == whole)
      let store = try openStore(folder)
      #expect(store.opening == .sound)
      #expect(try store.unfinishedSalvages() == [])
      #expect(try store.setAsideFiles().count == 1)
      #expect(try await store.search("\"message 77 of 7,\"").count == 1)
    }
  }
}
