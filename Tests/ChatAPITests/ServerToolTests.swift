import ChatAPI
import Conversation
import JSON
import OfficialSchemas
import Testing

/// The server's own tools: how they are offered, and what they did.
@Suite struct ServerToolTests {
  private func request(_ change: (inout Parameters) -> Void) -> ModelRequest {
    var parameters = Parameters()
    change(&parameters)
    return ModelRequest(
      model: "gpt-5.1", messages: [RequestMessage(.user, "hi")], parameters: parameters,
      tools: [ToolDefinition(name: "weather", summary: "", parameters: "{}")])
  }

  private func body(_ change: (inout Parameters) -> Void) throws -> JSONValue {
    var dialect = Dialect()
    dialect.prefersResponses = true
    let encoder = ResponsesEncoder(request(change), dialect: dialect)
    guard case .bytes(let bytes)? = encoder.body.pieces.first else { return .null }
    let sent = try #require(JSONValue(parsing: bytes))
    if let schema = OfficialSchema.shared {
      #expect(schema.faults(in: sent, as: "CreateResponse") == [])
    }
    return sent
  }

  @Test func `Each is offered behind the user's tools, where it is wanted`() throws {
    let types = { (sent: JSONValue) in
      sent["tools"]?.elements?.compactMap { $0["type"]?.string }
    }
    #expect(types(try body { _ in }) == ["function"])
    #expect(types(try body { $0.web = .off }) == ["function"])
    let both = try body {
      $0.web = .on
      $0.python = true
    }
    #expect(types(both) == ["function", "web_search", "code_interpreter"])
    #expect(both["tools"]?[1] == ["type": "web_search"])
    #expect(both["tools"]?[2]?["container"] == ["type": "auto"])
    #expect(
      both["include"] == ["reasoning.encrypted_content", "code_interpreter_call.outputs"])
    let cached = try body { $0.web = .cached }
    #expect(cached["tools"]?[1] == ["type": "web_search", "external_web_access": false])
  }

  @Test func `Chat has none: they are named as left out`() {
    let encoded = ChatCompletions(Dialect()).encode(
      request {
        $0.web = .on
        $0.python = true
      })
    #expect(encoded.unknown == ["web", "python"])
  }

  @Test func `A server that is asked with either call is asked where the tools are`() throws {
    var provider = try Provider("https://example.com/v1")
    #expect(provider.wire(wantsServerTools: true).call == "/responses")
    #expect(
      provider.wire(knowing: [.missingCall("/responses")], wantsServerTools: true).call
        == "/chat/completions")
    provider.api = .chat
    #expect(provider.wire(wantsServerTools: true).call == "/chat/completions")
  }

  // MARK: - What they did

  private func events(_ items: [String], _ more: String = "") -> [ReplyEvent] {
    let stream =
      items.enumerated().map { index, item in
        #"data: {"type":"response.output_item.done","output_index":\#(index),"item":\#(item)}"#
          + "\n\n"
      }.joined() + more
      + "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}\n\n"
    var reader = ReplyReader(
      head: ResponseHead(status: 200), server: "s", key: nil, request: RequestFacts(),
      decoder: Responses(Dialect()).makeDecoder(startsInReasoning: false),
      lengthLimit: 64 << 20)
    reader.feed(Array(stream.utf8))
    reader.finish()
    return reader.takeEvents()
  }

  private func parts(_ events: [ReplyEvent]) -> [ContentPart] {
    events.compactMap { if case .part(let part) = $0 { part } else { nil } }
  }

  private static func message(_ annotations: String) -> String {
    #"{"type":"message","id":"m","role":"assistant","status":"completed","content":[{"type":"output_text","text":"Hi","annotations":[\#(annotations)]}]}"#
  }

  @Test func `A search tells what was looked for, and keeps its item for its server`() {
    let item =
      #"{"type":"web_search_call","id":"ws","status":"completed","action":{"type":"search","query":"wooden bridges"}}"#
    let call = HostedToolCall(.webSearch, input: "wooden bridges", opaque: item)
    #expect(parts(events([item])) == [.hostedCall(call)])
    let request = ModelRequest(
      model: "m",
      messages: [
        RequestMessage(.user, "hi"),
        RequestMessage(role: .assistant, parts: [.serverItem(item), .text("Hi")]),
      ])
    let encoder = ResponsesEncoder(request, dialect: Dialect())
    guard case .bytes(let bytes)? = encoder.body.pieces.first else { return }
    let sent = JSONValue(parsing: bytes)
    #expect(sent?["input"]?[1] == JSONValue(parsing: item))
    #expect(sent?["input"]?[2]?["role"] == "assistant")
    if let schema = OfficialSchema.shared, let sent {
      #expect(schema.faults(in: sent, as: "CreateResponse") == [])
    }
  }

  @Test func `Code comes with what it printed and the pictures that it drew`() {
    let events = events([
      #"{"type":"code_interpreter_call","id":"ci","status":"completed","container_id":"c1","code":"print(1)","outputs":[{"type":"logs","logs":"1"},{"type":"image","url":"data:image/png;base64,AAAA"}]}"#
    ])
    guard case .hostedCall(let call)? = parts(events).first else {
      Issue.record("no call")
      return
    }
    #expect(call.tool == .codeInterpreter)
    #expect(call.input == "print(1)")
    #expect(call.output == "1")
    #expect(call.container == "c1")
    #expect(events.contains(.media(.address("data:image/png;base64,AAAA"))))
  }

  @Test func `Pages are cited once each, wherever their places lie in the text`() {
    let page =
      #"{"type":"url_citation","start_index":0,"end_index":99999,"url":"https://a.org/x","title":"X"}"#
    let unnamed = #"{"type":"url_citation","start_index":-1,"end_index":0,"url":"https://b.org"}"#
    let unsafe = #"{"type":"url_citation","url":"javascript:alert(1)","title":"no"}"#
    let file = #"{"type":"file_citation","file_id":"f","index":0,"filename":"a.pdf"}"#
    let events = events([Self.message([page, unnamed, page, unsafe, file].joined(separator: ","))])
    #expect(
      parts(events) == [
        .citations([
          Citation(title: "X", url: SafeURL(rawValue: "https://a.org/x")),
          Citation(title: "https://b.org", url: SafeURL(rawValue: "https://b.org")),
          Citation(title: "a.pdf", url: nil),
        ])
      ])
    #expect(events.last == .finished(.stop))
  }

  @Test func `A file of a container is named by its call, and nothing else reaches the path`() {
    let good =
      #"{"type":"container_file_citation","container_id":"cntr_1","file_id":"cfile-2","filename":"sales.csv"}"#
    let bad =
      #"{"type":"container_file_citation","container_id":"../../admin","file_id":"x","filename":"y"}"#
    let events = events([Self.message(good + "," + bad + "," + good)])
    let media = events.compactMap { if case .media(let media) = $0 { media } else { nil } }
    #expect(
      media == [
        .serverFile(call: "/containers/cntr_1/files/cfile-2/content", name: "sales.csv"),
        .serverFile(call: nil, name: "y"),
      ])
  }

  @Test func `Items that nobody knows are passed over`() {
    #expect(parts(events([#"{"type":"computer_call","id":"x"}"#])) == [])
  }
}
