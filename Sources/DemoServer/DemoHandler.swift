import FlyingFox
import FoundationEssentials
import JSON
import Synchronization

/// FlyingFox has a type of the same name.
private typealias JSONValue = JSON.JSONValue

/// Answers requests on the paths of the OpenAI API that a chat client uses.
final class DemoHandler: HTTPHandler {
  /// Larger bodies are refused: the demo holds a request in memory as a whole.
  private let maxBodyBytes: Int
  private let pace: Duration
  private let log: RequestLog?
  private let answered = Atomic(0)
  private let encoder: DemoEncoder
  let running = RunningReplies()
  private let images = DemoImages()
  let files = DemoFiles()

  init(pace: Duration, maxBodyBytes: Int, encoder: DemoEncoder, log: RequestLog?) {
    self.maxBodyBytes = maxBodyBytes
    self.pace = pace
    self.encoder = encoder
    self.log = log
  }

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    let body = try await body(of: request)
    log?.append(RecordedRequest(request, body: body ?? []))
    let number = answered.add(1, ordering: .relaxed).newValue
    do {
      guard let body else { throw WireFault.tooLarge(limit: maxBodyBytes) }
      return try await answer(request, body: body, number: number)
    } catch let fault as WireFault {
      return Self.response(fault.body, status: fault.status, number: number)
    }
  }

  private func answer(
    _ request: HTTPRequest, body: [UInt8], number: Int
  ) async throws(WireFault) -> HTTPResponse {
    switch (request.method, request.path) {
    case (.POST, "/v1/chat/completions"):
      return try reply(to: body, number: number)
    case (.POST, "/v1/responses"):
      return try respond(to: body, number: number)
    case (.POST, "/v1/responses/input_tokens"):
      return try countTokens(of: body, number: number)
    case (.POST, "/v1/embeddings"):
      guard let json = JSONValue(parsing: body) else { throw .notJSON }
      let asked = try EmbeddingsRequest(json)
      try Self.checkStatus(of: asked.model)
      return Self.response(asked.answer, number: number)
    case (.POST, "/v1/audio/speech"):
      return try await speak(body, number: number)
    case (.GET, "/v1/audio/voices"):
      let voices = DemoSpeech.voices.map(JSONValue.string)
      return Self.response(["voices": .array(voices)], number: number)
    case (.POST, "/v1/audio/transcriptions"):
      return try hear(request, body, isTranslation: false, number: number)
    case (.POST, "/v1/audio/translations"):
      return try hear(request, body, isTranslation: true, number: number)
    case (.POST, "/v1/images/generations"):
      return try draw(request, body, by: .generation, number: number)
    case (.POST, "/v1/images/edits"):
      return try draw(request, body, by: .edit, number: number)
    case (.POST, "/v1/images/variations"):
      return try draw(request, body, by: .variation, number: number)
    case (.GET, let path) where path.hasPrefix(DemoImages.folder):
      return try picture(at: path, number: number)
    case (.GET, "/v1" + DemoServerTools.filePath):
      return Self.file(Array(DemoServerTools.file.utf8), number: number)
    case (.GET, "/v1/models"):
      return Self.response(Self.models, number: number)
    case (let method, let path):
      guard let answer = try answerAboutFiles(request, body, number: number) else {
        throw .unknownPath(method.rawValue, path)
      }
      return answer
    }
  }

  private func reply(to body: [UInt8], number: Int) throws(WireFault) -> HTTPResponse {
    guard let json = JSONValue(parsing: body) else { throw .notJSON }
    let request = try ChatRequest(json, files: files, byteCount: body.count)
    let reply = try self.reply(to: request, list: "messages")
    let identity = identity("chatcmpl-demo-\(number)", request)
    guard request.isStreamed else {
      return Self.response(reply.completion(identity), number: number)
    }
    let events = ReplyEvents(
      reply: reply, identity: identity, includesUsage: request.includesUsage)
    return stream(events, of: reply, number: number)
  }

  /// Answers on the wire of `/responses`.
  private func respond(to body: [UInt8], number: Int) throws(WireFault) -> HTTPResponse {
    guard let json = JSONValue(parsing: body) else { throw .notJSON }
    let request = try ChatRequest(responses: json, files: files, byteCount: body.count)
    let reply = try self.reply(to: request, list: "input", input: json["input"])
    let response = DemoResponse(
      reply: reply, identity: identity("resp_demo_\(number)", request),
      tokenLimit: json["max_output_tokens"]?.integer, stores: json["store"] == true)
    guard request.isStreamed else { return Self.response(response.whole, number: number) }
    return stream(ResponseEvents(response), of: reply, number: number)
  }

  /// Speaks, in one piece of JSON for a model that ends in `-json`, in events where they are asked for, else
  /// in bytes as they are made.
  private func speak(_ body: [UInt8], number: Int) async throws(WireFault) -> HTTPResponse {
    guard let json = JSONValue(parsing: body) else { throw .notJSON }
    let speech = try DemoSpeech(json, encoder: encoder)
    try Self.checkStatus(of: speech.model)
    var pieces = try await speech.pieces()
    if speech.model.hasSuffix("-json") {
      let sound = Base64.text(of: pieces.flatMap(\.self))
      return Self.response(["audio_data": .string(sound)], number: number)
    }
    if speech.isEvents { pieces = speech.events(of: pieces) }
    let type = speech.isEvents ? "text/event-stream" : speech.mediaType
    let isCut = DemoModel(name: speech.model).ending == .cutOff
    return HTTPResponse(
      statusCode: .ok, headers: Self.headers(type: type, number: number),
      body: HTTPBodySequence(
        from: PacedBytes(pieces: pieces, isCut: isCut, pace: pace), suggestedBufferSize: 16_384))
  }

  /// Tells of the sound that it was sent.
  private func hear(
    _ request: HTTPRequest, _ body: [UInt8], isTranslation: Bool, number: Int
  ) throws(WireFault) -> HTTPResponse {
    guard let form = FormData(body, contentType: request.headers[.contentType] ?? "") else {
      throw .wrongType("body", expected: "multipart/form-data")
    }
    let hearing = try DemoHearing(form, isTranslation: isTranslation)
    try Self.checkStatus(of: hearing.model)
    guard hearing.isStreamed else {
      let (type, text) = hearing.answer
      return HTTPResponse(
        statusCode: .ok, headers: Self.headers(type: type, number: number), body: Data(text.utf8))
    }
    let pieces = hearing.events.map { Array($0.utf8) }
    let isCut = DemoModel(name: hearing.model).ending == .cutOff
    return HTTPResponse(
      statusCode: .ok, headers: Self.headers(type: "text/event-stream", number: number),
      body: HTTPBodySequence(
        from: PacedBytes(pieces: pieces, isCut: isCut, pace: pace), suggestedBufferSize: 16_384))
  }

  private static func checkStatus(of model: String) throws(WireFault) {
    if let status = DemoModel(name: model).errorStatus { throw .famous(status) }
  }

  /// Counts the tokens of a request for a response (OpenAI API reference, responses/input_tokens).
  private func countTokens(of body: [UInt8], number: Int) throws(WireFault) -> HTTPResponse {
    guard let json = JSONValue(parsing: body) else { throw .notJSON }
    let request = try ChatRequest(responses: json, files: files, byteCount: body.count)
    return Self.response(
      [
        "object": "response.input_tokens",
        "input_tokens": JSONValue(request.estimatedTokens),
      ], number: number)
  }

  /// Answers on the wire of the Images API.
  private func draw(
    _ request: HTTPRequest, _ body: [UInt8], by call: DemoImageRequest.Call, number: Int
  ) throws(WireFault) -> HTTPResponse {
    let fields: DemoImageFields
    if call != .generation,
      let form = FormData(body, contentType: request.headers[.contentType] ?? "")
    {
      fields = .form(form)
    } else if let json = JSONValue(parsing: body) {
      fields = .json(json)
    } else {
      throw .notJSON
    }
    let answer = try images.answer(
      fields, by: call, created: Int64(Date().timeIntervalSince1970),
      host: request.headers[.host] ?? "127.0.0.1")
    switch answer {
    case .whole(let json): return Self.response(json, number: number)
    case .events(let events, let isSlow, let breaksOff):
      // A picture takes as long as some twenty words.
      return stream(
        events, breaksOff: breaksOff, pace: pace * (isSlow ? 200 : 20), number: number)
    }
  }

  private func picture(at path: String, number: Int) throws(WireFault) -> HTTPResponse {
    guard let bytes = images.file(at: path) else { throw .unknownPath("GET", path) }
    return HTTPResponse(
      statusCode: .ok, headers: Self.headers(type: "image/png", number: number),
      body: Data(bytes))
  }

  /// The demo's reply to a request, whose messages stand in the member called `list`.
  private func reply(
    to request: ChatRequest, list: String, input: JSONValue? = nil
  ) throws(WireFault) -> DemoReply {
    let model = DemoModel(name: request.model)
    if let status = model.errorStatus { throw .famous(status) }
    if model.isBlind, let place = request.firstPicturePlace {
      throw .noVision("\(list)[\(place)]")
    }
    return DemoReply(
      to: request, serverTools: try DemoServerTools(request, input: input, files: files))
  }

  private func identity(_ id: String, _ request: ChatRequest) -> ReplyEvents.Identity {
    ReplyEvents.Identity(
      id: id, created: Int64(Date().timeIntervalSince1970), model: request.model)
  }

  private func stream<Events: Sequence<String> & Sendable>(
    _ events: Events, of reply: DemoReply, number: Int
  ) -> HTTPResponse where Events.Iterator: Sendable {
    stream(
      events, breaksOff: reply.ending == .cutOff, pace: pace * reply.slowness, number: number)
  }

  private func stream<Events: Sequence<String> & Sendable>(
    _ events: Events, breaksOff: Bool, pace: Duration, number: Int
  ) -> HTTPResponse where Events.Iterator: Sendable {
    let stream = ReplyStream(events: events, breaksOff: breaksOff, pace: pace, running: running)
    return HTTPResponse(
      statusCode: .ok, headers: Self.headers(type: "text/event-stream", number: number),
      body: HTTPBodySequence(from: stream, suggestedBufferSize: 16_384))
  }
}

