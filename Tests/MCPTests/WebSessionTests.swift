import JSON
import Language
import MCP
import Synchronization
import Testing
import Tools

/// Sessions of older revisions over HTTP: how they end, and streams that break off in them.
@Suite struct WebSessionTests {
  typealias Received = WebTransportTests.Received
  typealias Answer = WebTransportTests.Answer

  private let base = WebTransportTests()

  private static func event(_ json: String, id: String? = nil, retry: Int? = nil) -> String {
    (retry.map { "retry: \($0)\n" } ?? "") + (id.map { "id: \($0)\n" } ?? "") + "data: \(json)\n\n"
  }

  private static func progress(_ number: Int) -> String {
    #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":\#(number)}}"#
  }

  private static func stream(_ events: String...) -> Answer {
    Answer(type: "text/event-stream", body: events.joined())
  }

  @Test(arguments: [200, 405, 500]) func `The end of the program ends the session`(status: Int)
    async throws
  {
    let answer: @Sendable (Received) -> Answer = { request in
      request.verb == "DELETE"
        ? Answer(status: status, body: "") : WebTransportTests.legacy(request)
    }
    let received = try await base.serving(answer, key: "sk-secret") { (server) async throws in
      #expect(await base.call(server) == ToolOutput([.text("x")]))
    }
    let last = try #require(received.last)
    #expect(last.verb == "DELETE" && received.count { $0.verb == "DELETE" } == 1)
    #expect(last.headers["mcp-session-id"] == "session-2")
    #expect(last.headers["mcp-protocol-version"] == "2025-06-18")
    #expect(last.headers["authorization"] == "Bearer sk-secret")
  }

  @Test func `A server without sessions is told of no end`() async throws {
    let answer: @Sendable (Received) -> Answer = { request in
      var answer = WebTransportTests.legacy(request)
      answer.headers = [:]
      return answer
    }
    let received = try await base.serving(answer) { (server) async throws in
      _ = await base.call(server)
    }
    #expect(received.allSatisfy { $0.verb == "POST" })
  }

  @Test
  func `A stream that breaks off is gone on with behind its last event, as often as it takes`()
    async throws
  {
    let told = Mutex<[String]>([])
    let number = Mutex("")
    let answer: @Sendable (Received) -> Answer = { request in
      switch (request.verb, request.method) {
      case ("POST", "tools/call"):
        number.withLock { $0 = "\(request.id)" }
        // An event whose blank line is missing did not come whole.
        return Self.stream(
          Self.event(Self.progress(1), id: "a", retry: 1), "id: b\ndata: {\"half\":")
      case ("GET", _) where request.headers["last-event-id"] == "a":
        return Self.stream(Self.event(Self.progress(2), id: "b"))
      case ("GET", _):
        let id = number.withLock { $0 }
        return Self.stream(
          Self.event(
            #"{"jsonrpc":"2.0","id":\#(id),"result":{"content":[{"type":"text","text":"z"}]}}"#,
            id: "c"))
      default: return WebTransportTests.legacy(request)
      }
    }
    let received = try await base.serving(answer) { (server) async throws in
      let output = await base.call(
        server, progress: { words in told.withLock { $0.append(words) } })
      #expect(output == ToolOutput([.text("z")]))
    }
    #expect(told.withLock { $0 } == ["1", "2"])
    let resumed = received.filter { $0.verb == "GET" }
    #expect(resumed.map { $0.headers["last-event-id"] } == ["a", "b"])
    #expect(resumed.allSatisfy { $0.headers["mcp-session-id"] == "session-2" })
    #expect(received.count { $0.method == "tools/call" } == 1)
  }

  @Test(arguments: ["a", nil] as [String?])
  func `Where the server does not go on, the call has failed and is not made again`(id: String?)
    async throws
  {
    let answer: @Sendable (Received) -> Answer = { request in
      if request.verb == "GET" { return Answer(status: 405, body: "") }
      guard request.method == "tools/call" else { return WebTransportTests.legacy(request) }
      return Self.stream(Self.event(Self.progress(1), id: id, retry: 1))
    }
    let received = try await base.serving(answer) { (server) async throws in
      #expect(await base.call(server).isError)
    }
    #expect(received.count { $0.method == "tools/call" } == 1)
    #expect(received.count { $0.verb == "GET" } == (id == nil ? 0 : 1))
  }

  @Test func `A call that is given up is cancelled at the server too`() async throws {
    let started = AsyncStream.makeStream(of: Void.self)
    let answer: @Sendable (Received) -> Answer = { request in
      guard request.method == "tools/call" else { return WebTransportTests.legacy(request) }
      started.continuation.yield()
      return Self.stream(Self.event(Self.progress(1), id: "a", retry: 20_000))
    }
    let cancelled = AsyncStream.makeStream(of: Void.self)
    let notified: @Sendable (Received) -> Void = { notice in
      if notice.method == "notifications/cancelled" { cancelled.continuation.yield() }
    }
    let received = try await base.serving(answer, notified: notified) { (server) async throws in
      let call = Task { await base.call(server) }
      for await _ in started.stream { break }
      call.cancel()
      #expect(await call.value.isError)
      for await _ in cancelled.stream { break }
    }
    let request = try #require(received.first { $0.method == "tools/call" })
    let notice = try #require(received.first { $0.method == "notifications/cancelled" })
    #expect(notice.json["params"]?["requestId"] == request.json["id"])
    #expect(notice.headers["mcp-session-id"] == "session-2")
  }
}
