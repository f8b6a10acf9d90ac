import DemoServer
import Glibc
import LoopbackSockets
import TerminalEmulator
import Testing

/// Which server is asked: the conversation's own, and no other without a word.
@Suite(.seated) struct ServerTests {
  private static let warning = "is not configured here"

  @Test func `A question in a stored conversation goes to no other server than its own`()
    async throws
  {
    try await withServer { (home, first) async throws in
      #expect(try home.run("ask", "-m", "demo", "--save", "talk", "Secret").status == 0)
      try await withServer { (other, second) async throws in
        var home = home
        home.environment["OPENAI_BASE_URL"] = other.environment["OPENAI_BASE_URL"]
        let outcome = try home.run("ask", "--load", "talk", "More")
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(Self.warning))
        #expect(second.requests.isEmpty)
        let told = try home.run("ask", "--load", "talk", "--provider", "openai", "-m", "demo", "So")
        #expect(told.status == 0)
        #expect(try second.sent().map(\.messages.count) == [3])
        #expect(try first.sent().count == 1)
      }
    }
  }

  @Test func `On the screen nothing of it is sent before the user says so`() async throws {
    try await withServer { (home, _) async throws in
      #expect(try home.run("ask", "-m", "demo", "--save", "talk", "Secret").status == 0)
      try await withServer { (other, second) async throws in
        var home = home
        home.environment["OPENAI_BASE_URL"] = other.environment["OPENAI_BASE_URL"]
        let program = try home.chat("--load", "talk", columns: 160)
        try program.waits(for: Self.warning, within: .slow)
        program.enter("More")
        try program.waits(for: "not answered yet", within: .slow)
        #expect(try second.sent().isEmpty)
        program.enter("/send")
        try program.waits(for: "user: More", within: .slow)
        #expect(try second.sent().map(\.messages.count) == [3])
      }
    }
  }

  @Test func `A server that fails is asked again, with a countdown that Esc ends`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo-error-503", columns: 120)
      program.enter("Hello")
      try program.waits(for: "trying again in 1 s, Esc stops: ", within: .slow)
      program.press(.escape)
      try program.waits(for: "not answered yet, /send asks again", within: .slow)
      #expect(try log.sent().count <= 2)
    }
  }

  @Test func `A stored question has its model in the list`() async throws {
    try await withServer { (home, _) async throws in
      #expect(try home.run("ask", "-m", "demo", "--save", "talk", "One").status == 0)
      #expect(try home.run("list").output.hasSuffix("\tdemo\n"))
    }
    let home = try Home()
    #expect(try home.run("ask", "--save", "talk", "One").status == 0)
    #expect(try home.run("list").output.hasSuffix("\tdemo\n"))
  }

  @Test func `Without a model the server's are named`() async throws {
    try await withServer { (home, log) async throws in
      let outcome = try home.run("ask", "Hi")
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("Name one with --model; the server offers demo"))
      #expect(try log.sent().isEmpty)
    }
  }

  @Test func `A model server of this machine is offered, and takes the demo's place`()
    async throws
  {
    let log = RequestLog()
    let server = try await DemoServer.start(
      pace: .milliseconds(1), log: log, executor: Seats.ofServers)
    let port = try #require(server.baseURL.split(separator: ":").last?.split(separator: "/").first)
    var home = try Home()
    home.environment["IRIS_LOCAL_PORTS"] = "lmstudio=1,ollama=\(port)"
    let program = try home.chat(columns: 160)
    try program.waits(for: "ollama answers at 127.0.0.1:\(port).", within: .slow)
    #expect(log.requests.allSatisfy { $0.headers["Authorization"] == nil })
    program.enter("/provider ollama")
    // The models that come behind it say the same, and stay.
    try program.waits(for: "127.0.0.1:\(port) offers", within: .slow)
    program.enter("/model demo")
    try program.waits(for: "The model is demo now.", within: .slow)
    try program.asks("Hello")
    #expect(try log.sent().count == 1)
    await server.stop()
  }

  @Test func `A port that takes connections and never answers holds nothing up`() throws {
    let silence = try Silence()
    var home = try Home()
    home.environment["IRIS_LOCAL_PORTS"] = "ollama=\(silence.port)"
    let program = try home.chat()
    try program.asks("Hello")
    #expect(try program.quits() == .status(0))
  }
}

/// A port of 127.0.0.1 that takes connections and says nothing; closed with the value.
private struct Silence: ~Copyable {
  let port: UInt16
  private let descriptor: Int32

  init() throws {
    let socket = try LoopbackSocket.bound(backlog: 8)
    (descriptor, port) = (socket.descriptor, UInt16(socket.port))
  }

  deinit { close(descriptor) }
}
