import ChatAPI
import Conversation
import JSON
import Language
import OfficialSchemas
import Testing

/// Pictures that a model makes in its reply, on `/responses`.
@Suite struct PictureToolTests {
  // MARK: - What is asked

  private func request(
    _ tool: PictureTool?, _ messages: [RequestMessage] = [RequestMessage(.user, "hi")]
  ) -> ModelRequest {
    var parameters = Parameters()
    parameters.makesPictures = true
    var request = ModelRequest(model: "gpt-5.1", messages: messages, parameters: parameters)
    request.pictureTool = tool
    return request
  }

  /// The body, with a word in the place of each file.
  private func body(
    _ request: ModelRequest, _ adaptations: Set<Adaptation> = []
  ) throws -> JSONValue {
    var dialect = Dialect()
    dialect.prefersResponses = true
    let encoder = ResponsesEncoder(request, dialect: dialect, adaptations: adaptations)
    let bytes = encoder.body.pieces.flatMap { piece -> [UInt8] in
      switch piece {
      case .bytes(let bytes): bytes
      case .base64(let file): Array(file.path.utf8)
      case .file: []
      }
    }
    let sent = try #require(JSONValue(parsing: bytes))
    if let schema = OfficialSchema.shared {
      #expect(schema.faults(in: sent, as: "CreateResponse") == [])
    }
    return sent
  }

  private var drawing: Drawing {
    var drawing = Drawing(model: "gpt-image-2")
    drawing.size = .pixels(PixelSize(width: 1536, height: 1024))
    (drawing.quality, drawing.background, drawing.format) = ("low", "opaque", "webp")
    return drawing
  }

