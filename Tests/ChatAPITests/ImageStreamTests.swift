import ChatAPI
import Conversation
import Language
import Testing

/// What becomes of the answers of Images APIs.
@Suite struct ImageStreamTests {
  private func outcome(
    _ answers: String..., change: (inout Provider) -> Void = { _ in }
  ) async throws -> (ImageOutcome, FaultServer) {
    let server = try FaultServer(answers.map { [.request, .text($0)] })
    var provider = try Provider.local(server)
    change(&provider)
    let request = ImageRequest(model: "m", prompt: "a")
    return (await ImageOutcome(ChatClient().pictures(for: request, at: provider)), server)
  }

  @Test(arguments: [
    #"{"created":1,"data":[{"b64_json":"aGk=","revised_prompt":"a hello"}]}"#,
    #"{"data":[{"url":"data:image/png;base64,aGk=","revised_prompt":"a hello"}]}"#,
    #"{"data":[{"revised_prompt":"a hello","b64_json":"data:image/png;base64,aGk="}]}"#,
    #"{"images":[{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="},"revised_prompt":"a hello"}]}"#,
  ]) func `A picture comes with its revised prompt, wherever it stands`(body: String) async throws {
    let (outcome, _) = try await outcome(answer(200, body))
    #expect(outcome.pictures == [.init(bytes: "hi", revisedPrompt: "a hello")])
    #expect(outcome.error == nil)
  }

  @Test func `An address is passed on, to be fetched`() async throws {
    let (outcome, _) = try await outcome(answer(200, #"{"data":[{"url":"https://a/b.png?c"}]}"#))
    #expect(outcome.pictures == [.init(bytes: "https://a/b.png?c")])
  }

  @Test func `Figures come as they are counted, an estimate where pictures went out`() async throws
  {
    let body =
      #"{"data":[{"b64_json":"aGk="}],"usage":{"input_tokens":50,"input_tokens_details":{"text_tokens":10,"image_tokens":40},"output_tokens":1767,"total_tokens":1817}}"#
    let (outcome, _) = try await outcome(answer(200, body))
    #expect(outcome.usage == TokenUsage(prompt: 50, completion: 1767, isEstimated: true))
  }

  private static let events = [
    #"event: image_generation.partial_image"#,
    #"data: {"type":"image_generation.partial_image","b64_json":"YQ==","partial_image_index":0}"#,
    "",
    #": keep-alive"#, "",
    #"data: {"type":"image_generation.partial_image","b64_json":"Yg==","partial_image_index":1}"#,
    "",
    #"event: image_generation.completed"#,
    #"data: {"type":"image_generation.completed","b64_json":"aGk=","usage":{"input_tokens":1,"output_tokens":2}}"#,
    "",
  ]

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `Unfinished pictures come before the whole one`(lineBreak: String) async throws {
    let body = Self.events.joined(separator: lineBreak) + lineBreak + "data: [DONE]"
    let (outcome, _) = try await outcome(streamHead + body)
    #expect(
      outcome.pictures == [
        .init(bytes: "a", isPartial: true), .init(bytes: "b", isPartial: true), .init(bytes: "hi"),
      ])
    #expect(outcome.usage == TokenUsage(prompt: 1, completion: 2))
    #expect(outcome.error == nil)
  }

  @Test func `A response's tool gives its pictures once`() async throws {
    let lines = [
      #"{"type":"response.image_generation_call.partial_image","partial_image_b64":"YQ==","partial_image_index":0}"#,
      #"{"type":"response.output_item.done","item":{"type":"image_generation_call","id":"ig_1","status":"completed","result":"aGk=","revised_prompt":"a hello"}}"#,
      #"{"type":"response.output_item.done","item":{"type":"message","content":[{"type":"output_text","text":"Here."}]}}"#,
      #"{"type":"response.completed","response":{"status":"completed","error":null,"output":[{"type":"image_generation_call","result":"aGk="}],"usage":{"input_tokens":3,"output_tokens":4}}}"#,
    ]
    let (outcome, _) = try await outcome(streamHead + lines.map { "data: \($0)\n\n" }.joined())
    #expect(
      outcome.pictures == [
        .init(bytes: "a", isPartial: true), .init(bytes: "hi", revisedPrompt: "a hello"),
      ])
    #expect(outcome.usage == TokenUsage(prompt: 3, completion: 4))
    #expect(outcome.error == nil)
  }

