import ChatAPI
import Conversation
import FlyingFox
import FlyingSocks
import Foundation
import JSON
import Language
import MCP
import Synchronization
import Testing
import Tools

/// Servers over HTTP: answers as JSON and as events, sessions, and the headers that say again what the
/// body says.
@Suite struct WebTransportTests {
  /// A request as the server got it.
  struct Received: Sendable {
    /// Like `POST`.
    var verb: String
    var headers: [String: String]
    var json: WireValue

    var method: String? { json["method"]?.string }
    var id: WireValue { json["id"] ?? .null }
  }

  /// What the server answers to a request.
  struct Answer: Sendable {
    var status = 200
    var type = "application/json"
    var headers: [String: String] = [:]
    var body: String

    /// A result, for the request's number.
    static func result(_ json: String, to request: Received) -> Answer {
      Answer(body: #"{"jsonrpc":"2.0","id":\#(request.id),"result":\#(json)}"#)
    }

    /// Messages as events, the last one the result.
    static func events(_ messages: [String], result: String, to request: Received) -> Answer {
      let last = Answer.result(result, to: request).body
      let events = (messages + [last]).map { "event: message\ndata: \($0)\n\n" }
      return Answer(type: "text/event-stream", body: ": hello\n\n" + events.joined())
    }
  }

  /// Serves `answer` on loopback while `body` uses the server; what it received.
  func serving(
    _ answer: @escaping @Sendable (Received) -> Answer, key: String? = nil,
    notified: @escaping @Sendable (Received) -> Void = { _ in }, leavesOpen: Bool = false,
    _ body: (MCPServer) async throws -> Void
  ) async throws -> [Received] {
    let log = Received.Log()
    let http = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
    await http.appendRoute("/mcp") { request in
      let headers = request.headers.reduce(into: [String: String]()) { all, header in
        all[header.key.rawValue.lowercased()] = header.value
      }
      let json = WireValue(parsing: Array(try await request.bodyData)) ?? .null
      let received = Received(verb: request.method.rawValue, headers: headers, json: json)
      log.all.withLock { $0.append(received) }
      guard json["id"] != nil || received.verb != "POST" else {
        notified(received)
        if leavesOpen {
          return HTTPResponse(
            statusCode: .ok, headers: [.contentType: "text/event-stream"],
            body: HTTPBodySequence(from: OpenBody(), suggestedBufferSize: 1))
        }
        return HTTPResponse(statusCode: .accepted)
      }
      let answer = answer(received)
      var fields: HTTPHeaders = [.contentType: answer.type]
      for (name, value) in answer.headers { fields[HTTPHeader(name)] = value }
      return HTTPResponse(
        statusCode: HTTPStatusCode(answer.status, phrase: "x"), headers: fields,
        body: Data(answer.body.utf8))
    }
    let running = Task { try await http.run() }
    defer { running.cancel() }
    try await http.waitUntilListening(timeout: 120)
    guard case .ip4(_, let port)? = await http.listeningAddress else {
      Issue.record("no port")
      return []
    }
    var provider = try Provider("http://127.0.0.1:\(port)/mcp")
    provider.base = try #require(WebAddress("http://127.0.0.1:\(port)/mcp"))
    provider.apiKey = key.flatMap { APIKey($0) }
    let settings = MCPServerSettings(name: "web", place: .web(provider, ChatClient()))
    let server = MCPServer(
      settings, version: "1", answersQuestions: true, pause: { try await Task.sleep(for: $0) })
    try await body(server)
    await server.close()
    return log.all.withLock { $0 }
  }

  func call(
    _ server: MCPServer, _ tool: String = "echo", _ arguments: String = "{}",
    progress: @escaping @Sendable (String) -> Void = { _ in },
    answer: ElicitationAnswer = .decline
  ) async -> ToolOutput {
    await server.call(
      tool, arguments: arguments,
      MCPServer.CallContext(progress: progress, ask: { _ in answer }))
  }

