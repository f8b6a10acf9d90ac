import DemoServer
import LoopbackSockets
import TerminalEmulator
import Testing

/// Servers that fail: one line, nothing lost, and the program goes on.
@Suite(.seated) struct FailureTests {
  @Test func `A refused key is said, and the message can be sent again`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo-error-401", columns: 160)
      program.enter("Hello")
      try program.waits(for: "refuses the key", within: .slow)
      try program.waits(for: "not answered yet, /send asks again")
      #expect(!program.screen.contains("sk-test"))
      program.enter("/model demo")
      try program.waits(for: "The model is demo now.")
      program.enter("/send")
      try program.waits(for: "user: Hello", within: .slow)
      #expect(try log.sent().map(\.messages.count) == [1, 1])
    }
  }

  @Test func `A server that is not there is said, and asked again when it is`() async throws {
    var port: SilentPort? = try SilentPort()
    let number = try #require(port?.number)
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = "http://127.0.0.1:\(number)/v1"
    home.environment["OPENAI_API_KEY"] = "sk-test"
    let program = try home.chat("-m", "demo", columns: 160)
    program.enter("Hello")
    try program.waits(for: "does not take connections", within: .slow)
    program.press(.escape)
    try program.waits(for: "not answered yet, /send asks again", within: .slow)
    port = nil
    let server = try await DemoServer.start(
      port: UInt16(number), pace: .milliseconds(1), executor: Seats.ofServers)
    program.enter("/send")
    try program.waits(for: "user: Hello", within: .slow)
    await server.stop()
  }

  @Test(arguments: ["demo-cut", "demo-error"])
  func `A reply that breaks off is kept and marked`(model: String) async throws {
    try await withServer { (home, _) async throws in
      let program = try home.chat("-m", model, columns: 120, rows: 40)
      program.enter("Hello")
      try program.waits(for: "cut off, /send lets it go on", within: .slow)
      #expect(program.screen.contains("This is the demo, not a model"))
      program.enter("/model demo")
      try program.waits(for: "The model is demo now.")
      try program.asks("Are you there?")
    }
  }

  @Test func `A model that cannot see offers what helps`() async throws {
    try await withServer { (home, _) async throws in
      try home.write(Samples.png(3, 3), to: "a.png")
      let program = try home.chat("-m", "demo-blind", "-i", "a.png", columns: 160)
      try program.waits(for: "a.png 3×3", within: .slow)
      program.enter("Look")
      try program.waits(for: "/forget 1", within: .slow)
      program.enter("/forget 1 pictures")
      try program.waits(for: "are left out now")
      program.enter("/send")
      try program.waits(for: "0 pictures", within: .slow)
    }
  }
}
