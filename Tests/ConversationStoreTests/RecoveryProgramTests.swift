import Conversation
import ConversationStore
import Foundation
import StartedPrograms
import Testing

/// SQLite's own program, of which a stand-in is on the path: not every system has one that recovers.
@Suite struct RecoveryProgramTests {
  /// Of the two that run, one reads the damaged file and one makes the new one, which is its last word.
  private static func script(in folder: String, ending end: String) -> String {
    """
    #!/bin/sh
    cd '\(folder)'
    for last; do :; done
    echo "$@" >> calls
    case "$*" in *-readonly*) exec echo "-- rows";; esac
    cat > statements
    \(end)

    """
  }

  /// A damaged store of which no page can be read, beside a copy of what it was, called `whole`.
  private func damagedStore(in folder: String) async throws -> [Conversation] {
    let whole = try await SalvageTests.makeStore(in: folder)
    let path = databasePath(folder)
    try FileManager.default.moveItem(atPath: path, toPath: folder + "/whole")
    try Data("This was a database.".utf8).write(to: URL(filePath: path))
    return whole
  }

  /// Opens the store and salvages it where `sqlite3` is a script that ends in these lines; what is
  /// there then.
  private func salvage(
    in folder: String, by script: String
  ) async throws -> (salvage: Salvage, conversations: [Conversation]) {
    let tools = folder + "/tools"
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    try Data(Self.script(in: tools, ending: script).utf8)
      .write(to: URL(filePath: tools + "/part"))
    // Written by a program of its own: nobody else has the script open when it is to be run.
    try StartedProgram(
      "/bin/sh", ["-c", "cp part sqlite3 && chmod +x sqlite3"], folder: tools
    ).waitUntilExit()
    let store = try openStore(folder)
    let file = try #require(try store.unfinishedSalvages().first)
    let salvage = try await store.salvage(
      from: file, environment: ["PATH": tools + ":/usr/bin:/bin"])
    var conversations: [Conversation] = []
    for summary in try await store.summaries() {
      conversations.append(try await store.load(summary.id))
    }
    #expect(try store.unfinishedSalvages() == [])
    try await store.close()
    return (salvage, conversations.sorted { $0.id < $1.id })
  }

  @Test func `What it recovers comes back, and nothing of it is left lying`() async throws {
    try await withStoreFolder { folder in
      let whole = try await damagedStore(in: folder)
      let outcome = try await salvage(in: folder, by: "cp ../whole \"$last\"")
      #expect(outcome.conversations == whole)
      #expect(outcome.salvage == Salvage(conversations: 20, messages: 60))
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(!names.contains { $0.contains("recovered") })
      let calls = try String(contentsOfFile: folder + "/tools/calls", encoding: .utf8)
      let lines = calls.split(separator: "\n")
      #expect(lines.count == 2)
      #expect(lines.allSatisfy { $0.contains("-init /dev/null") })
      #expect(lines.contains { $0.contains("-readonly") && $0.contains(".recover") })
      let statements = try String(contentsOfFile: folder + "/tools/statements", encoding: .utf8)
      #expect(statements == "-- rows\n")
    }
  }

  @Test(arguments: ["exit 1", "echo no database > \"$last\"", ": > \"$last\"", "kill -9 $$"])
  func `Where it fails, or writes no database, the rest is saved all the same`(script: String)
    async throws
  {
    try await withStoreFolder { folder in
      let whole = try await damagedStore(in: folder)
      let copy = databasePath(folder) + "-backup"
      try FileManager.default.copyItem(atPath: folder + "/whole", toPath: copy)
      let outcome = try await salvage(in: folder, by: script)
      #expect(outcome.conversations == whole)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(!names.contains { $0.contains("recovered") })
    }
  }
}
