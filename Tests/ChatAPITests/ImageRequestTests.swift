import ChatAPI
import Conversation
import FoundationEssentials
import JSON
import Language
import OfficialSchemas
import Testing

/// The bodies of calls of the Images API, as a server gets them, and against OpenAI's own description.
@Suite struct ImageRequestTests {
  private static let ok = answer(200, #"{"data":[{"b64_json":"aGk="}]}"#)

  private func sent(
    _ request: ImageRequest, _ calls: Dialect.ImageCalls = .usual, answers: [String] = [ok]
  ) async throws -> [ReceivedRequest] {
    let server = try FaultServer(answers.map { [.request, .text($0)] })
    var provider = try Provider.local(server)
    provider.dialect.imageCalls = calls
    _ = await ImageOutcome(ChatClient().pictures(for: request, at: provider))
    return server.requests
  }

  /// Files that live as long as they are held.
  private func file(_ content: String = "PNG") throws -> TemporaryFile {
    try TemporaryFile(bytes: Array(content.utf8))
  }

  private static func full(_ change: (inout ImageRequest) -> Void = { _ in }) -> ImageRequest {
    var request = ImageRequest(model: "gpt-image-2", prompt: "a \"cat\"\n猫")
    request.size = .pixels(PixelSize(width: 1536, height: 1024))
    (request.quality, request.background, request.format) = ("low", "opaque", "webp")
    (request.count, request.partialCount) = (2, 3)
    change(&request)
    return request
  }

  private func faults(_ body: JSONValue, _ name: String) -> [String] {
    OfficialSchema.shared?.faults(in: body, as: name) ?? []
  }

  @Test func `A generation is what OpenAI describes`() async throws {
    let dallE = Self.full {
      ($0.style, $0.asksForBase64, $0.partialCount, $0.format) = ("vivid", true, 0, nil)
      $0.quality = "hd"
    }
    for request in [Self.full(), ImageRequest(model: "m", prompt: "a"), dallE] {
      let received = try #require(try await sent(request).first)
      #expect(received.line == "POST /v1/images/generations HTTP/1.1")
      let body = try #require(JSONValue(parsing: received.body))
      #expect(faults(body, "CreateImageRequest") == [])
      #expect(body["prompt"]?.string == request.prompt)
    }
  }

  @Test func `What was not set is not sent`() async throws {
    let received = try await sent(ImageRequest(model: "m", prompt: "a")).first
    #expect(
      received.map { String(decoding: $0.body, as: UTF8.self) } == #"{"model":"m","prompt":"a"}"#)
  }

  @Test func `An edit in JSON is what OpenAI describes`() async throws {
    var request = Self.full { $0.format = "png" }
    let (png, mask) = (try file(), try file("MASK"))
    defer { withExtendedLifetime((png, mask)) {} }
    request.pictures = [.file(png.picture), .url("https://a/\"b\".png")]
    request.mask = mask.picture
    let received = try #require(try await sent(request, .openAI).first)
    #expect(received.line == "POST /v1/images/edits HTTP/1.1")
    let body = try #require(JSONValue(parsing: received.body))
    // A size of its own is what the model takes; the description lags behind.
    guard case .object(let members) = body else { return #expect(Bool(false)) }
    let described = JSONValue.object(members.filter { $0.name != "size" })
    #expect(faults(described, "EditImageBodyJsonParam") == [])
    #expect(body["images"]?[0]?["image_url"]?.string == "data:image/png;base64,UE5H")
    #expect(body["images"]?[1]?["image_url"]?.string == "https://a/\"b\".png")
    #expect(body["mask"]?["image_url"]?.string == "data:image/png;base64,TUFTSw==")
  }

  @Test func `An edit elsewhere is a form with the files as they are`() async throws {
    var request = Self.full()
    let files = [try file("\u{0}--\r\n\"x\""), try file("b"), try file("MASK")]
    defer { withExtendedLifetime(files) {} }
    var jpeg = files[1].picture
    jpeg.mediaType = "image/jpeg"
    request.pictures = [.file(files[0].picture), .file(jpeg)]
    request.mask = files[2].picture
    let received = try #require(try await sent(request).first)
    let form = try #require(SentForm(received))
    #expect(form.fields["image[]"] == ["\u{0}--\r\n\"x\"", "b"])
    #expect(form.fields["mask"] == ["MASK"])
    #expect(form.fields["prompt"] == [request.prompt])
    #expect(form.fileNames == ["image-1.png", "image-2.jpg", "mask.png"])
    var described = form.fields.filter { !["image[]", "mask"].contains($0.key) }
      .compactMap { name, values in values.first.map { JSONMember(name, Self.value($0)) } }
    described.append(JSONMember("image", "bytes"))
    #expect(faults(.object(described), "CreateImageEditRequest") == [])
  }

  /// Fields of a form are texts: numbers and truth values are read out of them.
  private static func value(_ text: String) -> JSONValue {
    Int(text).map { JSONValue($0) } ?? (text == "true" ? true : .string(text))
  }

  @Test func `One picture has the name that every server knows`() async throws {
    var request = ImageRequest(model: "m", prompt: "a")
    let png = try file()
    defer { withExtendedLifetime(png) {} }
    request.pictures = [.file(png.picture)]
    let form = try #require(try await sent(request).first.flatMap(SentForm.init))
    #expect(form.fields["image"] == ["PNG"])
  }

  @Test func `Without a prompt a picture is varied`() async throws {
    var request = Self.full { ($0.prompt, $0.partialCount, $0.asksForBase64) = ("", 0, true) }
    let png = try file()
    defer { withExtendedLifetime(png) {} }
    request.varied = .file(png.picture)
    let received = try #require(try await sent(request).first)
    #expect(received.line == "POST /v1/images/variations HTTP/1.1")
    let form = try #require(SentForm(received))
    #expect(Set(form.fields.keys) == ["model", "n", "size", "image", "response_format"])
    #expect(form.fields["image"] == ["PNG"])
    var described = form.fields.filter { $0.key != "image" }
      .compactMap { name, values in values.first.map { JSONMember(name, Self.value($0)) } }
    described.append(JSONMember("image", "bytes"))
    // The description knows the three sizes of the model that it was made for.
    described.removeAll { $0.name == "size" }
    #expect(faults(.object(described), "CreateImageVariationRequest") == [])
  }

  @Test(arguments: [404, 405, 501])
  func `A server that varies no pictures is told, and not asked again`(status: Int) async throws {
    var request = ImageRequest(model: "m", prompt: "")
    let png = try file()
    defer { withExtendedLifetime(png) {} }
    request.varied = .file(png.picture)
    let server = try FaultServer(answering: answer(status, #"{"error":{"message":"none"}}"#))
    var provider = try Provider.local(server)
    provider.hasAssumedVersion = false
    let client = ChatClient()
    for _ in 0..<2 {
      let outcome = await ImageOutcome(client.pictures(for: request, at: provider))
      let sentence = "has no /images/variations: say in words what to change."
      let text = outcome.error?.phrase.text() ?? ""
      #expect(text.contains(sentence), "\(text)")
      #expect(server.requests.count == 1)
    }
    #expect(
      client.learnedRules.adaptations(for: "another", at: provider)
        == [.missingCall("/images/variations")])
  }

  @Test func `Where there is a prompt it is drawn once more, and that is told once`() async throws {
    var request = ImageRequest(model: "m", prompt: "a cat")
    let png = try file()
    defer { withExtendedLifetime(png) {} }
    request.varied = .file(png.picture)
    let server = try FaultServer(answering: answer(501, "{}"), Self.ok, Self.ok)
    let provider = try Provider.local(server)
    let client = ChatClient()
    let name = "127.0.0.1:\(server.port)"
    var outcome = await ImageOutcome(client.pictures(for: request, at: provider))
    #expect(outcome.pictures.map(\.bytes) == ["hi"])
    #expect(outcome.told == ["\(name) varies no pictures: the prompt is drawn once more."])
    outcome = await ImageOutcome(client.pictures(for: request, at: provider))
    #expect(outcome.pictures.map(\.bytes) == ["hi"] && outcome.told == [])
    #expect(
      server.requests.map(\.line) == [
        "POST /v1/images/variations HTTP/1.1", "POST /v1/images/generations HTTP/1.1",
        "POST /v1/images/generations HTTP/1.1",
      ])
  }

  @Test func `OpenAI, which has no variations any more, is not asked for any`() async throws {
    var request = ImageRequest(model: "m", prompt: "")
    let png = try file()
    defer { withExtendedLifetime(png) {} }
    request.varied = .file(png.picture)
    #expect(try await sent(request, .openAI).isEmpty)
    request.prompt = "a cat"
    #expect(
      try await sent(request, .openAI).map(\.line) == ["POST /v1/images/generations HTTP/1.1"])
  }

  @Test func `OpenRouter gets its own call, with the relation of the sides`() async throws {
    var request = Self.full()
    let png = try file()
    defer { withExtendedLifetime(png) {} }
    request.pictures = [.file(png.picture)]
    let received = try #require(try await sent(request, .openRouter).first)
    #expect(received.line == "POST /v1/images HTTP/1.1")
    let body = try #require(JSONValue(parsing: received.body))
    #expect(body["aspect_ratio"] == "3:2")
    #expect(body["size"] == nil && body["stream"] == nil && body["response_format"] == nil)
    #expect(
      body["input_references"]
        == [["type": "image_url", "image_url": ["url": "data:image/png;base64,UE5H"]]])
  }