  @Test func `A stream is read however it is cut`() async throws {
    let body = Self.events.joined(separator: "\r\n") + "\r\n"
    for count in 1..<40 {
      let bytes = Array(body.utf8)
      let pieces = stride(from: 0, to: bytes.count, by: count).map { start in
        FaultServer.Step.send(Array(bytes[start..<min(start + count, bytes.count)]))
      }
      let server = try FaultServer([[.request, .text(streamHead)] + pieces])
      let stream = ChatClient().pictures(
        for: ImageRequest(model: "m", prompt: "a"), at: try Provider.local(server))
      #expect(await ImageOutcome(stream).pictures.map(\.bytes) == ["a", "b", "hi"])
    }
  }

  @Test(arguments: [
    (
      400,
      #"{"error":{"type":"image_generation_user_error","code":"moderation_blocked","message":"no","moderation_details":{"moderation_stage":"input","categories":["violence","gore"]}}}"#,
      "refuses the prompt (violence, gore): word it otherwise."
    ),
    (
      400,
      #"{"error":{"code":"moderation_blocked","message":"no","moderation_details":{"moderation_stage":"output","categories":["self-harm"]}}}"#,
      "made a picture and held it back (self-harm): word the prompt otherwise."
    ),
    (
      400, #"{"error":{"code":"moderation_blocked","message":"no"}}"#,
      "refuses to draw this (no reason told): word the prompt otherwise."
    ),
    (
      403,
      #"{"error":{"message":"Your organization must be verified to use the model `gpt-image-2`."}}"#,
      "makes pictures for verified organisations alone: verify yours in its settings."
    ),
    (
      200, #"{"data":[{"b64_json":"a!b"}]}"#,
      "sent a picture that cannot be read: ask again, or try another model."
    ),
    (
      200, #"{"data":[{"b64_json":""}]}"#,
      "answered without a picture: ask again, or try another model."
    ),
    (200, #"{"data":[]}"#, "answered without a picture: ask again, or try another model."),
    (
      200, #"{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}"#,
      "The quota of your key is used up at"
    ),
  ]) func `What went wrong is told in one sentence, and nothing is asked again`(
    status: Int, body: String, sentence: String
  ) async throws {
    let (outcome, server) = try await outcome(answer(status, body)) { $0.hasAssumedVersion = false }
    let text = try #require(outcome.error?.phrase.text())
    #expect(text.contains(sentence), "\(text)")
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [
    (
      501,
      #"{"error":{"message":"API not implemented","type":"one_api_error","code":"api_not_implemented"}}"#
    ),
    (404, "<html><title>404</title></html>"),
  ]) func `Where a chat makes no pictures either, the call that is missing is the first`(
    status: Int, body: String
  ) async throws {
    let refusal = answer(status, body)
    let (outcome, server) = try await outcome(refusal, refusal) { $0.hasAssumedVersion = false }
    let text = try #require(outcome.error?.phrase.text())
    let sentence = "has no /images/generations: choose a server that makes pictures with /provider."
    #expect(text.contains(sentence), "\(text)")
    #expect(
      server.requests.map(\.line) == [
        "POST /v1/images/generations HTTP/1.1", "POST /v1/chat/completions HTTP/1.1",
      ])
  }

  @Test func `What came before a break is kept`() async throws {
    let body = streamHead + Self.events.prefix(3).joined(separator: "\n") + "\n"
    let (outcome, server) = try await outcome(body)
    #expect(outcome.pictures == [.init(bytes: "a", isPartial: true)])
    #expect(outcome.error?.kind == .reply(.pictureMissing))
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [
    #"{"data":[{"b64_json":"aGk="},{"b64_json":"a!b"}]}"#,
    #"{"data":[{"b64_json":"aGk="},{"b64_json":"aGVsbG8"#,
  ]) func `A picture that came whole before the answer broke is given out`(body: String)
    async throws
  {
    let (outcome, server) = try await outcome(answer(200, body))
    #expect(outcome.received[0] == "hi")
    #expect(outcome.error != nil)
    #expect(server.requests.count == 1)
  }

  private static let preview = #"{"type":"image_generation.partial_image","b64_json":"#

