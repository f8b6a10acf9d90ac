import Foundation
import GRDB
import TerminalEmulator
import Testing

/// Files that conversations are written to and read from: none is lost, and none leads elsewhere.
@Suite(.seated) struct FileCallTests {
  /// A home with one stored conversation, called talk, of a question with a picture.
  private func withTalk(_ body: (Home) async throws -> Void) async throws {
    try await withServer { (home, _) async throws in
      try home.write(Samples.png(7, 7), to: "one.png")
      let asked = try home.run("ask", "-m", "demo", "--save", "talk", "-i", "one.png", "Look here")
      try #require(asked.status == 0)
      try await body(home)
    }
  }

  @Test(arguments: ["x.md", "x.json", "x.iris.json", "x.html", "x.sh"])
  func `A file of somebody else's is replaced by force alone`(name: String) async throws {
    try await withTalk { home in
      try home.write(Array("mine".utf8), to: name)
      let refused = try home.run("export", "talk", name)
      #expect(refused.status == 73)
      #expect(refused.errors.contains("\(name) exists, and nothing was written."))
      #expect(try home.text(of: name) == "mine")
      #expect(try home.run("export", "talk", name, "--force").status == 0)
      let written = try home.text(of: name)
      #expect(written.contains("Look here"))
      // Its own may be replaced, until somebody has changed it.
      #expect(try home.run("export", "talk", name).status == 0)
      try home.write(Array((written + "mine").utf8), to: name)
      #expect(try home.run("export", "talk", name).status == 73)
      #expect(try home.text(of: name).hasSuffix("mine"))
    }
  }

  @Test func `A file that was written from another conversation is replaced by force alone`()
    async throws
  {
    try await withTalk { home in
      try #require(try home.run("ask", "-m", "demo", "--save", "other", "Second").status == 0)
      try #require(try home.run("export", "talk", "x.md").status == 0)
      #expect(try home.run("export", "other", "x.md").status == 73)
      #expect(try home.text(of: "x.md").contains("Look here"))
    }
  }

  @Test func `On the screen a file is replaced after a question`() async throws {
    try await withTalk { home in
      try home.write(Array("mine".utf8), to: "x.md")
      let program = try home.chat("--load", "talk", columns: 120)
      try program.waits(for: "Look here", within: .slow)
      program.enter("/export x.md")
      try program.waits(for: "Replace it?", within: .slow)
      program.type("n")
      try program.waits(for: "Nothing was changed.", within: .slow)
      #expect(try home.text(of: "x.md") == "mine")
      program.enter("/export x.md")
      try program.waits(for: "Replace it?", within: .slow)
      program.type("y")
      try program.waits(for: "The conversation is written to", within: .slow)
      #expect(try home.text(of: "x.md").contains("Look here"))
      #expect(try program.quits() == .status(0))
    }
  }

  @Test func `An export to standard output is the file itself`() async throws {
    try await withTalk { home in
      try #require(try home.run("export", "talk", "x.iris.json").status == 0)
      let printed = try home.run("export", "talk", "-", "--format", "iris.json")
      #expect(printed.status == 0)
      #expect(printed.output == (try home.text(of: "x.iris.json")))
      #expect(try home.run("export", "talk", "-").output.hasPrefix("{"))
      #expect(try home.run("export", "talk", "-", "--format", "md").output.contains("Look here"))
      let wrong = try home.run("export", "talk", "-", "--format", "docx")
      #expect(wrong.status == 64)
      #expect(wrong.output == "")
    }
  }

  @Test func `A pipe, a device and a folder are refused at once`() throws {
    let home = try Home()
    mkfifo(home.path + "/pipe.json", 0o600)
    try FileManager.default.createDirectory(
      atPath: home.path + "/folder", withIntermediateDirectories: true)
    for name in ["pipe.json", "/dev/zero", "folder"] {
      let outcome = try home.run("import", name)
      #expect(outcome.status == 65, "\(name)")
      #expect(outcome.errors.contains("Nothing was imported."))
    }
  }

