import ChatAPI
import Conversation
import JSON
import Testing

/// What local servers write on `/responses` otherwise than the API's reference says: transformers 5.24,
/// llama.cpp (xllamacpp 2026.10), vLLM 0.32.
@Suite struct LocalResponsesTests {
  private static func event(_ type: String, _ members: String) -> String {
    "data: {\"type\":\"response.\(type)\",\(members)}\n\n"
  }

  private static func message(_ text: String) -> String {
    #"{"type":"message","id":"msg_1","content":[{"type":"output_text","text":"\#(text)"}]}"#
  }

  private static func call(_ arguments: String) -> String {
    #"{"type":"function_call","id":"fc_1","call_id":"c","name":"time","arguments":"\#(arguments)"}"#
  }

  private func read(_ body: String, limit: Int? = nil) -> (events: [ReplyEvent], ChatAPIError?) {
    let decoder = Responses(Dialect()).makeDecoder(startsInReasoning: false, tokenLimit: limit)
    var reader = ReplyReader(head: .ok, server: "s", key: nil, decoder: decoder)
    reader.feed(Array(body.utf8))
    reader.finish()
    guard case .failed(let error) = reader.ending else { return (reader.takeEvents(), nil) }
    return (reader.takeEvents(), error)
  }

  /// The text before a call, and the message of the same identifier that transformers opens at the call's
  /// index.
  private static func doubled(_ second: String) -> String {
    event("output_item.added", #""output_index":0,"item":{"type":"message","id":"msg_1"}"#)
      + ["Let me ", "look."].map {
        event(
          "output_text.delta",
          #""item_id":"msg_1","output_index":0,"content_index":0,"delta":"\#($0)""#)
      }.joined()
      + event("output_item.added", #""output_index":1,"item":\#(call(""))"#)
      + event("output_item.done", #""output_index":1,"item":\#(call("{}"))"#)
      + event(
        "output_text.done",
        #""item_id":"msg_1","output_index":2,"content_index":0,"text":"\#(second)""#)
      + event("output_item.done", #""output_index":2,"item":\#(message(second))"#)
      + event("completed", #""response":{"status":"completed","output":[]}"#)
  }

  @Test func `A text that comes a second time, at another index, is said once`() {
    let (events, error) = read(Self.doubled("Let me look."))
    #expect(error == nil)
    #expect(events.compactMap(\.answer).joined() == "Let me look.")
    #expect(events.last == .finished(.toolCalls))
  }

  @Test func `Another text of an item with the same identifier is not lost`() {
    let (events, _) = read(Self.doubled("Let me wait."))
    #expect(events.compactMap(\.answer) == ["Let me look.", "\n\nLet me wait."])
  }

  @Test func `Reasoning whose item ends behind its call is sealed where it stands`() {
    let reasoning =
      #"{"type":"reasoning","id":"rs_1","summary":[],"content":[{"type":"reasoning_text","text":"hm"}],"encrypted_content":""}"#
    let (events, _) = read(
      Self.event(
        "reasoning_text.delta",
        #""item_id":"rs_1","output_index":0,"content_index":0,"delta":"hm""#)
        + Self.event("output_item.added", #""output_index":1,"item":\#(Self.call(""))"#)
        + Self.event(
          "function_call_arguments.delta",
          #""item_id":"fc_1","output_index":1,"delta":"{}""#)
        + Self.event("output_item.done", #""output_index":0,"item":\#(reasoning)"#)
        + Self.event("output_item.done", #""output_index":1,"item":\#(Self.call("{}"))"#)
        + Self.event("completed", #""response":{"status":"completed","output":[]}"#))
    let seals = events.compactMap { event -> Int? in
      if case .partSealed(let part, reasoning) = event { part.index } else { nil }
    }
    let thoughts = events.compactMap { event -> Int? in
      if case .partDelta(let part, "hm", _) = event { part.index } else { nil }
    }
    #expect(thoughts.count == 1 && seals == thoughts)
  }

  struct Limit: Sendable {
    var tokens: Int
    var limit: Int?
    var reason: FinishReason
  }

  @Test(arguments: [
    Limit(tokens: 20, limit: 20, reason: .length), Limit(tokens: 21, limit: 20, reason: .length),
    Limit(tokens: 19, limit: 20, reason: .stop), Limit(tokens: 20, limit: nil, reason: .stop),
  ])
  func `A reply that is called complete at its limit was cut by it`(_ row: Limit) {
    let (events, error) = read(
      Self.event("output_item.done", #""output_index":0,"item":\#(Self.message("For ever"))"#)
        + Self.event(
          "completed",
          #""response":{"status":"completed","output":[],"usage":{"input_tokens":3,"output_tokens":\#(row.tokens)}}"#
        ), limit: row.limit)
    #expect(error == nil)
    #expect(events.last == .finished(row.reason))
  }

  @Test func `The limit that is sent is known to the reading of the answer`() {
    var request = ModelRequest.hello()
    request.parameters.maxTokens = 50
    #expect(Responses(Dialect()).encode(request).facts.tokenLimit == 50)
  }

  @Test(arguments: [true, false])
  func `Whether a stream is wanted is always said`(isStreamed: Bool) {
    var request = ModelRequest.hello()
    request.isStreamed = isStreamed
    let settings = ResponsesEncoder(request, dialect: Dialect()).settings
    #expect(settings.first { $0.name == "stream" }?.value == .bool(isStreamed))
  }

  @Test func `A server that fails behind text has broken its reply off`() async throws {
    let server = try FaultServer(
      answering: """
        HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r
        data: {"choices":[{"delta":{"content":"For "}}]}\n
        data: {"error":{"message":"EngineCore died","code":500}}\n\n
        """)
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    #expect(outcome.error?.kind == .reply(.cutOff))
    #expect(outcome.error?.message == "EngineCore died")
  }
}
