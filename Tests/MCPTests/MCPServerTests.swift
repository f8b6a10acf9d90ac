import Conversation
import JSON
import Language
import MCP
import Processes
import Synchronization
import Testing
import Tools

/// Servers on pipes: their revisions, tools and calls, and all that goes wrong with them.
@Suite struct MCPServerTests {
  private static let modern = ScriptedServer.modern
  private static let legacy = ScriptedServer.legacy
  private static let echo = ScriptedServer.echo

  // MARK: - Revisions

  @Test
  func `A server of the newest revision gets no handshake, and all of itself in each request`()
    async throws
  {
    let script = try ScriptedServer(Self.modern + Self.echo)
    #expect(try await script.server.listTools().map(\.name) == ["echo"])
    #expect(await script.server.status.revision == .stateless)
    await script.server.close()
    let requests = script.received.compactMap { JSONValue(parsing: $0) }
    #expect(requests.map { $0["method"]?.string } == ["server/discover", "tools/list"])
    for request in requests {
      let meta = request["params"]?["_meta"]
      #expect(meta?["io.modelcontextprotocol/protocolVersion"]?.string == "2026-07-28")
      #expect(meta?["io.modelcontextprotocol/clientInfo"]?["name"]?.string == "iris")
      let capabilities = meta?["io.modelcontextprotocol/clientCapabilities"]
      #expect(capabilities?["elicitation"]?["url"] == [:])
    }
  }

