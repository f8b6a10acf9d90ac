import JSON
import Testing

/// The demo on the wire of `/responses`.
@Suite struct DemoResponsesTests {
  private func ask(
    _ input: String, model: String = "demo", more: String = "", isStreamed: Bool = true
  ) async throws -> WireClient.Answer {
    let body = #"{"model":"\#(model)","stream":\#(isStreamed),"input":\#(input)\#(more)}"#
    return try await withDemo { client, _ in
      try await client.send("POST", "/v1/responses", body: body)
    }
  }

  /// The data of the events, in their order.
  private func events(_ answer: WireClient.Answer) -> [JSONValue] {
    answer.text.split(separator: "\n").filter { $0.hasPrefix("data: ") }
      .compactMap { JSONValue(parsing: String($0.dropFirst(6))) }
  }

  private func types(_ events: [JSONValue]) -> [String] { events.compactMap { $0["type"]?.string } }

  private static let done = "response.completed"

  @Test func `A text comes between its item's beginning and end, numbered from 0`() async throws {
    let answer = try await ask(#""count 3""#)
    #expect(answer.headers["content-type"] == "text/event-stream")
    let events = events(answer)
    let types = types(events)
    #expect(
      types.prefix(3) == ["response.created", "response.in_progress", "response.output_item.added"])
    #expect(
      types.suffix(3) == ["response.output_text.done", "response.output_item.done", Self.done])
    #expect(events.compactMap { $0["sequence_number"]?.integer } == Array(0..<events.count))
    let text = events.filter { $0["type"] == "response.output_text.delta" }
      .compactMap { $0["delta"]?.string }.joined()
    #expect(text.hasSuffix("1 2 3"))
    let whole = events.last?["response"]
    #expect(whole?["output"]?[0]?["content"]?[0]?["text"]?.string == text)
    #expect(whole?["usage"]?["input_tokens"]?.integer ?? 0 > 0)
  }

  private static let pictureTool =
    #","tools":[{"type":"image_generation","size":"816x816","partial_images":2}]"#

  @Test func `A picture is made where the words ask for one, with unfinished ones before it`()
    async throws
  {
    let events = events(try await ask(#""draw a cat""#, more: Self.pictureTool))
    let prefix = "response.image_generation_call."
    let partials = events.filter { $0["type"]?.string == prefix + "partial_image" }
    #expect(partials.compactMap { $0["partial_image_index"]?.integer } == [0, 1])
    let item = events.first { $0["item"]?["result"]?.string != nil }?["item"]
    #expect(item?["size"] == "816x816" && item?["revised_prompt"] == "a cat, in great detail")
    let png = try #require(item?["result"]?.string.flatMap { Base64.decoded($0.utf8) })
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(types(events).contains(prefix + "completed") && types(events).last == Self.done)
    let other = self.events(try await ask(#""What is a cat?""#, more: Self.pictureTool))
    #expect(!types(other).contains { $0.hasPrefix(prefix) })
  }

  @Test func `A picture that is refused is told by its item`() async throws {
    let events = events(try await ask(#""draw refuse""#, more: Self.pictureTool))
    let item = events.first { $0["item"]?["type"] == "image_generation_call" }
    #expect(item != nil)
    #expect(events.contains { $0["item"]?["status"] == "failed" })
  }

  @Test func `A member that the tool does not have is refused`() async throws {
    let answer = try await ask(
      #""draw a cat""#, more: #","tools":[{"type":"image_generation","style":"vivid"}]"#)
    #expect(answer.status == 400 && answer.text.contains("tools[0].style"))
  }

  @Test func `Without a stream the response comes whole`() async throws {
    let answer = try await ask(#""count 3""#, isStreamed: false)
    let json = JSONValue(parsing: answer.body)
    #expect(json?["object"] == "response")
    #expect(json?["status"] == "completed")
    #expect(json?["output"]?[0]?["content"]?[0]?["text"]?.string?.hasSuffix("1 2 3") == true)
  }

  @Test func `Reasoning comes as a summary and sealed, and its own is taken back`() async throws {
    let events = events(try await ask(#""count 3""#, model: "demo-think"))
    let item = events.first { $0["type"] == "response.output_item.done" }?["item"]
    #expect(item?["type"] == "reasoning")
    #expect(item?["summary"]?[0]?["text"]?.string?.hasPrefix("1 2 3 4") == true)
    let sealed = try #require(item)
    let question = #"{"role":"user","content":"count 2"}"#
    let again = try await ask("[\(question),\(sealed),\(question)]")
    #expect(again.status == 200)
  }

  @Test func `A tool that is named is called, and its result is read`() async throws {
    let tools =
      #","tools":[{"type":"function","name":"weather","parameters":{"type":"object","required":["city"]},"strict":false}]"#
    let events = events(try await ask(#""The weather in Paris and Rome?""#, more: tools))
    let calls = events.last?["response"]?["output"]?.elements ?? []
    #expect(calls.map { $0["type"]?.string } == ["function_call", "function_call"])
    #expect(calls[0]["arguments"] == #"{"city":"Paris"}"#)
    let pieces = events.filter { $0["type"] == "response.function_call_arguments.delta" }
    #expect(pieces.count == 4)
    let result =
      #"{"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"21 °C"}]}"#
    let report = try await ask("[\(calls[0]),\(result)]", more: tools, isStreamed: false)
    #expect(report.text.contains("21 °C"))
  }

  @Test(arguments: [
    ("demo-error", #""status":"failed""#, true), ("demo-cut", Self.done, false),
  ]) func `A model's name has a stream fail`(
    model: String, sign: String, isThere: Bool
  ) async throws {
    let answer = try await ask(#""long""#, model: model)
    #expect(answer.text.contains(sign) == isThere)
    #expect(answer.isWhole == (model != "demo-cut"))
  }

  @Test func `A limit of tokens leaves the response incomplete`() async throws {
    let last = events(try await ask(#""long""#, more: #","max_output_tokens":16"#)).last
    #expect(last?["type"] == "response.incomplete")
    #expect(last?["response"]?["incomplete_details"]?["reason"] == "max_output_tokens")
    #expect(last?["response"]?["usage"]?["output_tokens"] == 16)
  }

  @Test(arguments: [
    (#"[]"#, 400, "input"),
    (#"[{"role":"user","content":[{"type":"text","text":"a"}]}]"#, 400, "input[0].content[0].type"),
    (#"[{"type":"function_call_output","output":"a"}]"#, 400, "input[0].call_id"),
    (#"[{"type":"odd"}]"#, 400, "input[0].type"),
    (#"[{"type":"reasoning","encrypted_content":"gAAA"}]"#, 400, "invalid_encrypted_content"),
    (#""a""#, 429, "rate_limit_exceeded"),
  ]) func `A request that OpenAI refuses is refused in its words`(
    input: String, status: Int, sign: String
  ) async throws {
    let answer = try await ask(input, model: status == 429 ? "demo-error-429" : "demo")
    #expect(answer.status == status)
    #expect(answer.text.contains(sign))
  }

  @Test func `Tokens are counted without a reply`() async throws {
    let answer = try await withDemo { client, _ in
      try await client.send(
        "POST", "/v1/responses/input_tokens", body: #"{"model":"demo","input":"Hello"}"#)
    }
    #expect(JSONValue(parsing: answer.body)?["input_tokens"]?.integer ?? 0 > 0)
  }
}
