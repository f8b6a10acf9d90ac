import Foundation
import TerminalEmulator
import Testing

/// The calls on a store that is damaged, gone, newer, or cannot be written.
@Suite(.seated) struct DamagedStoreTests {
  /// A home with one stored conversation, and the path of its database.
  private func home() throws -> (Home, path: String) {
    let home = try Home()
    let body = #"{"messages": [{"role": "user", "content": "the wooden bridge"}]}"#
    try home.write(Array(body.utf8), to: "trip.json")
    try #require(try home.run("import", "trip.json").status == 0)
    return (home, home.path + "/data/iris/iris.sqlite")
  }

  private func overwrite(_ path: String, at place: UInt64 = 0, count: Int = 4096) throws {
    let file = try FileHandle(forUpdating: URL(filePath: path))
    try file.seek(toOffset: place)
    try file.write(contentsOf: Data(repeating: 0xA5, count: count))
    try file.close()
  }

  @Test func `A list of a damaged store says what was saved and where the old file is`() throws {
    let (home, path) = try home()
    try overwrite(path)
    let outcome = try home.run("list")
    #expect(outcome.status == 65)
    #expect(outcome.output.contains("the wooden bridge"))
    #expect(
      outcome.errors.hasPrefix(
        "iris: The store was damaged: the old file is kept as \(path)-damaged-"))
    #expect(
      outcome.errors.contains(
        "Saved from it: 1 message in 1 conversation; nothing is known to be missing."))
    let again = try home.run("list")
    #expect(again.status == 0)
    #expect(again.errors == "")
    #expect(again.output == outcome.output)
  }

  @Test func `What a killed start had saved and told nobody of is told by the next one`() throws {
    let (home, path) = try home()
    try overwrite(path)
    try #require(try home.run("list").status == 65)
    let folder = home.path + "/data/iris"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    let aside = try #require(names.first { $0.contains("-damaged-") })
    // As it is before the last step.
    try home.write([], to: "data/iris/\(aside)-unfinished")
    let outcome = try home.run("list")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains(
        "The store was damaged: the old file is kept as \(path)-damaged-"))
    #expect(
      outcome.errors.contains(
        "All that can be read of it is saved; nothing is known to be missing."))
    #expect(try home.run("list").status == 0)
  }

  @Test func `Salvage of all that was set aside adds nothing twice, and a missing file is said`()
    throws
  {
    let (home, path) = try home()
    try overwrite(path)
    try #require(try home.run("list").status == 65)
    let outcome = try home.run("salvage")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.contains("added 0 messages in 0 conversations; missing: 0."))
    #expect(try home.run("list").output.split(separator: "\n").count == 1)
    #expect(try home.run("salvage", "nothing.sqlite").status == 66)
  }

  @Test func `Salvage without a damaged store says so`() throws {
    let (home, _) = try home()
    let outcome = try home.run("salvage")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors == "iris: No damaged store was set aside: there is nothing to save.\n")
  }

  @Test func `A check of a sound store says that nothing is damaged, also as JSON`() throws {
    let (home, _) = try home()
    let outcome = try home.run("check")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Stored: 1 message in 1 conversation, 0 pictures."))
    #expect(outcome.output.contains("Nothing is damaged."))
    let json = try home.run("check", "--json")
    let report = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(report?["sound"] as? Bool == true)
    #expect(report?["messages"] as? Int == 1)
  }

  @Test func `Where the store cannot be opened, the screen still writes to a file`() throws {
    var home = try Home()
    // A file where the folder should be.
    try home.write([], to: "data")
    home.environment["XDG_DATA_HOME"] = home.path + "/data"
    let program = try home.chat(columns: 120)
    try program.asks("the wooden bridge")
    program.enter("/save \(home.path)/kept.md")
    try program.waits(for: "The conversation is written to", within: .slow)
    #expect(try home.text(of: "kept.md").contains("the wooden bridge"))
    program.enter("/quit")
    try program.waits(for: "leaving again loses them", within: .slow)
    program.enter("/quit")
    _ = try program.waitsForExit(within: .slow)
    #expect(!program.screen.contains("Come back with: iris --continue"))
    #expect(program.screen.contains("bring it back with: iris import"))
  }

  /// What lies beside the store, and what a check says of it.
  @Test(arguments: [
    ("requests.jsonl", "no line of ours\n", "that cannot be read: 1."),
    ("vectors.sqlite", "no database, but long enough to be looked at", "are damaged: "),
    ("vectors.sqlite", "", "are damaged: "),
    ("iris.sqlite-backup", "", "The copy is damaged ("),
  ])
  func `A check tells of damage beside the store`(
    name: String, text: String, words: String
  ) throws {
    let (home, _) = try home()
    try home.write(Array(text.utf8), to: "data/iris/" + name)
    let outcome = try home.run("check")
    #expect(outcome.status == 65)
    #expect(outcome.output.contains(words), "\(outcome.output)")
    #expect(
      outcome.output.hasSuffix(
        "The conversations are sound; what is damaged beside them is said above.\n"))
    let json = try home.run("check", "--json")
    #expect(json.status == 65)
    #expect(json.output.contains("\"sound\" : false"))
  }

  @Test(arguments: ["requests.jsonl", "vectors.sqlite"])
  func `A check tells of a pipe beside the store, and does not wait for it`(name: String) throws {
    let (home, _) = try home()
    try #require(mkfifo(home.path + "/data/iris/" + name, 0o600) == 0)
    let outcome = try home.run("check")
    #expect(outcome.status == 65)
    #expect(outcome.output.contains("Not an ordinary file"), "\(outcome.output)")
  }

  @Test func `Usage tells of requests that cannot be read`() throws {
    let (home, _) = try home()
    try home.write(Array("{\"id\":9,\"mod".utf8), to: "data/iris/requests.jsonl")
    let outcome = try home.run("usage")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.contains("data/iris/requests.jsonl that cannot be read: 1."),
      "\(outcome.errors)")
  }
}
