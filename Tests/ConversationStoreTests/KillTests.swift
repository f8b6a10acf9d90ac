import Conversation
import ConversationStore
import Foundation
import GRDB
import StartedPrograms
import Testing

/// A program that writes to a store is killed at a moment of chance, again and again.
///
/// `IRIS_KILLS` says how often; 25 times where it is not set.
@Suite struct KillTests {
  private static var rounds: Int {
    ProcessInfo.processInfo.environment["IRIS_KILLS"].flatMap(Int.init) ?? 25
  }

  /// The program stands beside the tests.
  private static var probe: URL {
    let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appending(path: "StoreProbe")
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: probe.path)))
  func `After every kill, all that was answered for is there and the store is sound`()
    async throws
  {
    try await withStoreFolder { folder in
      var promised: [String] = []
      for round in 0..<Self.rounds {
        let fresh = try kill(afterLines: .random(in: 0...40), round: round, folder)
        promised += fresh
        try await check(promised, fresh: Set(fresh), in: folder)
      }
      #expect(promised.contains { $0.hasPrefix("done") })
    }
  }

  /// Lets the program write until it has said so many lines, which leaves it somewhere behind the
  /// last of them; answers all that it said.
  private func kill(afterLines count: Int, round: Int, _ folder: String) throws -> [String] {
    let pipe = Pipe()
    let program = try StartedProgram(
      Self.probe.path, [folder, String(round)], output: pipe.fileHandleForWriting)
    var said = Data()
    while said.count(where: { $0 == UInt8(ascii: "\n") }) < count {
      let more = pipe.fileHandleForReading.availableData
      if more.isEmpty { break }
      said += more
    }
    program.signal(SIGKILL)
    program.waitUntilExit()
    said += pipe.fileHandleForReading.readDataToEndOfFile()
    return String(decoding: said, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func check(_ promised: [String], fresh: Set<String>, in folder: String) async throws {
    let store = try openStore(folder)
    if case .setAside(let path) = store.opening { Issue.record("set aside: \(path)") }
    var messages: [String: Message] = [:]
    for summary in try await store.summaries() {
      for message in try await store.load(summary.id).messages.all {
        messages[message.id.description] = message
      }
    }
    for line in promised {
      let words = line.split(separator: " ").map(String.init)
      switch words.first {
      case "picture":
        let digest = try #require(Digest(rawValue: words[1]))
        // One that no message shows may be freed when the store is closed.
        let isShown = messages.values.contains { $0.pictures.first?.stored?.digest == digest }
        let path = store.pictures.path(of: digest)
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        #expect(size == 30_000 || !(isShown || fresh.contains(line)), "\(line)")
      case "message": #expect(messages[words[1]] != nil, "\(line)")
      default:
        let length = try #require(Int(words[2]))
        #expect(messages[words[1]]?.text.count ?? 0 >= length, "\(line)")
      }
    }
    try await store.close()
    let verdict = try await DatabaseQueue(path: databasePath(folder)).read {
      try String.fetchAll($0, sql: "PRAGMA integrity_check")
    }
    #expect(verdict == ["ok"])
  }
}
