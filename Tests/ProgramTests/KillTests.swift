import DemoServer
import Foundation
import GRDB
import SeededNumbers
import TerminalEmulator
import Testing

/// Kills at any moment, by -9, TERM and HUP in turn: what was shown for a while is there, and the store
/// is sound.
///
/// `IRIS_KILLS` says how many kills all phases make together, and has them counted on standard
/// output; there are 30 where it is not set: each phase once by each.
@Suite(.seated) struct KillTests {
  /// What the program is doing when it is killed.
  enum Phase: String, CaseIterable, Sendable {
    case typing, attaching, sending, thinking, streaming, ending
    case saving, exporting, importing, migrating
  }

  private static let kills = ProcessInfo.processInfo.environment["IRIS_KILLS"].flatMap(Int.init)

  @Test(arguments: Phase.allCases)
  func `A kill at any moment loses nothing that was acknowledged`(phase: Phase) async throws {
    try await withServer(pace: .milliseconds(2)) { (home, log) async throws in
      let count = Phase.allCases.count
      let rounds = ((Self.kills ?? 30) + count - 1) / count
      var victim = try Victim(
        home: home, log: log, numbers: SeededGenerator(seed: UInt64(phase.rawValue.count)))
      for round in 1...rounds {
        try victim.suffer(phase, round)
        #expect(try Self.verdict(home) == ["ok"], "round \(round)")
      }
      if Self.kills != nil {
        print("\(phase): \(rounds) kills, \(victim.kept) acknowledgements kept")
      }
    }
  }

  /// What SQLite says of a home's database; also that none was set aside.
  private static func verdict(_ home: Home) throws -> [String] {
    let folder = home.path + "/data/iris"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    #expect(!files.contains { $0.contains("damaged") })
    guard files.contains("iris.sqlite") else { return ["ok"] }
    return try DatabaseQueue(path: folder + "/iris.sqlite").read {
      try String.fetchAll($0, sql: "PRAGMA integrity_check")
    }
  }
}

/// A program that is killed again and again in one home.
private struct Victim {
  let home: Home
  let log: RequestLog
  var numbers: SeededGenerator
  /// What ends the program in this round.
  private var signal = SIGKILL
  /// How much was acknowledged before a kill, and found after it.
  var kept = 0
  private let clock = ContinuousClock()

  /// What was on the screen for so long is on the disk: a clock's step, and time to write it.
  ///
  /// The signals other than SIGKILL leave the program the time that it needs.
  private var settled: Duration { signal == SIGKILL ? .milliseconds(500) : .zero }

  init(home: Home, log: RequestLog, numbers: SeededGenerator) throws {
    self.home = home
    self.log = log
    self.numbers = numbers
    try home.write(Array(Self.export.utf8), to: "conversations.json")
  }

  mutating func suffer(_ phase: KillTests.Phase, _ round: Int) throws {
    signal = [SIGKILL, SIGTERM, SIGHUP][round % 3]
    switch phase {
    case .typing: try typing(round)
    case .attaching: try attaching(round)
    case .sending: try sending(round)
    case .thinking: try thinking(round)
    case .streaming: try streaming(after: random(below: 300))
    case .ending: try ending()
    case .saving: try saving(round)
    case .exporting: try exporting(round)
    case .importing: try importing()
    case .migrating: try migrating(round)
    }
  }

  private mutating func random(below bound: Int) -> Int { Int(numbers.next() % UInt64(bound)) }

  /// Says each text, kills after it at a moment of chance; the texts that had time to settle.
  private mutating func kill(
    _ program: TerminalProgram, after texts: [String], saying: (String) -> Void
  ) throws -> [String] {
    var shown: [(text: String, at: ContinuousClock.Instant)] = []
    for text in texts.prefix(1 + random(below: texts.count)) {
      saying(text)
      try program.waits(for: text, within: .slow)
      shown.append((text, clock.now))
      _ = poll(nil, 0, Int32(random(below: 120)))
    }
    _ = poll(nil, 0, Int32(random(below: 700)))
    let end = clock.now
    try self.end(program)
    return shown.filter { $0.at <= end - settled }.map(\.text)
  }

  /// Ends a program on the screen, which answers TERM and HUP by its exit status.
  private func end(_ program: TerminalProgram) throws {
    program.signal(signal)
    let exit = try program.waitsForExit(within: .slow)
    #expect(exit == (signal == SIGKILL ? .signal(SIGKILL) : .status(128 + signal)))
  }

  private mutating func typing(_ round: Int) throws {
    let program = try home.chat("-m", "demo")
    let words = (1...8).map { "r\(round)w\($0)." }
    for word in try kill(program, after: words, saying: { program.type($0) }) {
      #expect(home.isStored(word, in: "data"), "\(word)")
      kept += 1
    }
  }