extension DemoHandler {
  private static var models: JSONValue {
    let list = DemoModel.listed.map { name -> JSONValue in
      ["id": .string(name), "object": "model", "created": 0, "owned_by": "iris"]
    }
    return ["object": "list", "data": .array(list)]
  }

  static func response(
    _ json: JSON.JSONValue, status: Int = 200, number: Int
  ) -> HTTPResponse {
    HTTPResponse(
      statusCode: HTTPStatusCode(status, phrase: status == 200 ? "OK" : "Error"),
      headers: headers(type: "application/json", number: number),
      body: Data(json.bytes))
  }

  static func file(_ bytes: [UInt8], number: Int) -> HTTPResponse {
    HTTPResponse(
      statusCode: .ok, headers: headers(type: "application/octet-stream", number: number),
      body: Data(bytes))
  }

  private static func headers(type: String, number: Int) -> HTTPHeaders {
    HTTPHeaders([
      .contentType: type, .cacheControl: "no-cache",
      HTTPHeader("x-request-id"): "req_demo_\(number)",
    ])
  }

  /// The whole body, or nil where it is too large; it is read to its end in either case, so that
  /// the connection can carry the next request.
  private func body(of request: HTTPRequest) async throws -> [UInt8]? {
    var body: [UInt8] = []
    body.reserveCapacity(min(request.bodySequence.count ?? 0, maxBodyBytes))
    var isTooLarge = false
    for try await piece in request.bodySequence where !isTooLarge {
      isTooLarge = body.count + piece.count > maxBodyBytes
      if !isTooLarge { body += piece }
    }
    return isTooLarge ? nil : body
  }
}

extension ChatRequest {
  /// The message that holds the first picture.
  fileprivate var firstPicturePlace: Int? { messages.firstIndex { !$0.pictures.isEmpty } }
}

extension RecordedRequest {
  fileprivate init(_ request: HTTPRequest, body: [UInt8]) {
    let headers = request.headers.map { ($0.key.rawValue, $0.value) }
    self.init(
      method: request.method.rawValue, path: request.path,
      headers: Dictionary(headers) { "\($0), \($1)" }, body: body)
  }
}
