import Foundation
import TerminalEmulator
import Testing

/// Disks and clocks that fail: a clear line, the conversation goes on, and is written when it can be.
@Suite(.seated) struct DiskTests {
  /// What the program says when the disk has taken everything that it refused before.
  private static let isBack = "All messages are on disk again."

  @Test(.enabled(if: Home.takesFaults))
  func `On a full disk the conversation goes on, and is written when there is room`()
    async throws
  {
    try await withServer { (server, _) async throws in
      let home = try server.faulty()
      let program = try home.chat("-m", "demo", columns: 120)
      try program.asks("One")
      try home.begin(.full)
      program.enter("Two")
      try program.waits(for: "The disk is full", within: .slow)
      try program.waits(for: "user: Two", within: .slow)
      #expect(!(try home.run("show").output.contains("user\tTwo")))
      try home.end(.full)
      try program.waits(for: Self.isBack, within: .slow)
      try program.kill()
      let shown = try home.run("show").output
      #expect(shown.contains("user\tTwo") && shown.contains("**user**: `Two`"))
    }
  }

  @Test(.enabled(if: Home.takesFaults))
  func `A file system that cannot sync its folders takes pictures and exports`() async throws {
    try await withServer { (server, _) async throws in
      let home = try server.faulty()
      try home.begin(.nosync)
      try home.write(Samples.png(7, 7), to: "one.png")
      let asked = try home.run("ask", "-m", "demo", "--save", "talk", "-i", "one.png", "Look")
      #expect(asked.status == 0)
      let exported = try home.run("export", "talk", "talk.md")
      #expect(exported.status == 0)
      #expect(try home.text(of: "talk.md").contains("Look"))
    }
  }