  @Test func `The tool is offered with the settings of pictures`() throws {
    let sent = try body(request(PictureTool(drawing, partialCount: 2)))
    #expect(
      sent["tools"] == [
        [
          "type": "image_generation", "model": "gpt-image-2", "size": "1536x1024",
          "quality": "low", "background": "opaque", "output_format": "webp", "partial_images": 2,
        ]
      ])
  }

  @Test func `What is not set is left to the server, whose model nobody knows`() throws {
    let sent = try body(request(PictureTool(Drawing(model: ""))))
    #expect(sent["tools"] == [["type": "image_generation"]])
  }

  @Test func `A mask goes along as a data URL, beside the tools of others`() throws {
    let mask = PictureFile(path: "AAAA", mediaType: "image/png", byteCount: 3)
    var asked = request(PictureTool(drawing, mask: mask))
    asked.parameters.web = .on
    let tools = try body(asked)["tools"]
    #expect(tools?[0] == ["type": "web_search"])
    #expect(tools?[1]?["input_image_mask"] == ["image_url": "data:image/png;base64,AAAA"])
    #expect(tools?[1]?["model"] == "gpt-image-2")
  }

  @Test func `Chat has no such tool, and what makes pictures there is told`() {
    let encoded = ChatCompletions(Dialect()).encode(request(PictureTool(drawing)))
    #expect(encoded.unknown == ["pictures"])
    #expect(
      Adaptation.omit("pictures").phrase(server: "/chat/completions").text()
        == "/chat/completions has no tool that makes pictures: it is left out. /draw and iris draw make them."
    )
  }

  // MARK: - What goes back

  private func history(_ items: [RequestMessage.Part]) -> [RequestMessage] {
    let picture = PictureFile(path: "AAAA", mediaType: "image/png", byteCount: 3)
    return [
      RequestMessage(.user, "draw a cat"),
      RequestMessage(
        role: .assistant, parts: [.text("Here:"), .picture(picture, .auto)] + items),
      RequestMessage(.user, "What is on it?"),
    ]
  }

  private static let item =
    #"{"type":"item_reference","id":"ig_1"}"#

  @Test func `A picture goes back as one of the user's where the server keeps nothing`() throws {
    let input = try body(request(nil, history([])))["input"]?.elements ?? []
    #expect(input.map { $0["role"]?.string } == ["user", "assistant", "user"])
    let parts = input.last?["content"]?.elements ?? []
    #expect(parts.contains { $0["image_url"] == "data:image/png;base64,AAAA" })
  }

  @Test func `Where the server keeps it, it is named, and not sent again`() throws {
    let sent = try body(request(nil, history([.serverItem(Self.item)])))
    #expect(sent["input"]?.elements?.contains(JSONValue(parsing: Self.item) ?? .null) == true)
    #expect(!sent.description.contains("AAAA"))
  }

  @Test func `Where the server has it no longer, it is sent again`() throws {
    let sent = try body(
      request(nil, history([.serverItem(Self.item)])), [.omitSealedReasoning])
    #expect(!sent.description.contains("ig_1"))
    #expect(sent.description.contains("AAAA"))
    var error = ChatAPIError(.answer(.notFound), server: "s")
    error.status = 404
    error.message = "Item with id 'ig_1' not found."
    #expect(
      Responses(Dialect()).adaptation(to: error, settings: []) == .omitSealedReasoning)
  }

  // MARK: - What comes

  private func events(
    _ lines: [String], cut: Int = .max, takesPictures: Bool = true, finishes: Bool = true
  ) -> [ReplyEvent] {
    let stream = lines.map { "data: \($0)\n\n" }.joined()
    var reader = ReplyReader(
      head: ResponseHead(status: 200), server: "s", key: nil, request: RequestFacts(),
      decoder: Responses(Dialect()).makeDecoder(startsInReasoning: false),
      takesPictures: takesPictures)
    var rest = Array(stream.utf8)[...]
    while !rest.isEmpty {
      reader.feed(Array(rest.prefix(cut)))
      rest = rest.dropFirst(cut)
    }
    if finishes { reader.finish() }
    return reader.takeEvents()
  }

  private static let partial =
    #"{"type":"response.image_generation_call.partial_image","item_id":"ig_1","output_index":0,"partial_image_index":0,"partial_image_b64":"cGFydA=="}"#
  private static let whole =
    #"{"type":"response.output_item.done","output_index":0,"item":{"type":"image_generation_call","id":"ig_1","status":"completed","revised_prompt":"a white cat","size":"1024x1024","quality":"low","output_format":"png","result":"d2hvbGU="}}"#
  private static func completed(_ store: Bool) -> String {
    #"{"type":"response.completed","response":{"status":"completed","store":\#(store),"output":[{"type":"image_generation_call","id":"ig_1","status":"completed","result":"d2hvbGU="}],"usage":{"input_tokens":1,"output_tokens":2}}}"#
  }
  private static func created(_ store: Bool) -> String {
    #"{"type":"response.created","response":{"status":"in_progress","store":\#(store),"output":[]}}"#
  }

  private static func call(_ opaque: String) -> HostedToolCall {
    var drawing = Drawing(model: "")
    drawing.size = .pixels(PixelSize(width: 1024, height: 1024))
    (drawing.quality, drawing.format) = ("low", "png")
    return HostedToolCall(
      .imageGeneration, input: "a white cat", opaque: opaque, drawing: drawing)
  }

  @Test(arguments: [true, false])
  func `An unfinished picture comes before the whole one, and each once`(takesPictures: Bool) {
    let lines = [Self.created(false), Self.partial, Self.whole, Self.completed(false)]
    let expected: [ReplyEvent] = [
      .media(.made(PictureBytes("part".utf8), prompt: nil, isFinished: false)),
      .media(.made(PictureBytes("whole".utf8), prompt: "a white cat", isFinished: true)),
      .part(.hostedCall(Self.call(""))),
    ]
    for cut in [1, 2, 7, 100, 1_000_000] {
      let events = events(lines, cut: cut, takesPictures: takesPictures)
      #expect(events.prefix(3) == expected[...], "cut \(cut)")
      #expect(events.last == .finished(.stop))
      #expect(events.count { if case .media = $0 { true } else { false } } == 2)
    }
  }

  @Test func `What the server keeps can be named to it, without its bytes`() {
    let events = events([Self.created(true), Self.whole, Self.completed(true)])
    guard case .part(.hostedCall(let call))? = events.dropFirst().first else {
      Issue.record("no call")
      return
    }
    #expect(
      JSONValue(parsing: call.opaque) == ["type": "item_reference", "id": "ig_1"])
  }

  @Test func `Text before and behind a picture are parts of their own`() {
    let text =
      #"{"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":"Hi"}"#
    let events = events([text, Self.partial, Self.whole, text, Self.completed(false)])
    let kinds = events.compactMap { event -> String? in
      switch event {
      case .partDelta(_, let text, _): text
      case .media(.made(_, _, let isFinished, _)): isFinished ? "whole" : "part"
      default: nil
      }
    }
    #expect(kinds == ["Hi", "part", "whole", "Hi"])
  }

  @Test func `What is no base64 is a picture of the bytes before it, and the reply goes on`() {
    let broken = Self.whole.split(separator: "bGU=").joined(separator: "!bGU=")
    let events = events([broken, Self.completed(false)])
    #expect(
      events.first
        == .media(.made(PictureBytes("who".utf8), prompt: "a white cat", isFinished: true)))
    #expect(events.last == .finished(.stop))
  }

  @Test func `A string that never ends costs its own event, and not the next`() {
    let open =
      #"{"type":"response.output_item.done","item":{"type":"image_generation_call","result":"d2hv"#
    let events = events([open, Self.whole, Self.completed(false)])
    #expect(
      events.first
        == .media(.made(PictureBytes("whole".utf8), prompt: "a white cat", isFinished: true)))
  }

  @Test func `A call that failed is told, and brings no picture`() {
    let failed =
      #"{"type":"response.output_item.done","output_index":0,"item":{"type":"image_generation_call","id":"ig_1","status":"failed","result":null}}"#
    let events = events([failed, Self.completed(false)])
    guard case .part(.hostedCall(let call))? = events.first else {
      Issue.record("no call")
      return
    }
    #expect(call.isFailed)
    #expect(!events.contains { if case .media = $0 { true } else { false } })
  }

  @Test func `Two calls at the same time are told apart`() {
    let second = { (line: String) in
      line.replacing(#""output_index":0"#, with: #""output_index":1"#)
        .replacing("ig_1", with: "ig_2")
    }
    let lines = [
      Self.partial, second(Self.partial), second(Self.whole), Self.whole, Self.completed(false),
    ]
    let calls = events(lines).compactMap { event -> Int? in
      if case .media(.made(_, _, _, let call)) = event { call } else { nil }
    }
    #expect(calls == [0, 1, 1, 0])
  }

  @Test func `A stream that ends between the two keeps what came`() {
    let events = events([Self.created(false), Self.partial])
    #expect(
      events == [.media(.made(PictureBytes("part".utf8), prompt: nil, isFinished: false))])
  }
}