  @Test func `An import that is interrupted keeps what it has read, says so, and goes on later`()
    throws
  {
    let home = try Home()
    let count = 30_000
    let lines = (1...count).map { #"{"messages":[{"role":"user","content":"Number \#($0)."}]}"# }
    try home.write(Array(lines.joined(separator: "\n").utf8), to: "many.jsonl")
    // With job control a shell does not have its jobs ignore SIGINT.
    let outcome = try home.shell(
      """
      set -m
      "$IRIS" import many.jsonl &
      until grep -qs 'Number 100' data/iris/iris.sqlite*; do sleep 0.01; done
      kill -INT %1
      wait %1
      """)
    #expect(outcome.status == 130)
    #expect(outcome.errors.contains("The import was stopped."), "\(outcome.errors)")
    #expect(outcome.errors.contains(" Conversations read before that are kept: "))
    let kept = try home.run("list").output.split(separator: "\n").count
    #expect(kept >= 200 && kept < count)
    #expect(outcome.errors.contains(" kept: \(kept)."))
  }

  @Test func `A file of OpenAI messages that has grown is the conversation that it was`() throws {
    let home = try Home()
    func write(_ messages: String) throws {
      try home.write(Array("[\(messages)]".utf8), to: "talk.json")
    }
    let one = #"{"role":"user","content":"Look"},{"role":"assistant","content":"A bridge."}"#
    let two = #",{"role":"user","content":"And now?"},{"role":"assistant","content":"A boat."}"#
    try write(one)
    #expect(try home.run("import", "talk.json").status == 0)
    try write(one + two)
    #expect(try home.run("import", "talk.json", "--dry-run").output.contains("\tgrown\n"))
    #expect(try home.run("import", "talk.json").status == 0)
    for _ in 1...2 {
      #expect(try home.run("list").output.split(separator: "\n").count == 1)
      let shown = try home.run("show").output
      #expect(
        shown == "user\tLook\nassistant\tA bridge.\nuser\tAnd now?\nassistant\tA boat.\n")
      #expect(try home.run("import", "talk.json").errors.contains("There already: 1."))
    }
    // Another that begins alike in one file stays another.
    try home.write(
      Array(#"{"messages":[\#(one)]}\#n{"messages":[\#(one + two)]}"#.utf8), to: "both.jsonl")
    var fresh = try Home()
    fresh.environment["XDG_CONFIG_HOME"] = home.environment["XDG_CONFIG_HOME"]
    try fresh.write(Array(try home.text(of: "both.jsonl").utf8), to: "both.jsonl")
    #expect(try fresh.run("import", "both.jsonl").status == 0)
    #expect(try fresh.run("list").output.split(separator: "\n").count == 2)
    #expect(try fresh.run("import", "both.jsonl").errors.contains("There already: 2."))
    #expect(try fresh.run("list").output.split(separator: "\n").count == 2)
  }

  @Test func `Every file that cannot be read is told, once`() throws {
    let home = try Home()
    try home.write(Array("no".utf8), to: "a.json")
    let outcome = try home.run("import", "a.json", "no.json", "b.json")
    #expect(outcome.status == 65)
    let sentences = outcome.errors.split(separator: "\n")
    #expect(sentences.count == 3, "\(outcome.errors)")
    for name in ["a.json", "no.json", "b.json"] {
      #expect(sentences.count { $0.hasPrefix("iris: \(name) ") } == 1)
    }
  }

  @Test func `What would come is printed, and nothing is stored`() throws {
    let home = try Home()
    let talk = #"[{"role":"user","content":"Look"},{"role":"assistant","content":"A bridge."}]"#
    try home.write(Array(talk.utf8), to: "talk.json")
    let plan = try home.run("import", "talk.json", "--dry-run")
    #expect(plan.status == 0)
    let fields = plan.output.split(separator: "\t", omittingEmptySubsequences: false)
    #expect(fields.first == "Look")
    #expect(fields.dropFirst(2).map(String.init) == ["2", "0", "", "new\n"])
    #expect(plan.errors == "iris: Nothing was imported. Conversations: 1, new: 1.\n")
    #expect(try home.run("list").output.isEmpty)
    #expect(try home.run("import", "talk.json").status == 0)
    let again = try home.run("import", "talk.json", "--dry-run", "--json")
    #expect(again.output.contains(#""outcome" : "known""#))
    #expect(try home.run("import", "talk.json").errors.contains("There already: 1."))
    #expect(try home.run("list").output.split(separator: "\n").count == 1)
  }

  @Test func `A database that nobody knows is no input, a store is`() async throws {
    let home = try Home()
    let database = try DatabaseQueue(path: home.path + "/other.db")
    try await database.write { try $0.execute(sql: "CREATE TABLE a(b)") }
    try database.close()
    #expect(try home.run("import", "other.db").status == 65)
    let talk = #"[{"role":"user","content":"Look"}]"#
    try home.write(Array(talk.utf8), to: "talk.json")
    #expect(try home.run("import", "talk.json").status == 0)
    let lists = try #require(
      FileManager.default.enumerator(atPath: home.path)?.compactMap { $0 as? String })
    let store = try #require(lists.first { $0.hasSuffix("/iris.sqlite") })
    try FileManager.default.copyItem(
      atPath: home.path + "/" + store, toPath: home.path + "/copy.sqlite")
    let outcome = try home.run("import", "copy.sqlite")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("There already: 1."))
  }

  @Test func `A digest that is a path never leaves the file that it is in`() async throws {
    try await withTalk { home in
      try home.write(Array("the secret".utf8), to: "secret")
      try #require(try home.run("export", "talk", "x.iris.json").status == 0)
      let archive = try home.text(of: "x.iris.json")
      let start = try #require(archive.range(of: "\"digest\":\""))
      let digest = archive[start.upperBound...].prefix(64)
      let hostile = archive.replacing(digest, with: "../../../../secret")
      try home.write(Array(hostile.utf8), to: "hostile.iris.json")
      let outcome = try home.run("import", "hostile.iris.json")
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("digest"))
      #expect(try home.run("list").output.split(separator: "\n").count == 1)
    }
  }

  @Test(arguments: [true, false])
  func `A picture that is gone or changed is named, and one key goes on without it`(
    isMissing: Bool
  ) async throws {
    try await withTalk { home in
      let folder = home.path + "/data/iris/pictures"
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
      let name = try #require(names.first { $0.split(separator: "/").last?.count == 64 })
      let bytes = try Data(contentsOf: URL(filePath: folder + "/" + name))
      try FileManager.default.removeItem(atPath: folder + "/" + name)
      if !isMissing {
        try (bytes.dropLast() + [bytes.last.map { ~$0 } ?? 0])
          .write(to: URL(filePath: folder + "/" + name))
      }
      let sentence = isMissing ? "one.png is missing" : "one.png has changed on disk"
      let exported = try home.run("export", "talk", "x.md")
      #expect(exported.status == 0)
      #expect(exported.errors.contains("without the missing picture one.png"))
      let program = try home.chat("-m", "demo", "--load", "talk", columns: 160)
      try program.waits(for: "Look here", within: .slow)
      program.enter("Again")
      try program.waits(for: sentence, within: .slow)
      program.enter("/forget 1 pictures")
      program.enter("/send")
      try program.waits(for: "user: Again", within: .slow)
      #expect(try program.quits() == .status(0))
    }
  }
}
