import DemoServer
import Testing

@Suite struct RefusalTests {
  struct Case: CustomTestStringConvertible {
    let body: String
    var status = 400
    let message: String
    var param: String?
    var code: String?
    var testDescription: String { body }
  }

  private static func user(_ content: String) -> String {
    #"{"model":"demo","messages":[{"role":"user","content":\#(content)}]}"#
  }

  @Test(arguments: [
    Case(body: "{", message: "We could not parse the JSON body of your request."),
    Case(body: "[]", message: "We could not parse the JSON body of your request."),
    Case(body: #"{"messages":[]}"#, message: "you must provide a model parameter"),
    Case(
      body: #"{"model":"demo"}"#, message: "Missing required parameter: 'messages'.",
      param: "messages", code: "missing_required_parameter"),
    Case(
      body: #"{"model":"demo","messages":[]}"#,
      message: "Invalid type for 'messages': expected an array of at least one message.",
      param: "messages", code: "invalid_type"),
    Case(
      body: #"{"model":"demo","messages":[{"role":"boss","content":""}]}"#,
      message: "Invalid value: 'boss'. Supported values are: "
        + "'developer', 'system', 'user', 'assistant', 'tool'.",
      param: "messages[0].role", code: "invalid_value"),
    Case(
      body: #"{"model":"demo","temperature":7,"messages":[{"role":"user","content":""}]}"#,
      message: "Invalid 'temperature': expected a value between 0.0 and 2.0, but got 7.0 instead.",
      param: "temperature", code: "invalid_value"),
    Case(
      body: user(#"[{"type":"image_url","image_url":{"url":"data:image/png;base64,SGVsbG8="}}]"#),
      message: "You uploaded an unsupported image. Please make sure your image has of one the "
        + "following formats: ['png', 'jpeg', 'gif', 'webp'].",
      param: "messages[0].content[0].image_url.url", code: "invalid_image_format"),
    Case(
      body: user(#"[{"type":"image_url","image_url":{"url":"http://h/p","detail":"original"}}]"#),
      message: "Invalid value: 'original'. Supported values are: 'low', 'high', 'auto'.",
      param: "messages[0].content[0].image_url.detail", code: "invalid_value"),
    Case(
      body: user(#"[{"type":"input_audio"}]"#),
      message: "Missing required parameter: 'messages[0].content[0].input_audio.format'.",
      param: "messages[0].content[0].input_audio.format", code: "missing_required_parameter"),
    Case(
      body: #"{"model":"demo","messages":[{"role":"system","content":"#
        + #"[{"type":"image_url","image_url":{"url":"http://h/p"}}]}]}"#,
      message: "Image URLs are only allowed for messages with role 'user', but this message with "
        + "role 'system' contains an image URL.",
      param: "messages[0].content[0]", code: "invalid_value"),
    Case(
      body: #"{"model":"demo-blind","messages":[{"role":"user","content":"#
        + #"[{"type":"image_url","image_url":{"url":"http://h/p"}}]}]}"#,
      message: "Invalid content type. image_url is only supported by certain models.",
      param: "messages[0]"),
    Case(
      body: #"{"model":"demo-error-401","messages":[{"role":"user","content":""}]}"#, status: 401,
      message: "Incorrect API key provided: demo.", code: "invalid_api_key"),
    Case(
      body: #"{"model":"demo-error-429","messages":[{"role":"user","content":""}]}"#, status: 429,
      message: "Rate limit reached for the demo. Please try again in 1s.",
      code: "rate_limit_exceeded"),
    Case(
      body: #"{"model":"demo-error-503","messages":[{"role":"user","content":""}]}"#, status: 503,
      message: "The server had an error while processing your request."),
  ])
  func `A bad request is refused as OpenAI refuses it`(_ row: Case) async throws {
    try await withDemo { client, _ in
      let answer = try await client.ask(row.body)
      #expect(answer.status == row.status)
      #expect(answer.headers["content-type"] == "application/json")
      let error = try answer.decoded(Refusal.self).error
      #expect(error.message == row.message)
      #expect(error.param == row.param)
      #expect(error.code == row.code)
    }
  }

  @Test(arguments: [("GET", "/v1/chat/completions"), ("POST", "/v1/models"), ("GET", "/")])
  func `An unknown path is refused`(method: String, path: String) async throws {
    try await withDemo { client, _ in
      let answer = try await client.send(method, path)
      #expect(answer.status == 404)
      #expect(try answer.decoded(Refusal.self).error.message == "Invalid URL (\(method) \(path))")
    }
  }

  @Test func `A body beyond the limit is refused`() async throws {
    try await withDemo(maxBodyBytes: 100_000) { client, _ in
      let answer = try await client.ask(String(repeating: " ", count: 300_000))
      #expect(answer.status == 413)
      #expect(
        try answer.decoded(Refusal.self).error.message == "The request is larger than 100000 bytes."
      )
    }
  }

  @Test func `The models are listed`() async throws {
    struct List: Decodable {
      struct Model: Decodable {
        let id: String
        let object: String
      }
      let object: String
      let data: [Model]
    }
    try await withDemo { client, _ in
      let list = try await client.send("GET", "/v1/models").decoded(List.self)
      #expect(list.object == "list")
      #expect(list.data.map(\.id).starts(with: ["demo", "demo-fast", "demo-slow"]))
      #expect(list.data.allSatisfy { $0.object == "model" })
    }
  }

  @Test func `A log keeps what was sent, refused or not`() async throws {
    let log = RequestLog()
    try await withDemo(log: log) { client, _ in
      _ = try await client.ask("{")
      _ = try await client.send("GET", "/v1/models")
    }
    #expect(log.requests.map(\.path) == ["/v1/chat/completions", "/v1/models"])
    #expect(log.requests.map(\.method) == ["POST", "GET"])
    #expect(log.requests.first?.body == Array("{".utf8))
    #expect(log.requests.first?.headers["Content-Type"] == "application/json")
  }
}