  private mutating func attaching(_ round: Int) throws {
    let program = try home.chat("-m", "demo", columns: 160)
    let widths = (1...3).map { 4 * round + $0 }
    for width in widths { try home.write(Samples.png(width, 2), to: "p\(width).png") }
    let lines = widths.map { "p\($0).png \($0)×2" }
    let saying = { (line: String) in
      program.enter("/attach " + line.prefix { $0 != " " })
    }
    for line in try kill(program, after: lines, saying: saying) {
      let name = String(line.prefix { $0 != " " })
      #expect(home.isStored(name, in: "data"), "\(name)")
      let png = try Data(contentsOf: URL(filePath: home.path + "/" + name))
      #expect(home.files(in: "data/iris/pictures").contains { $0 == png }, "\(name)")
      kept += 1
    }
  }

  /// Between Enter and the first word of the reply: no question leaves that is not on the disk.
  private mutating func sending(_ round: Int) throws {
    let program = try home.chat("-m", "demo")
    let asked = log.questionCount
    program.type("question r\(round).\r")
    _ = poll(nil, 0, Int32(random(below: 120)))
    try end(program)
    guard log.questionCount > asked else { return }
    #expect(try home.run("list", "--search", "r\(round).").output.contains("question r\(round)."))
    kept += 1
  }

  private mutating func thinking(_ round: Int) throws {
    let program = try home.chat("-m", "demo-think")
    let asked = log.questionCount
    program.enter("question r\(round).")
    let thoughts = [" \(20 * round) ", " \(20 * round + 7) "]
    try home.waits(untilStored: thoughts[0], thoughts[1])
    _ = poll(nil, 0, Int32(random(below: 300)))
    try end(program)
    let found = try home.run("list", "--search", "r\(round).").output
    #expect(log.questionCount == asked || found.contains("question r\(round)."))
    #expect(thoughts.contains { home.isStored($0, in: "data") })
    kept += 2
  }

  private mutating func streaming(after number: Int, of last: Int = 100_000) throws {
    let number = try CrashTests.crash(home, after: number, of: last) { program in
      if last < 1_000 { _ = poll(nil, 0, 60) }
      try end(program)
      return settled > .zero ? .milliseconds(300) : .zero
    }
    let shown = try home.run("show")
    #expect(shown.status == 0, "\(shown.errors)")
    #expect(number == 0 || shown.output.contains(" \(number)"))
    #expect(shown.output.contains("count \(last)"))
    kept += number == 0 ? 1 : 2
  }

  /// About the last word of a short reply.
  private mutating func ending() throws {
    try streaming(after: 30 + random(below: 29), of: 60)
  }

  private mutating func saving(_ round: Int) throws {
    let program = try home.chat("-m", "demo")
    program.enter("/role assistant")
    try program.waits(for: "assistant ▸")
    let notes = (1...8).map { "note r\(round). n\($0)." }
    let saved = try kill(program, after: notes, saying: { program.enter($0) })
    let found = try home.run("list", "--search", "r\(round).").output
    for note in saved {
      #expect(found.contains(note), "\(note)")
      kept += 1
    }
  }

  /// The file is not there, or whole.
  private mutating func exporting(_ round: Int) throws {
    if round == 1 {
      try home.write(Samples.png(600, 400), to: "a.png")
      let asked = try home.run("ask", "-m", "demo", "-i", "a.png", "--save", "talk", "long 3")
      #expect(asked.status == 0, "\(asked.errors)")
      #expect(try home.run("export", "talk", "whole.iris.json").status == 0)
    }
    try kill(["export", "talk", "out.iris.json"], within: 300)
    guard let text = try? home.text(of: "out.iris.json") else { return }
    #expect(text == (try home.text(of: "whole.iris.json")))
    kept += 1
    try home.remove("out.iris.json")
  }

  /// All of it is in the store, or nothing.
  private mutating func importing() throws {
    try kill(["import", "conversations.json"], within: 1_500)
    let count = try home.run("list").output.split(separator: "\n").count
    #expect(count % Self.exportedCount == 0, "\(count)")
    kept += count / Self.exportedCount
  }

  /// The first start in a new home, which makes the tables.
  private mutating func migrating(_ round: Int) throws {
    try? home.remove("data")
    try kill(["list"], within: 150)
    #expect(try home.run("ask", "-m", "demo", "--save", "n", "Hello").status == 0)
    #expect(try home.run("list").output.hasPrefix("n\t"))
    kept += 1
  }

  private mutating func kill(_ arguments: [String], within milliseconds: Int) throws {
    let program = try TerminalProgram(
      Home.program, arguments, environment: home.environment, directory: home.path)
    _ = poll(nil, 0, Int32(random(below: milliseconds)))
    program.signal(signal)
    _ = try program.waitsForExit(within: .slow)
  }

  private static let exportedCount = 200

  /// Conversations as ChatGPT exports them.
  private static let export: String = {
    let text = String(repeating: "What is this bridge? ", count: 40)
    let talk = """
      {"title": "talk", "mapping": {"q": {"message": {"author": {"role": "user"},
        "content": {"content_type": "text", "parts": ["\(text)"]}, "metadata": {}}}}}
      """
    return "[" + Array(repeating: talk, count: exportedCount).joined(separator: ",\n") + "]"
  }()
}

extension Home {
  /// The contents of all files below a folder.
  fileprivate func files(in folder: String) -> [Data] {
    let url = URL(filePath: path).appending(path: folder)
    let files = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).compactMap { try? Data(contentsOf: $0) }
  }
}