  @Test(arguments: [
    // Letters that are none, a byte that is not whole, a quote that is missing, no JSON, and far too much.
    preview + #""a!b"}"#, preview + #""aGVsbG8hI"}"#, preview + #""aGVsbG8"#, preview,
    preview + #""aGk=","a":""# + String(repeating: "x", count: 5 << 20) + #""}"#,
  ]) func `A broken preview costs nothing of the picture behind it`(event: String) async throws {
    let picture = #"{"type":"image_generation.completed","b64_json":"aGk="}"#
    let (outcome, _) = try await outcome(streamHead + "data: \(event)\n\ndata: \(picture)\n\n")
    #expect(outcome.pictures.last == .init(bytes: "hi"))
    #expect(outcome.error == nil)
  }

  @Test func `A picture behind one that cannot be read is given out`() async throws {
    let body = #"{"data":[{"b64_json":"a!b"},{"b64_json":"aGk="}]}"#
    let (outcome, _) = try await outcome(answer(200, body))
    #expect(outcome.pictures == [.init(bytes: ""), .init(bytes: "hi")])
    #expect(outcome.error?.kind == .reply(.pictureUnreadable))
  }

  @Test func `A picture before an error in the same stream is given out`() async throws {
    let events = Self.events.joined(separator: "\n") + "\n"
    let (outcome, _) = try await outcome(
      streamHead + events + "data: {\"error\":{\"message\":\"overloaded\"}}\n\n")
    #expect(outcome.pictures.last == .init(bytes: "hi"))
    #expect(outcome.error?.message == "overloaded")
  }

  private static let missing = answer(404, "")

  @Test(arguments: [
    #""content":"I cannot draw this.""#,
    #""content":[{"type":"text","text":"I cannot draw this."}]"#,
  ]) func `What a model says in the place of a picture is told`(content: String) async throws {
    let body = #"{"choices":[{"message":{"role":"assistant",\#(content)}}]}"#
    let (outcome, _) = try await outcome(Self.missing, answer(200, body)) {
      $0.hasAssumedVersion = false
    }
    let text = outcome.error?.phrase.text() ?? ""
    #expect(text.contains("answered without a picture"), "\(text)")
    #expect(text.contains("I cannot draw this."), "\(text)")
  }

  @Test func `Pictures in the Markdown of a chat are found, and its words`() async throws {
    let content =
      #"Here: ![a cat](data:image/png;base64,aGk=) or ![it](https://a/b.png \"it\")\n![x] (no)"#
    let body = #"{"choices":[{"message":{"role":"assistant","content":"\#(content)"}}]}"#
    let (outcome, _) = try await outcome(Self.missing, answer(200, body)) {
      $0.hasAssumedVersion = false
    }
    #expect(outcome.error == nil)
    #expect(outcome.pictures.map(\.bytes) == ["data:image/png;base64,aGk=", "https://a/b.png"])
    #expect(outcome.words == "Here:  or \n![x] (no)")
  }

  @Test func `A failure of the server is not answered by asking again`() async throws {
    let (outcome, server) = try await outcome(answer(500, #"{"error":{"message":"oh"}}"#))
    #expect(outcome.error?.status == 500)
    #expect(server.requests.count == 1)
  }

  @Test func `Silence ends at the deadline of pictures`() async throws {
    let gate = Gate()
    let server = try FaultServer([[.request, .pass(gate)]])
    var provider = try Provider.local(server)
    provider.timeLimits.image = .milliseconds(200)
    let outcome = await ImageOutcome(
      ChatClient().pictures(for: ImageRequest(model: "m", prompt: "a"), at: provider))
    gate.open()
    #expect(outcome.error?.kind == .network(.firstByteTimeout))
    #expect(Provider.TimeLimits().image == .seconds(300))
  }

  @Test func `A picture without end is left at the limit, and told`() async throws {
    let body = #"{"data":[{"b64_json":""# + String(repeating: "aGlo", count: 1000)
    let server = try FaultServer([[.request, .text(streamHead + body)]])
    var request = ImageRequest(model: "m", prompt: "a")
    request.byteLimit = 2000
    let outcome = await ImageOutcome(
      ChatClient().pictures(for: request, at: try Provider.local(server)))
    #expect(outcome.error?.kind == .reply(.pictureTooLarge(limit: 2000)))
    #expect(outcome.received.values.allSatisfy { $0.utf8.count <= 2000 })
  }
}