  @Test func `A talking model draws with the tool that OpenAI describes`() async throws {
    var request = Self.full { ($0.format, $0.model) = ("png", "gpt-6-luna") }
    request.toolModel = "gpt-image-2"
    let png = try file()
    defer { withExtendedLifetime(png) {} }
    request.pictures = [.file(png.picture)]
    request.mask = png.picture
    let received = try #require(try await sent(request, .openAI).first)
    #expect(received.line == "POST /v1/responses HTTP/1.1")
    let body = try #require(JSONValue(parsing: received.body))
    #expect(faults(body, "CreateResponse") == [])
    #expect(body["store"] == false)
    let tool = try #require(body["tools"]?[0])
    #expect(faults(tool, "ImageGenTool") == [])
    #expect(tool["action"] == "edit" && tool["model"] == "gpt-image-2")
    #expect(body["input"]?[0]?["content"]?[0]?["text"]?.string == request.prompt)
  }

  @Test(arguments: [404, 405, 501])
  func `Where there is no Images API the model is asked in a chat`(status: Int) async throws {
    var request = Self.full()
    let png = try file()
    defer { withExtendedLifetime(png) {} }
    request.pictures = [.file(png.picture)]
    let reply =
      #"{"choices":[{"message":{"content":"Here","images":[{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}}]}}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#
    let refusal = answer(status, #"{"error":{"message":"API not implemented"}}"#)
    // What is not found is looked for once more without `/v1`, before a chat is tried where it is usual.
    let refusals = Array(repeating: refusal, count: status == 404 ? 2 : 1)
    let server = try FaultServer(
      (refusals + [answer(200, reply)]).map { [.request, .text($0)] })
    let provider = try Provider.local(server)
    let outcome = await ImageOutcome(ChatClient().pictures(for: request, at: provider))
    #expect(outcome.error == nil)
    #expect(outcome.pictures == [.init(bytes: "hi")])
    let last = try #require(server.requests.last)
    #expect(last.line == "POST /v1/chat/completions HTTP/1.1")
    let body = try #require(JSONValue(parsing: last.body))
    #expect(body["modalities"] == ["image", "text"])
    #expect(
      body["messages"]?[0]?["content"]?[1]?["image_url"]?["url"] == "data:image/png;base64,UE5H")
  }