  private static let tools =
    #"{"tools":[{"name":"echo","inputSchema":{"type":"object","properties":{"city":{"type":"string","x-mcp-header":"City"}}}},{"name":"bad","inputSchema":{"type":"object","properties":{"n":{"type":"number","x-mcp-header":"N"}}}}]}"#

  private static func modern(_ request: Received) -> Answer {
    switch request.method {
    case "server/discover":
      .result(#"{"supportedVersions":["2026-07-28"],"capabilities":{}}"#, to: request)
    case "tools/list": .result(tools, to: request)
    default: .result(#"{"content":[{"type":"text","text":"x"}]}"#, to: request)
    }
  }

  @Test func `The newest revision says in headers what the body says`() async throws {
    let received = try await serving(Self.modern, key: "sk-secret") { (server) async throws in
      // A tool whose mark breaks the rules is left out.
      #expect(try await server.listTools().map(\.name) == ["echo"])
      #expect(await call(server, "echo", #"{"city":"Zürich"}"#) == ToolOutput([.text("x")]))
    }
    #expect(received.map(\.method) == ["server/discover", "tools/list", "tools/call"])
    #expect(received.allSatisfy { $0.headers["mcp-protocol-version"] == "2026-07-28" })
    #expect(received.map { $0.headers["mcp-method"] } == received.map(\.method))
    #expect(received.allSatisfy { $0.headers["authorization"] == "Bearer sk-secret" })
    #expect(received.last?.headers["mcp-name"] == "echo")
    #expect(received.last?.headers["mcp-param-city"] == "=?base64?WsO8cmljaA==?=")
    #expect(
      received.first?.headers["accept"] == "application/json, text/event-stream")
  }

  @Test func `What a notification is answered is not waited for`() async throws {
    let received = try await serving(Self.legacy, leavesOpen: true) { (server) async throws in
      #expect(try await server.listTools().map(\.name) == ["echo"])
    }
    #expect(received.contains { $0.method == "notifications/initialized" })
    #expect(received.contains { $0.method == "tools/list" })
  }

  @Test func `An answer may be a stream of events`() async throws {
    let told = Mutex<[String]>([])
    let answer: @Sendable (Received) -> Answer = { request in
      guard request.method == "tools/call" else { return Self.modern(request) }
      let token = request.id
      return .events(
        [
          #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":\#(token),"progress":1,"message":"half"}}"#
        ], result: #"{"content":[{"type":"text","text":"y"}]}"#, to: request)
    }
    _ = try await serving(answer) { (server) async throws in
      let output = await call(server, progress: { words in told.withLock { $0.append(words) } })
      #expect(output == ToolOutput([.text("y")]))
    }
    #expect(told.withLock { $0 } == ["1 half"])
  }

  /// An older server, whose second session begins after it forgot the first.
  static func legacy(_ request: Received) -> Answer {
    switch request.method {
    case _ where request.verb == "DELETE": return Answer(body: "")
    case "server/discover":
      return Answer(
        status: 400,
        body:
          #"{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"Bad Request: No valid session ID provided"}}"#
      )
    case "initialize":
      var answer = Answer.result(
        #"{"protocolVersion":"2025-06-18","capabilities":{}}"#, to: request)
      answer.headers["Mcp-Session-Id"] = "session-\(request.id)"
      return answer
    case "tools/list": return .result(tools, to: request)
    default: return .result(#"{"content":[{"type":"text","text":"x"}]}"#, to: request)
    }
  }

  @Test func `An older server gets the handshake, its session and its revision`() async throws {
    let received = try await serving(Self.legacy) { (server) async throws in
      _ = try await server.listTools()
      #expect(await server.status.revision == .june2025)
    }
    #expect(
      received.map(\.method) == [
        "server/discover", "initialize", "notifications/initialized", "tools/list", nil,
      ])
    #expect(received.last?.verb == "DELETE")
    #expect(received[1].headers["mcp-session-id"] == nil)
    for request in received.dropFirst(2) {
      #expect(request.headers["mcp-session-id"] == "session-2")
      #expect(request.headers["mcp-protocol-version"] == "2025-06-18")
    }
  }

  @Test
  func `Where the server has forgotten the session, a new one begins and the call goes again`()
    async throws
  {
    let answer: @Sendable (Received) -> Answer = { request in
      if request.method == "tools/call", request.headers["mcp-session-id"] == "session-2" {
        return Answer(
          status: 404,
          body: #"{"jsonrpc":"2.0","id":"x","error":{"code":-32600,"message":"Session not found"}}"#
        )
      }
      return Self.legacy(request)
    }
    let received = try await serving(answer) { (server) async throws in
      #expect(await call(server) == ToolOutput([.text("x")]))
    }
    let calls = received.filter { $0.method == "tools/call" }
    #expect(calls.map { $0.headers["mcp-session-id"] } == ["session-2", "session-4"])
  }

  @Test func `A question in the stream of an older server is answered by a message of its own`()
    async throws
  {
    let question =
      #"{"jsonrpc":"2.0","id":"q","method":"elicitation/create","params":{"message":"Who?","requestedSchema":{"type":"object","properties":{"name":{"type":"string"}}}}}"#
    let answer: @Sendable (Received) -> Answer = { request in
      guard request.method == "tools/call" else { return Self.legacy(request) }
      return .events([question], result: #"{"content":[]}"#, to: request)
    }
    let received = try await serving(answer) { (server) async throws in
      _ = await call(server, answer: .accept(content: #"{"name":"Mo"}"#))
    }
    let reply = received.first { $0.json["id"]?.string == "q" }
    #expect(reply?.json["result"]?["content"] == ["name": "Mo"])
    #expect(reply?.headers["mcp-session-id"] == "session-2")
  }

  struct Refusal: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var answer: Answer
    /// What the sentence says.
    var words: String
  }

  static let refusals = [
    Refusal(
      testDescription: "no key", answer: Answer(status: 401, body: "{}"), words: "401"),
    Refusal(
      testDescription: "a redirect",
      answer: Answer(status: 307, headers: ["Location": "http://127.0.0.1:1/x"], body: ""),
      words: "127.0.0.1:1"),
    Refusal(
      testDescription: "an error of its own", answer: Answer(status: 500, body: "oops"),
      words: "500"),
    Refusal(
      testDescription: "a page", answer: Answer(type: "text/html", body: "<p>Hello</p>"),
      words: "does not speak the Model Context Protocol"),
  ]

  @Test(arguments: refusals) func `What is no server of the protocol is told`(_ row: Refusal)
    async throws
  {
    let answer: @Sendable (Received) -> Answer = { _ in row.answer }
    _ = try await serving(answer) { (server) async throws in
      do throws(MCPError) {
        _ = try await server.listTools()
        Issue.record("it was taken for a server")
      } catch {
        #expect(error.phrase(of: "web").text().contains(row.words))
      }
    }
  }

  @Test func `A key goes to no other machine in plain http`() async throws {
    var provider = try Provider("http://mcp.example.com/mcp")
    provider.apiKey = APIKey("sk-secret")
    let settings = MCPServerSettings(name: "web", place: .web(provider, ChatClient()))
    let server = MCPServer(settings, version: "1", answersQuestions: true, pause: { _ in })
    await #expect(throws: MCPError.self) { try await server.listTools() }
    #expect(await server.status.error?.phrase(of: "web").text().contains("sk-secret") == false)
  }
}

extension WebTransportTests.Received {
  /// What was received, in order.
  fileprivate final class Log: Sendable {
    let all = Mutex<[WebTransportTests.Received]>([])
  }
}

/// An answer's body of which nothing comes, and that has no end before its server's.
private struct OpenBody: AsyncBufferedSequence, Sendable {
  struct Iterator: AsyncBufferedIteratorProtocol {
    mutating func next() async -> UInt8? { await nextBuffer(suggested: 1)?.first }

    mutating func nextBuffer(suggested count: Int) async -> ArraySlice<UInt8>? {
      let nothing = AsyncStream<Never> { _ in }
      for await _ in nothing {}
      return nil
    }
  }

  func makeAsyncIterator() -> Iterator { Iterator() }
}
