import ChatAPI
import Conversation
import Testing

/// How a reply is parted, whatever the pieces in which it comes.
@Suite struct ReplyPartTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var body: String
    /// Each part's kind and its text, in request.
    var parts: [Part]

    struct Part: Equatable, Sendable {
      var kind: ReplyPart.Kind
      var text: String

      init(_ kind: ReplyPart.Kind, _ text: String) {
        self.kind = kind
        self.text = text
      }
    }
  }

  private static func delta(_ json: String) -> String {
    "data: {\"choices\":[{\"index\":0,\"delta\":\(json)}]}\n\n"
  }

  private static let end =
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n" + done

  static let cases = [
    Case(
      testDescription: "reasoning between texts",
      body: delta(#"{"reasoning_content":"hm"}"#) + delta(#"{"content":"a"}"#)
        + delta(#"{"reasoning_content":"so"}"#) + delta(#"{"content":"b"}"#) + done,
      parts: [
        .init(.reasoning, "hm"), .init(.text, "a"), .init(.reasoning, "so"), .init(.text, "b"),
      ]
    ),
    Case(
      testDescription: "OpenAI: calls by their index, interleaved",
      body: delta(#"{"role":"assistant","content":"Let me see."}"#)
        + delta(
          #"{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"get","arguments":""}}]}"#
        )
        + delta(#"{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}}]}"#)
        + delta(
          #"{"tool_calls":[{"index":1,"id":"c2","function":{"name":"put","arguments":"{"}}]}"#)
        + delta(#"{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}"#)
        + delta(#"{"tool_calls":[{"index":1,"function":{"arguments":"}"}}]}"#) + end,
      parts: [
        .init(.text, "Let me see."), .init(.toolCall(id: "c1", name: "get"), #"{"a":1}"#),
        .init(.toolCall(id: "c2", name: "put"), "{}"),
      ]),
    Case(
      testDescription: "Gemini: no index, no id",
      body: delta(#"{"tool_calls":[{"function":{"name":"get","arguments":"{\"a\""}}]}"#)
        + delta(#"{"tool_calls":[{"function":{"arguments":":1}"}}]}"#)
        + delta(#"{"tool_calls":[{"function":{"name":"get","arguments":"{}"}}]}"#) + end,
      parts: [
        .init(.toolCall(id: "call_0", name: "get"), #"{"a":1}"#),
        .init(.toolCall(id: "call_1", name: "get"), "{}"),
      ]),
    Case(
      testDescription: "by the id alone",
      body: delta(
        #"{"tool_calls":[{"id":"x","function":{"name":"a"}},{"id":"y","function":{"name":"b"}}]}"#)
        + delta(#"{"tool_calls":[{"id":"x","function":{"name":"a","arguments":"[1]"}}]}"#) + end,
      parts: [
        .init(.toolCall(id: "x", name: "a"), "[1]"), .init(.toolCall(id: "y", name: "b"), ""),
      ]
    ),
    Case(
      testDescription: "a whole completion, its arguments an object",
      body: #"""
        {"choices":[{"message":{"content":null,"tool_calls":[{"id":"x","function":{"name":"a",
        "arguments":{"b":[1.0]}}}]},"finish_reason":"tool_calls"}]}
        """#,
      parts: [.init(.toolCall(id: "x", name: "a"), #"{"b":[1.0]}"#)]),
    Case(
      testDescription: "Ollama: every parallel call has index 0, its own id, whole arguments",
      body: delta(
        #"{"tool_calls":[{"index":0,"id":"x","type":"function","function":{"name":"get","arguments":"{\"a\":1}"}}]}"#
      )
        + delta(
          #"{"tool_calls":[{"index":0,"id":"y","type":"function","function":{"name":"get","arguments":"{\"a\":2}"}}]}"#
        ) + end,
      parts: [
        .init(.toolCall(id: "x", name: "get"), #"{"a":1}"#),
        .init(.toolCall(id: "y", name: "get"), #"{"a":2}"#),
      ]),
    Case(
      testDescription: "two calls in one chunk, index 0 for both",
      body: delta(
        #"{"tool_calls":[{"index":0,"id":"x","function":{"name":"get","arguments":"{}"}},{"index":0,"id":"y","function":{"name":"put","arguments":""}}]}"#
      ) + end,
      parts: [
        .init(.toolCall(id: "x", name: "get"), "{}"), .init(.toolCall(id: "y", name: "put"), ""),
      ]),
    Case(
      testDescription: "SGLang: index 0 repeated, no ids",
      body: delta(#"{"tool_calls":[{"index":0,"function":{"name":"get","arguments":"{\"a\":"}}]}"#)
        + delta(#"{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}"#)
        + delta(#"{"tool_calls":[{"index":0,"function":{"name":"put","arguments":"{}"}}]}"#) + end,
      parts: [
        .init(.toolCall(id: "call_0", name: "get"), #"{"a":1}"#),
        .init(.toolCall(id: "call_1", name: "put"), "{}"),
      ]),
    Case(
      testDescription: "two ids on one index, their pieces interleaved",
      body: delta(#"{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":"{"}}]}"#)
        + delta(#"{"tool_calls":[{"index":0,"id":"y","function":{"name":"b","arguments":"["}}]}"#)
        + delta(#"{"tool_calls":[{"index":0,"id":"x","function":{"arguments":"}"}}]}"#)
        + delta(#"{"tool_calls":[{"index":0,"id":"y","function":{"arguments":"]"}}]}"#) + end,
      parts: [
        .init(.toolCall(id: "x", name: "a"), "{}"), .init(.toolCall(id: "y", name: "b"), "[]"),
      ]),
    Case(
      testDescription: "the id repeated for another call",
      body: delta(
        #"{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":"{\"n\":1}"}}]}"#)
        + delta(
          #"{"tool_calls":[{"index":1,"id":"x","function":{"name":"a","arguments":"{\"n\":2}"}}]}"#)
        + end,
      parts: [
        .init(.toolCall(id: "x", name: "a"), #"{"n":1}"#),
        .init(.toolCall(id: "call_1", name: "a"), #"{"n":2}"#),
      ]),
    Case(
      testDescription: "id and name in every piece",
      body: delta(#"{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":"{"}}]}"#)
        + delta(#"{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":"}"}}]}"#)
        + delta(#"{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":""}}]}"#)
        + end,
      parts: [.init(.toolCall(id: "x", name: "a"), "{}")]),
    Case(
      testDescription: "empty id behind the first piece",
      body: delta(#"{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":""}}]}"#)
        + delta(#"{"tool_calls":[{"index":0,"id":"","function":{"name":null,"arguments":"{}"}}]}"#)
        + end,
      parts: [.init(.toolCall(id: "x", name: "a"), "{}")]),
    Case(
      testDescription: "calls without arguments, told apart by their names",
      body: delta(#"{"tool_calls":[{"function":{"name":"a"}},{"function":{"name":"b"}}]}"#) + end,
      parts: [
        .init(.toolCall(id: "call_0", name: "a"), ""),
        .init(.toolCall(id: "call_1", name: "b"), ""),
      ]),
    Case(
      testDescription: "calls that end with the reason stop",
      body: delta(
        #"{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":"{}"}}]}"#)
        + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n" + done,
      parts: [.init(.toolCall(id: "x", name: "a"), "{}")]),
    Case(
      testDescription: "the deprecated single call",
      body: delta(#"{"function_call":{"name":"a","arguments":"{\"b\""}}"#)
        + delta(#"{"function_call":{"arguments":":1}"}}"#) + end,
      parts: [.init(.toolCall(id: "call_0", name: "a"), #"{"b":1}"#)]),
    Case(
      testDescription: "arguments of no call",
      body: delta(#"{"tool_calls":[{"function":{"arguments":"1"}},{"index":3}]}"#) + end,
      parts: []),
    Case(
      testDescription: "a refusal behind a text",
      body: delta(#"{"content":"Well"}"#) + delta(#"{"refusal":"I cannot."}"#) + done,
      parts: [.init(.text, "Well"), .init(.refusal, "I cannot.")]),
  ]

  @Test(arguments: cases, [1, 7, 100_000])
  func `Parts begin, grow and end one by one, in their order`(_ row: Case, pieceLength: Int) throws
  {
    let events = read(row.body, in: pieceLength)
    var open: [Int] = []
    var parts: [Case.Part] = []
    for event in events {
      switch event {
      case .partStarted(let part):
        #expect(part.index == parts.count)
        open.append(part.index)
        parts.append(Case.Part(part.kind, ""))
      case .partDelta(let part, let text, _):
        try #require(open.contains(part.index))
        #expect(parts[part.index].kind == part.kind && !text.isEmpty)
        parts[part.index].text += text
      case .partFinished(let part):
        #expect(open.contains(part.index))
        open.removeAll { $0 == part.index }
      default: break
      }
    }
    #expect(parts == row.parts)
    #expect(open == [])
  }

  private func read(_ body: String, in pieceLength: Int) -> [ReplyEvent] {
    var reader = ReplyReader(head: ResponseHead(status: 200), server: "s", key: nil)
    var events: [ReplyEvent] = []
    var rest = Array(body.utf8)[...]
    while !rest.isEmpty {
      reader.feed(Array(rest.prefix(pieceLength)))
      rest = rest.dropFirst(pieceLength)
      events += reader.takeEvents()
    }
    reader.finish()
    return events + reader.takeEvents()
  }

  @Test func `What a server adds to a call is kept as it came`() {
    let seal = #"{"google":{"thought_signature":"s1"}}"#
    let body =
      Self.delta(
        #"{"tool_calls":[{"index":0,"id":"x","function":{"name":"a","arguments":"{}"},"extra_content":\#(seal)}]}"#
      ) + Self.end
    let part = ReplyPart(index: 0, kind: .toolCall(id: "x", name: "a"))
    let events = read(body, in: 100_000)
    #expect(events.contains(.partSealed(part, #"{"extra_content":\#(seal)}"#)))
  }

  @Test func `A key in the arguments or the name of a call is taken out`() async throws {
    let key = "sk-0123456789abcdef0123"
    let call =
      #"{"tool_calls":[{"index":0,"id":"c","function":{"name":"\#(key)","arguments":"\#(key)"}}]}"#
    let server = try FaultServer(answering: streamHead + Self.delta(call) + Self.end)
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server, key: key)))
    #expect(outcome.error == nil)
    let told = outcome.events.map { "\($0)" }.joined()
    #expect(told.contains("toolCall") && !told.contains("0123456789"))
  }
}