  @Test func `An import whose pictures cannot be kept leaves nothing`() throws {
    let home = try Home()
    let folder = home.path + "/data/iris"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try home.write([], to: "data/iris/pictures")
    let url = "data:image/png;base64," + Data(Samples.png(7, 7)).base64EncodedString()
    let part = #"{"type": "image_url", "image_url": {"url": "\#(url)"}}"#
    let body = #"{"messages": [{"role": "user", "content": [\#(part)]}]}"#
    try home.write(Array(body.utf8), to: "talk.json")
    let outcome = try home.run("import", "talk.json")
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("/data/iris/pictures"))
    #expect(try home.run("list").output == "")
    try home.remove("data/iris/pictures")
    #expect(try home.run("import", "talk.json").status == 0)
  }

  @Test func `A store that is no database any more is kept, and that is said`() async throws {
    try await withServer { (home, _) async throws in
      try #require(try home.run("ask", "-m", "demo", "--save", "talk", "One").status == 0)
      for name in ["iris.sqlite-wal", "iris.sqlite-shm"] {
        try? FileManager.default.removeItem(atPath: home.path + "/data/iris/" + name)
      }
      let noise = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
      try home.write(noise, to: "data/iris/iris.sqlite")
      let program = try home.chat("-m", "demo", columns: 200)
      program.enter("One")
      try program.waits(for: "The store was damaged: the old file is kept as ", within: .slow)
      try program.waits(for: "user: One", within: .slow)
      #expect(try program.quits() == .status(0))
      #expect(try home.run("show").output.contains("user\tOne"))
    }
  }

  @Test(.enabled(if: Home.takesFaults))
  func `A power cut takes no picture and no message whose reply has begun`() async throws {
    try await withServer { (server, _) async throws in
      let home = try server.faulty()
      try home.write(Samples.png(7, 7), to: "one.png")
      let program = try home.chat("-m", "demo")
      try program.asks("First")
      try home.begin(.steps)
      program.enter("/attach one.png")
      try program.waits(for: "one.png 7×7", within: .slow)
      try program.asks("Look")
      let steps = try home.stepsToDisk()
      let named = try #require(steps.firstIndex { $0.hasPrefix("rename") })
      let path = URL(filePath: String(steps[named].dropFirst("rename ".count)))
      let folder = path.deletingLastPathComponent()
      #expect(folder.path.contains("/pictures/"))
      #expect(steps[..<named].last?.hasPrefix("sync \(folder.path)/.") == true)
      #expect(steps[named...].dropFirst().first == "sync \(folder.path)")
      #expect(steps[named...].contains { $0.hasSuffix("/iris.sqlite-wal") })
    }
  }

  @Test(.enabled(if: Home.takesFaults))
  func `On a full disk the calls that read go on, and those that write say why not`()
    async throws
  {
    try await withServer { (server, _) async throws in
      let home = try server.faulty()
      try #require(try home.run("ask", "-m", "demo", "--save", "trip", "Old news").status == 0)
      try home.begin(.full)
      #expect(try home.run("show", "trip").output.contains("user\tOld news"))
      #expect(try home.run("list").output.hasPrefix("trip\t"))
      let refused = try home.run("ask", "-m", "demo", "--load", "trip", "More")
      #expect(refused.status == 73)
      #expect(refused.errors.contains("iris.sqlite"))
    }
  }

  @Test(.enabled(if: Home.takesFaults), arguments: [Fault.full, .readonly])
  func `A question that cannot be stored is refused by one sentence`(fault: Fault) async throws {
    try await withServer { (server, log) async throws in
      let home = try server.faulty()
      try #require(try home.run("ask", "-m", "demo", "--save", "trip", "Old news").status == 0)
      let asked = try log.sent().count
      try home.begin(fault)
      for place in [["--load", "trip"], ["--save", "new"]] {
        let outcome = try home.run(["ask", "-m", "demo"] + place + ["More"])
        #expect(outcome.status == 73)
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      }
      #expect(try log.sent().count == asked)
    }
  }

  @Test(.enabled(if: Home.takesFaults))
  func `A log and what was learned that cannot be written are told, and end nothing`()
    async throws
  {
    try await withServer { (server, _) async throws in
      var home = try server.faulty()
      home.environment["IRIS_FAULTY"] = home.path + "/state"
      try home.write(Samples.png(7, 7), to: "one.png")
      try home.begin(.full)
      let asked = try home.run("ask", "-m", "demo", "--debug", "Hello")
      #expect(asked.status == 0)
      #expect(asked.errors.contains("debug.log is cut off (No space left on device)"))
      let refused = try home.run("ask", "-m", "demo-blind", "-i", "one.png", "Look")
      #expect(refused.errors.contains("learned.json cannot be written (No space left on device)"))
      let examined = try home.run("doctor", "-m", "demo-blind")
      #expect(examined.status == 73)
      #expect(examined.errors.contains("learned.json cannot be written"))
    }
  }

  @Test(.enabled(if: Home.takesFaults))
  func `An export that cannot be noted is written, and that is told`() async throws {
    try await withServer { (server, _) async throws in
      var home = try server.faulty()
      home.environment["IRIS_FAULTY"] = home.path + "/state"
      try #require(try home.run("ask", "-m", "demo", "--save", "trip", "Old news").status == 0)
      try home.begin(.readonly)
      let outcome = try home.run("export", "trip", "trip.md")
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("replacing the file will be asked about"))
      #expect(try home.text(of: "trip.md").contains("Old news"))
    }
  }

  @Test func `Standard input that cannot be read is never taken for its end`() async throws {
    try await withServer { (home, log) async throws in
      let outcome = try home.shell("$IRIS ask -m demo 'Read:' < /")
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("Standard input cannot be read (Is a directory)"))
      #expect(try log.sent().isEmpty)
      #expect(try home.shell("$IRIS ask -m demo 'Read:' <&-").status == 0)
    }
  }

  @Test(
    .enabled(if: Home.takesFaults),
    arguments: [
      (Fault.full, "backup", "The disk is full"), (.readonly, "backup", "cannot be written"),
      (.readonly, "maintenance", "cannot be written"),
    ])
  func `A copy that cannot be made is told, costs nothing, and is made when it can be`(
    fault: Fault, file: String, sentence: String
  ) async throws {
    try await withServer { (server, _) async throws in
      var home = try server.faulty()
      home.environment["IRIS_FAULTY"] = home.path + "/data/iris/iris.sqlite-" + file
      try home.begin(fault)
      let asked = try home.run("ask", "-m", "demo", "--save", "trip", "Old news")
      #expect(asked.status == 0)
      #expect(asked.errors.contains("No copy of the store could be made."), "\(asked.errors)")
      #expect(asked.errors.contains(sentence), "\(asked.errors)")
      let files = FileManager.default
      let folder = home.path + "/data/iris"
      let names = try files.contentsOfDirectory(atPath: folder).filter { $0.contains("backup") }
      #expect(!names.contains("iris.sqlite-backup"))
      try home.end(fault)
      #expect(try home.run("show", "trip").output.contains("user\tOld news"))
      let again = try home.run("ask", "-m", "demo", "--load", "trip", "More")
      #expect(again.errors == "")
      let later = try files.contentsOfDirectory(atPath: folder).filter { $0.contains("backup") }
      #expect(later == ["iris.sqlite-backup"])
    }
  }

  @Test(
    .enabled(if: Home.takesFaults),
    arguments: [
      (Fault.full, "The disk is full"), (.quota, "Your disk quota is used up"),
      (.limit, "as files may be here (ulimit -f)"),
    ])
  func `What there is too little of is told where the store cannot grow`(
    fault: Fault, sentence: String
  ) async throws {
    try await withServer { (server, _) async throws in
      var home = try server.faulty()
      try #require(try home.run("ask", "-m", "demo", "--save", "trip", "Old news").status == 0)
      try home.begin(fault)
      // The log, and its index, which is made first.
      for suffix in ["-wal", "-shm"] {
        home.environment["IRIS_FAULTY"] = home.path + "/data/iris/iris.sqlite" + suffix
        let asked = try home.run("ask", "-m", "demo", "--load", "trip", "New")
        #expect(asked.status == 73)
        #expect(asked.errors.contains(sentence), "\(suffix): \(asked.errors)")
      }
      home.environment["IRIS_FAULTY"] = home.path + "/data/iris/pictures"
      try home.write(Samples.png(7, 7), to: "one.png")
      let pictured = try home.run("ask", "-m", "demo", "--save", "other", "-i", "one.png", "Look")
      #expect(pictured.status == 73)
      #expect(pictured.errors.contains(sentence), "\(pictured.errors)")
    }
  }

  @Test func `A limit of files' sizes costs a sentence, not the program`() throws {
    let home = try Home()
    try home.write([UInt8](repeating: UInt8(ascii: "a"), count: 400_000), to: "long.txt")
    let outcome = try home.shell("ulimit -f 100; $IRIS ask --provider demo --save talk < long.txt")
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("iris.sqlite is as large as files may be here (ulimit -f)."))
  }

  @Test func `A limit of open files is raised, and told where it is too low`() throws {
    let home = try Home()
    let low = try home.shell("ulimit -Sn 8; $IRIS ask --provider demo --save talk Hello")
    #expect(low.status == 0, "\(low.errors)")
    for count in [5, 8, 31] {
      let outcome = try home.shell("ulimit -n \(count); $IRIS ask --provider demo Hello")
      #expect(outcome.status == 73)
      #expect(outcome.errors.contains("The limit of open files is \(count) here"))
    }
    let least = try home.shell("ulimit -n 32; $IRIS ask --provider demo --tool time Hello")
    #expect(least.status == 0, "\(least.errors)")
  }

  @Test(.enabled(if: Home.takesFaults))
  func `A store that cannot be written is read, and written again when it can be`()
    async throws
  {
    try await withServer { (server, _) async throws in
      let home = try server.faulty()
      try #require(try home.run("ask", "-m", "demo", "--save", "trip", "Old news").status == 0)
      try home.begin(.readonly)
      #expect(try home.run("list").output.hasPrefix("trip\t"))
      #expect(try home.run("show", "trip").output.contains("user\tOld news"))
      #expect(try home.run("export", "trip", "trip.md").status == 0)
      #expect(try home.text(of: "trip.md").contains("Old news"))
      #expect(try home.run("ask", "--load", "trip", "More").status == 73)

      let program = try home.chat("-m", "demo", columns: 240)
      try program.waits(for: "What is stored can be read", within: .slow)
      program.enter("/load trip")
      try program.waits(for: "user: Old news", within: .slow)
      try program.asks("Held in memory")
      try home.end(.readonly)
      try program.waits(for: Self.isBack, within: .slow)
      try program.kill()
      #expect(try home.run("show", "trip").output.contains("**user**: `Held in memory`"))
    }
  }

  @Test func `While another program has the store locked, the conversation goes on`()
    async throws
  {
    try await withServer { (home, _) async throws in
      let program = try home.chat("-m", "demo", columns: 160)
      try program.asks("One")
      let lock = try WriteLock(home)
      program.enter("Two")
      try program.waits(for: "Another program has locked", within: .slow)
      try program.waits(for: "user: Two", within: .slow)
      program.type("a draft that waits")
      lock.release()
      try program.waits(for: Self.isBack, within: .slow)
      try home.waits(untilStored: "a draft that waits")
      try program.kill()
      #expect(try home.run("show").output.contains("**user**: `Two`"))
    }
  }

  @Test(.enabled(if: Home.takesFaults))
  func `A clock that goes back changes no order`() async throws {
    try await withServer { (server, _) async throws in
      let home = try server.faulty()
      let program = try home.chat("-m", "demo")
      try program.asks("First")
      try home.begin(.back)
      try program.asks("Second")
      try program.asks("Third")
      try program.kill()
      let questions = try home.run("show").output.split(separator: "\n")
        .filter { $0.hasPrefix("user\t") }
      #expect(questions == ["user\tFirst", "user\tSecond", "user\tThird"])
      let again = try home.chat("--continue", "-m", "demo")
      try again.asks("Fourth")
    }
  }

  @Test func `A home that is not there is made`() async throws {
    try await withServer { (server, _) async throws in
      var home = server
      home.environment["HOME"] = home.path + "/not/there"
      for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
        home.environment["XDG_\(name)_HOME"] = nil
      }
      let program = try home.chat("-m", "demo")
      try program.asks("Anyone at home?")
      #expect(try program.quits() == .status(0))
      #expect(try home.run("show").output.contains("user\tAnyone at home?"))
    }
  }

  @Test func `Where no home can be made, it says so and talks on`() async throws {
    try await withServer { (server, _) async throws in
      var home = server
      for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
        home.environment["XDG_\(name)_HOME"] = "/dev/null/home"
      }
      let program = try home.chat("-m", "demo", columns: 160)
      try program.waits(for: "/dev/null/home", within: .slow)
      try program.asks("Still here?")
      try program.asks("And now?")
    }
  }
}