  @Test func `An older server gets the handshake`() async throws {
    let script = try ScriptedServer(Self.legacy + Self.echo)
    _ = try await script.server.listTools()
    #expect(await script.server.status.revision == .june2025)
    await script.server.close()
    let methods = script.received.compactMap { JSONValue(parsing: $0)?["method"]?.string }
    #expect(
      methods == ["server/discover", "initialize", "notifications/initialized", "tools/list"])
  }

  @Test func `An older server that does not answer what it does not know gets the handshake`()
    async throws
  {
    let silent = Self.legacy.split(separator: "\n").dropFirst().joined(separator: "\n")
    let script = try ScriptedServer(silent + "\n" + Self.echo, probeLimit: .milliseconds(50))
    _ = try await script.server.listTools()
    #expect(await script.server.status.revision == .june2025)
    await script.server.close()
  }

  @Test func `A server that is known to be an older one gets the handshake at once`() async throws {
    let script = try ScriptedServer(Self.legacy + Self.echo, knownRevision: .june2025)
    _ = try await script.server.listTools()
    await script.server.close()
    #expect(!script.received.contains { $0.contains("server/discover") })
  }

  @Test func `A server that has been renewed since is asked anew`() async throws {
    let refusal = "*'\"method\":\"initialize\"'*) error '{\"code\":-32601,\"message\":\"no\"}';;\n"
    let script = try ScriptedServer(
      refusal + Self.modern + Self.echo, knownRevision: .november2025)
    _ = try await script.server.listTools()
    #expect(await script.server.status.revision == .stateless)
    await script.server.close()
  }

  @Test func `A server that speaks only other revisions is told with them`() async throws {
    let script = try ScriptedServer(
      #"""
      *'"method":"server/discover"'*)
        error '{"code":-32022,"message":"Unsupported","data":{"supported":["2031-01-01"]}}';;
      """#)
    await #expect(throws: MCPError.noCommonRevision(["2031-01-01"])) {
      try await script.server.listTools()
    }
  }

  // MARK: - Tools

  @Test func `All pages of the list are read, and a list without an end is left`() async throws {
    let pages = #"""
      *'"method":"tools/list"'*'"cursor":"b"'*)
        result '{"tools":[{"name":"two","inputSchema":{"type":"object"}}],"nextCursor":"b"}';;
      *'"method":"tools/list"'*)
        result '{"tools":[{"name":"one","inputSchema":{"type":"object"}},{"name":"bad"}],"nextCursor":"b"}';;
      """#
    let script = try ScriptedServer(Self.modern + pages)
    #expect(try await script.server.listTools().map(\.name) == ["one", "two"])
    await script.server.close()
  }

  @Test func `Only the tools that are named are taken`() async throws {
    let tools = #"""
      *'"method":"tools/list"'*)
        result '{"tools":[{"name":"a","inputSchema":{"type":"object"}},{"name":"b","inputSchema":{"type":"object"}}]}';;
      """#
    let script = try ScriptedServer(Self.modern + tools, included: ["b"])
    #expect(try await script.server.listTools().map(\.name) == ["b"])
    await script.server.close()
  }

  @Test func `Tools are listed again when the server says that they are others`() async throws {
    let changing = #"""
      *'"method":"tools/list"'*)
        if [ -z "$again" ]; then again=1
          result '{"tools":[{"name":"old","inputSchema":{"type":"object"}}]}'
        else result '{"tools":[{"name":"new","inputSchema":{"type":"object"}}]}'; fi;;
      *'"method":"tools/call"'*)
        say '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}'
        result '{"content":[]}';;
      """#
    let (changes, continuation) = AsyncStream.makeStream(of: Void.self)
    let script = try ScriptedServer(
      Self.legacy + changing, onToolsChanged: { continuation.yield() })
    #expect(try await script.server.listTools().map(\.name) == ["old"])
    #expect(try await script.server.listTools().map(\.name) == ["old"])
    _ = await script.call("old")
    for await _ in changes { break }
    #expect(try await script.server.listTools().map(\.name) == ["new"])
    await script.server.close()
  }

  // MARK: - Calls

  struct Result: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var json: String
    var pieces: [ToolOutput.Piece]
    var isError = false
  }

  static let results = [
    Result(
      testDescription: "texts",
      json: #"{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}"#,
      pieces: [.text("a"), .text("b")]),
    Result(
      testDescription: "a picture",
      json: #"{"content":[{"type":"image","data":"AQI=","mimeType":"image/png"}]}"#,
      pieces: [.data([1, 2], mediaType: "image/png")]),
    Result(
      testDescription: "a sound",
      json: #"{"content":[{"type":"audio","data":"AQI=","mimeType":"audio/wav"}]}"#,
      pieces: [.data([1, 2], mediaType: "audio/wav")]),
    Result(
      testDescription: "resources",
      json: #"""
        {"content":[{"type":"resource","resource":{"uri":"x:1","text":"t"}},\#
        {"type":"resource","resource":{"uri":"x:2","blob":"AQ==","mimeType":"image/gif"}},\#
        {"type":"resource_link","uri":"x:3","name":"n"}]}
        """#,
      pieces: [.text("t"), .data([1], mediaType: "image/gif"), .text("[resource: n, x:3]")]),
    Result(
      testDescription: "a part for the user alone",
      json: #"""
        {"content":[{"type":"text","text":"a","annotations":{"audience":["user"]}},\#
        {"type":"text","text":"b","annotations":{"audience":["user","assistant"]}}]}
        """#,
      pieces: [.forUser(.text("a")), .text("b")]),
    Result(
      testDescription: "structure alone", json: #"{"content":[],"structuredContent":{"n":1}}"#,
      pieces: [.text(#"{"n":1}"#)]),
    Result(
      testDescription: "a failure",
      json: #"{"content":[{"type":"text","text":"no"}],"isError":true}"#,
      pieces: [.text("no")], isError: true),
    Result(
      testDescription: "an unknown kind, and damage",
      json: #"{"content":[{"type":"smell"},{"type":"image","data":"!","mimeType":"image/png"}]}"#,
      pieces: [.text("[smell that Iris does not know]"), .text("[image/png that is damaged]")]),
  ]

  @Test(arguments: results) func `A result is taken with all of its parts`(_ row: Result)
    async throws
  {
    let answer = "*'\"method\":\"tools/call\"'*) result '\(row.json)';;\n"
    let script = try ScriptedServer(Self.modern + answer)
    let output = await script.call("echo", #"{"city":"Paris"}"#)
    #expect(output == ToolOutput(row.pieces, isError: row.isError))
    await script.server.close()
    let call = script.received.last.flatMap { JSONValue(parsing: $0) }
    #expect(call?["params"]?["name"]?.string == "echo")
    #expect(call?["params"]?["arguments"] == ["city": "Paris"])
  }

  @Test func `Progress is told, a ping is answered, other requests are refused`() async throws {
    let talking = #"""
      *'"method":"tools/call"'*) call=$id
        say '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":'$id',"progress":50.0,"total":100,"message":"Reticulating"}}'
        say '{"jsonrpc":"2.0","id":"p","method":"ping"}'
        say '{"jsonrpc":"2.0","id":"r","method":"roots/list"}';;
      *'"id":"r"'*) id=$call; result '{"content":[{"type":"text","text":"done"}]}';;
      """#
    let script = try ScriptedServer(Self.legacy + talking)
    let told = ScriptedServer.Told()
    #expect(await script.call("echo", "{}", told) == ToolOutput([.text("done")]))
    #expect(told.progress.withLock { $0 } == ["50/100 Reticulating"])
    await script.server.close()
    let answers = script.received.compactMap { JSONValue(parsing: $0) }
    #expect(answers.first { $0["id"]?.string == "p" }?["result"] == [:])
    #expect(answers.first { $0["id"]?.string == "r" }?["error"]?["code"] == -32601)
  }

  @Test func `Log lines and answers to nobody are passed over, and the last line is known`()
    async throws
  {
    let chatty = #"""
      *'"method":"tools/call"'*)
        say 'Listening…'; say '{"level":"info"}'; say ''
        say '{"jsonrpc":"2.0","id":999,"result":{}}'; say 'ready to serve'
        result '{"content":[{"type":"text","text":"x"}]}';;
      """#
    let script = try ScriptedServer(Self.modern + chatty)
    #expect(await script.call() == ToolOutput([.text("x")]))
    #expect(await script.server.status.lastWords == "ready to serve")
    await script.server.close()
  }

  @Test func `Calls that overlap get each its own result`() async throws {
    let late = #"""
      *'"method":"tools/call"'*'"first"'*) first=$id;;
      *'"method":"tools/call"'*)
        result '{"content":[{"type":"text","text":"second"}]}'
        id=$first; result '{"content":[{"type":"text","text":"first"}]}';;
      """#
    let script = try ScriptedServer(Self.modern + late)
    async let first = script.call("first")
    _ = await script.line(with: #""first""#)
    #expect(await script.call("second") == ToolOutput([.text("second")]))
    #expect(await first == ToolOutput([.text("first")]))
    await script.server.close()
  }

  // MARK: - What goes wrong

  @Test func `A program that is not there is told`() async throws {
    let settings = MCPServerSettings(
      name: "helper",
      place: .program(.init(arguments: ["/no/such/program"], environment: [:])))
    let server = MCPServer(settings, version: "1", answersQuestions: true, pause: { _ in })
    await #expect(throws: MCPError.notStarted(command: "/no/such/program")) {
      try await server.listTools()
    }
  }

  @Test func `A server that dies is told with its last words, and started again by the next call`()
    async throws
  {
    let dying = #"""
      *'"method":"tools/call"'*'"die"'*) echo 'no more disk' >&2; exit 3;;
      *'"method":"tools/call"'*) result '{"content":[{"type":"text","text":"x"}]}';;
      """#
    let script = try ScriptedServer(Self.modern + dying)
    let output = await script.call("die")
    #expect(
      output
        == .failure("helper ended (exit 3): no more disk. Try its command in a terminal."))
    #expect(
      await script.server.status.error == .ended(status: 3, words: "no more disk"))
    #expect(await script.call() == ToolOutput([.text("x")]))
    #expect(script.starts == 2)
    #expect(await script.server.status.error == nil)
    await script.server.close()
  }

  @Test func `A call that is not answered in time is given up, and the server learns it`()
    async throws
  {
    let script = try ScriptedServer(
      Self.modern + "*'\"method\":\"tools/call\"'*) ;;\n", limit: .milliseconds(1))
    let output = await script.call()
    #expect(output.isError)
    #expect(output.pieces.description.contains("did not answer within 0 s"))
    #expect(await script.line(with: "notifications/cancelled") != nil)
    await script.server.close()
  }

  @Test func `A call that is cancelled is given up, and the server learns it`() async throws {
    let script = try ScriptedServer(Self.modern + "*'\"method\":\"tools/call\"'*) ;;\n")
    await withTaskGroup(of: ToolOutput.self) { group in
      group.addTask { await script.call() }
      _ = await script.line(with: "tools/call")
      group.cancelAll()
      #expect(await group.next()?.isError == true)
    }
    let line = await script.line(with: "notifications/cancelled")
    #expect(line?.contains(#""requestId":2"#) == true)
    await script.server.close()
  }

  @Test func `An error of the protocol is a result that says so`() async throws {
    let refusing =
      "*'\"method\":\"tools/call\"'*) error '{\"code\":-32602,\"message\":\"Unknown tool\"}';;\n"
    let script = try ScriptedServer(Self.modern + refusing)
    let output = await script.call("none")
    #expect(output.isError && output.pieces.description.contains("Unknown tool (-32602)"))
    await script.server.close()
  }

  @Test func `A program that writes something else is told`() async throws {
    let script = try ScriptedServer("*) say 'Hello, human.'; exit 0;;\n")
    await #expect(throws: MCPError.ended(status: 0, words: "Hello, human.")) {
      try await script.server.listTools()
    }
  }
}