  @Test func `What a server does not take is left out, and told`() async throws {
    let refusal = answer(
      400,
      #"{"error":{"message":"Unknown parameter: 'response_format'.","param":"response_format","code":"unknown_parameter"}}"#
    )
    var request = ImageRequest(model: "m", prompt: "a")
    request.asksForBase64 = true
    let server = try FaultServer(answering: refusal, Self.ok)
    let outcome = await ImageOutcome(
      ChatClient().pictures(for: request, at: try Provider.local(server)))
    #expect(
      outcome.told == ["127.0.0.1:\(server.port) does not take response_format: it is left out."])
    #expect(outcome.error == nil)
    #expect(
      server.requests.last.flatMap { JSONValue(parsing: $0.body) } == ["model": "m", "prompt": "a"])
  }

  @Test func `A size that is refused becomes the nearest of those that are named`() async throws {
    let refusal = answer(
      400,
      #"{"error":{"message":"Invalid value: '900x600'. Supported values are: '1024x1024', '1536x1024' and '1024x1536'.","param":"size","code":"invalid_value"}}"#
    )
    var request = ImageRequest(model: "m", prompt: "a")
    request.size = .pixels(PixelSize(width: 900, height: 600))
    let server = try FaultServer(answering: refusal, Self.ok)
    let outcome = await ImageOutcome(
      ChatClient().pictures(for: request, at: try Provider.local(server)))
    #expect(
      outcome.told == ["127.0.0.1:\(server.port) does not draw 900×600: 1536×1024 is asked for."])
    #expect(server.requests.last.flatMap { JSONValue(parsing: $0.body) }?["size"] == "1536x1024")
  }

  @Test(arguments: [400, 404, 415, 422, 501])
  func `Where pictures in JSON are not taken they go as files`(status: Int) async throws {
    var request = ImageRequest(model: "m", prompt: "a")
    let png = try file()
    defer { withExtendedLifetime(png) {} }
    request.pictures = [.file(png.picture)]
    let requests = try await sent(
      request, .openAI, answers: [answer(status, #"{"error":"multipart expected"}"#), Self.ok])
    #expect(requests.count == 2)
    #expect(requests.last.flatMap(SentForm.init)?.fields["image"] == ["PNG"])
  }

  @Test
  func `Where it may be the address or the form, both are tried, and the form where it belongs`()
    async throws
  {
    var request = ImageRequest(model: "m", prompt: "a")
    let png = try file()
    defer { withExtendedLifetime(png) {} }
    request.pictures = [.file(png.picture)]
    let missing = answer(404, "")
    let requests = try await sent(request, .openAI, answers: [missing, missing, Self.ok])
    #expect(
      requests.map(\.line) == [
        "POST /v1/images/edits HTTP/1.1", "POST /images/edits HTTP/1.1",
        "POST /v1/images/edits HTTP/1.1",
      ])
    #expect(requests.last.flatMap(SentForm.init)?.fields["image"] == ["PNG"])
  }
}
