import ChatAPI
import Conversation
import JSON
import OfficialSchemas
import Testing

/// Answers on the wire of `/responses`, as servers write them, and what comes of them.
@Suite struct ResponsesReaderTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var body: String
    var events: [ReplyEvent]
    var kind: ChatAPIError.Kind?

    init(
      _ description: String, _ body: String, _ events: [ReplyEvent],
      fails kind: ChatAPIError.Kind? = nil
    ) {
      testDescription = description
      self.body = body
      self.events = events
      self.kind = kind
    }
  }

  private static let usage = TokenUsage(prompt: 9, completion: 5, cached: 4, reasoning: 2)
  private static let counted =
    #""usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":4},"output_tokens":5,"#
    + #""output_tokens_details":{"reasoning_tokens":2},"total_tokens":14}"#

  /// An event with its name in both places, as OpenAI writes it.
  private static func event(_ type: String, _ members: String, named: Bool = true) -> String {
    (named ? "event: \(type)\n" : "")
      + "data: {\"type\":\"\(type)\",\"sequence_number\":1,\(members)}\n\n"
  }

  private static func text(_ text: String, at index: Int = 0, named: Bool = true) -> String {
    event(
      "response.output_text.delta",
      #""item_id":"msg_1","output_index":\#(index),"content_index":0,"delta":"\#(text)","logprobs":[]"#,
      named: named)
  }

  private static func completed(_ status: String = "completed", _ more: String = "") -> String {
    event(
      "response.\(status)",
      #""response":{"id":"r","object":"response","status":"\#(status)","error":null,"output":[]\#(more)}"#
    )
  }

  private static func done(_ item: String, at index: Int = 0) -> String {
    event("response.output_item.done", #""output_index":\#(index),"item":\#(item)"#)
  }

  private static func message(_ text: String, id: String = "msg_1") -> String {
    #"{"type":"message","id":"\#(id)","role":"assistant","status":"completed","content":[{"type":"output_text","text":"\#(text)","annotations":[]}]}"#
  }

  static let all = [
    Row(
      "a text, which comes again with its item and at the end",
      event("response.created", #""response":{"status":"in_progress","error":null}"#)
        + text("Hel") + text("lo")
        + event(
          "response.output_text.done", #""output_index":0,"content_index":0,"text":"Hello""#)
        + done(message("Hello"))
        + completed("completed", "," + counted),
      [.text("Hello"), .usage(usage), .finished(.stop)]),
    Row(
      "events without names and with [DONE], as vLLM ends them",
      text("Hi", named: false) + completed() + "data: [DONE]\n\n",
      [.text("Hi"), .finished(.stop)]),
    Row(
      "an event that nobody knows",
      event("response.odd.thing", #""delta":"no""#) + text("Hi") + completed(),
      [.text("Hi"), .finished(.stop)]),
    Row(
      "deltas that name their item alone, as llama.cpp's",
      event("response.output_text.delta", #""item_id":"msg_a","delta":"Hi""#)
        + event("response.output_item.done", #""item":\#(message("Hi", id: "msg_a"))"#)
        + completed(),
      [.text("Hi"), .finished(.stop)]),
    Row(
      "deltas that name another item each time, as LiteLLM's",
      event("response.output_text.delta", #""item_id":"a","output_index":0,"delta":"H""#)
        + event("response.output_text.delta", #""item_id":"b","output_index":0,"delta":"i""#)
        + done(message("Hi", id: "c")) + completed(),
      [.text("Hi"), .finished(.stop)]),
    Row(
      "an item without a number behind numbered deltas",
      text("Hi") + event("response.output_item.done", #""item":\#(message("Hi", id: "z"))"#)
        + completed(),
      [.text("Hi"), .finished(.stop)]),
    Row(
      "two messages",
      text("I look.") + text("Done.", at: 2) + completed(),
      [.text("I look.\n\nDone."), .finished(.stop)]),
    Row(
      "a text that comes with its item alone",
      done(message("Hello")) + completed(), [.text("Hello"), .finished(.stop)]),
    Row(
      "a text that comes at the end alone",
      event(
        "response.completed",
        #""response":{"status":"completed","output":[\#(message("Hello"))]}"#),
      [.text("Hello"), .finished(.stop)]),
    Row(
      "a refusal",
      event("response.refusal.delta", #""output_index":0,"content_index":0,"delta":"No.""#)
        + event("response.refusal.done", #""output_index":0,"content_index":0,"refusal":"No.""#)
        + completed(),
      [.refusal("No."), .finished(.stop)]),
    Row(
      "a summary of reasoning in two parts, and raw reasoning behind it",
      event(
        "response.reasoning_summary_text.delta",
        #""output_index":0,"summary_index":0,"delta":"One.""#)
        + event(
          "response.reasoning_summary_text.delta",
          #""output_index":0,"summary_index":1,"delta":"Two.""#)
        + event(
          "response.reasoning_text.delta", #""output_index":1,"content_index":0,"delta":"Three.""#)
        + text("Hi", at: 2) + completed(),
      [.reasoning("One.\n\nTwo.\n\nThree."), .text("Hi"), .finished(.stop)]),
    Row(
      "a limit of tokens",
      text("Hel")
        + completed("incomplete", #","incomplete_details":{"reason":"max_output_tokens"}"#),
      [.text("Hel"), .finished(.length)]),
    Row(
      "a content filter",
      completed("incomplete", #","incomplete_details":{"reason":"content_filter"}"#),
      [.finished(.contentFilter)]),
    Row(
      "a failure at the end",
      text("Hel")
        + event(
          "response.failed",
          #""response":{"status":"failed","error":{"code":"server_error","message":"Broke."}}"#),
      [.text("Hel")], fails: .answer(.serverFailed)),
    Row(
      "an error in mid-stream",
      text("Hel")
        + event(
          "error", #""code":"server_is_overloaded","message":"Overloaded.","param":null"#),
      [.text("Hel")], fails: .answer(.overloaded)),
    Row("a stream that ends early", text("Hel"), [.text("Hel")], fails: .reply(.cutOff)),
    Row(
      "a picture that the server drew",
      done(
        #"{"type":"image_generation_call","id":"ig","status":"completed","result":"AAAA","output_format":"webp"}"#
      ) + completed(),
      [
        .media(.made([0, 0, 0], prompt: nil, isFinished: true)),
        .part(.hostedCall(Self.madePicture)), .finished(.stop),
      ]),
    Row(
      "thoughts between tags, as of a server that knows no other way",
      text("<think>hm</think>Hi") + completed(),
      [.reasoning("hm"), .text("Hi"), .finished(.stop)]),
    Row(
      "an answer that is another server's",
      #"{"message":"Hello"}"#, [.object(#"{"message":"Hello"}"#)], fails: .reply(.malformed)),
  ]

  private static let madePicture: HostedToolCall = {
    var drawing = Drawing(model: "")
    drawing.format = "webp"
    return HostedToolCall(.imageGeneration, input: "", opaque: "", drawing: drawing)
  }()

  private func read(
    _ body: String, cut: Int = .max
  ) -> (events: [ReplyEvent], error: ChatAPIError?) {
    let wire = Responses(Dialect())
    var reader = ReplyReader(
      head: .ok, server: "s", key: nil, decoder: wire.makeDecoder(startsInReasoning: false))
    var events: [ReplyEvent] = []
    var rest = Array(body.utf8)[...]
    while !rest.isEmpty {
      reader.feed(Array(rest.prefix(cut)))
      rest = rest.dropFirst(cut)
      events += reader.takeEvents()
    }
    reader.finish()
    events += reader.takeEvents()
    if case .failed(let error)? = reader.ending { return (events, error) }
    return (events, nil)
  }

  @Test(arguments: all) func `An answer becomes its events`(_ row: Row) {
    let (events, error) = read(row.body)
    #expect(events.joined == row.events)
    #expect(error?.kind == row.kind)
  }

  @Test(arguments: all) func `An answer that comes byte by byte becomes the same`(_ row: Row) {
    let (events, error) = read(row.body, cut: 1)
    #expect(events.joined == row.events)
    #expect(error?.kind == row.kind)
  }

  @Test func `A response that is not streamed is read whole`() {
    let body =
      #"{"id":"r","object":"response","status":"completed","error":null,"output":[{"type":"reasoning","id":"rs","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"e"},\#(Self.message("Hello")),{"type":"function_call","id":"fc","call_id":"c","name":"time","arguments":"{}","status":"completed"}],\#(Self.counted)}"#
    let (events, error) = read(body)
    #expect(error == nil)
    #expect(events.compactMap(\.answer) == ["Hello"])
    #expect(events.contains(.usage(Self.usage)))
    #expect(events.last == .finished(.toolCalls))
    let call = ReplyPart(index: 2, kind: .toolCall(id: "c", name: "time"))
    #expect(events.contains(.partDelta(call, "{}")))
    let seal =
      #"{"type":"reasoning","id":"rs","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"e"}"#
    #expect(events.contains(.partSealed(ReplyPart(index: 0, kind: .reasoning), seal)))
  }

  @Test func `Sealed reasoning is that of its own event, never the one at the end`() {
    func item(_ content: String) -> String {
      #"{"type":"reasoning","id":"rs","summary":[],"encrypted_content":"\#(content)"}"#
    }
    let (events, _) = read(
      Self.done(item("own")) + Self.text("Hi", at: 1)
        + Self.event(
          "response.completed",
          #""response":{"status":"completed","output":[\#(item("other"))]}"#))
    let seals = events.compactMap { if case .partSealed(_, let json) = $0 { json } else { nil } }
    #expect(seals == [item("own")])
  }

  @Test func `A message that has a phase is a text of its own, and goes back with it`() throws {
    func message(_ text: String, _ phase: String) -> String {
      #"{"type":"message","id":"m","role":"assistant","status":"completed","phase":"\#(phase)","content":[{"type":"output_text","text":"\#(text)","annotations":[]}]}"#
    }
    let (events, error) = read(
      Self.text("I look.", at: 0) + Self.done(message("I look.", "commentary"), at: 0)
        + Self.done(message("It rains.", "final_answer"), at: 1) + Self.completed())
    #expect(error == nil)
    #expect(events.compactMap(\.answer) == ["I look.", "It rains."])
    let seals = events.compactMap { event -> (Int, String)? in
      if case .partSealed(let part, let json) = event { (part.index, json) } else { nil }
    }
    #expect(seals.map(\.0) == [0, 1])
    let parts: [RequestMessage.Part] = [
      .text("I look."), .reasoning(Reasoning(text: "", opaque: seals.first?.1)),
      .text("It rains."), .reasoning(Reasoning(text: "", opaque: seals.last?.1)),
    ]
    let request = ModelRequest(
      model: "m",
      messages: [RequestMessage(.user, "?"), RequestMessage(role: .assistant, parts: parts)])
    let encoder = ResponsesEncoder(request, dialect: Dialect())
    guard case .bytes(let bytes)? = encoder.body.pieces.first else { return }
    let sent = try #require(JSONValue(parsing: bytes))
    let input = sent["input"]?.elements ?? []
    #expect(input.map { $0["phase"]?.string } == [nil, "commentary", "final_answer"])
    #expect(
      input.map { $0["content"]?[0]?["text"]?.string } == ["?", "I look.", "It rains."])
    if let schema = OfficialSchema.shared {
      #expect(schema.faults(in: sent, as: "CreateResponse") == [])
    }
    let chat = ChatCompletionsEncoder(request, dialect: Dialect()).body
    guard case .bytes(let chatBytes)? = chat.pieces.first else { return }
    #expect(JSONValue(parsing: chatBytes)?["messages"]?[1]?["content"] == "I look.\nIt rains.")
  }

  @Test func `Calls that interleave are put together by the index of their item`() {
    func added(_ index: Int, _ name: String) -> String {
      Self.event(
        "response.output_item.added",
        #""output_index":\#(index),"item":{"type":"function_call","id":"fc_\#(index)","call_id":"c\#(index)","name":"\#(name)","arguments":""}"#
      )
    }
    func piece(_ index: Int, _ text: String) -> String {
      Self.event(
        "response.function_call_arguments.delta",
        #""item_id":"fc_\#(index)","output_index":\#(index),"delta":"\#(text)""#)
    }
    let (events, error) = read(
      added(0, "a") + added(1, "b") + piece(0, "{") + piece(1, "[") + piece(0, "}")
        + Self.event(
          "response.function_call_arguments.done",
          #""item_id":"fc_1","output_index":1,"arguments":"[]""#)
        + Self.done(
          #"{"type":"function_call","id":"fc_0","call_id":"c0","name":"a","arguments":"{}","caller":{"type":"direct"}}"#
        )
        + Self.completed())
    #expect(error == nil)
    #expect(events.last == .finished(.toolCalls))
    let (first, second) = (
      ReplyPart(index: 0, kind: .toolCall(id: "c0", name: "a")),
      ReplyPart(index: 1, kind: .toolCall(id: "c1", name: "b"))
    )
    #expect(events.arguments(of: first) == "{}")
    #expect(events.arguments(of: second) == "[]")
    #expect(events.contains(.partSealed(first, #"{"responses":{"caller":{"type":"direct"}}}"#)))
  }

  @Test func `Calls without an identifier, or with a repeated one, get their own`() {
    func call(_ id: String, at index: Int) -> String {
      Self.done(
        #"{"type":"function_call","call_id":"\#(id)","name":"a","arguments":"{\"n\":\#(index)}"}"#,
        at: index)
    }
    let (events, _) = read(
      call("", at: 0) + call("c", at: 1) + call("c", at: 2) + Self.completed())
    let ids = events.compactMap { event -> String? in
      if case .partStarted(let part) = event, case .toolCall(let id, _) = part.kind {
        id
      } else {
        nil
      }
    }
    #expect(ids.count == 3)
    #expect(Set(ids).count == 3)
  }
}

extension [ReplyEvent] {
  /// The arguments of a call, joined.
  fileprivate func arguments(of call: ReplyPart) -> String {
    reduce(into: "") { text, event in
      if case .partDelta(call, let piece, _) = event { text += piece }
    }
  }
}
