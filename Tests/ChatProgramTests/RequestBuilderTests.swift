import ChatAPI
import ChatEngine
import ChatProgram
import Conversation
import Foundation
import Testing

/// What goes over the wire of what the engine asks for: a model sees nothing else.
@Suite(.timeLimit(.minutes(2))) struct RequestBuilderTests {
  private let effects: RunningEffects

  init() throws { effects = try RunningEffects() }

  private static func message(
    _ id: Int64, _ role: Role, _ parts: [ContentPart], of provider: String? = nil
  ) -> Message {
    Message(
      id: MessageID(rawValue: id), parent: nil, role: role, parts: parts,
      created: Timestamp(milliseconds: 0),
      reply: provider.map { ReplyDetails(model: "m", provider: $0) })
  }

  private func built(_ messages: [Message], instructions: String? = nil) async throws
    -> ModelRequest
  {
    let request = ReplyRequest(
      id: MessageID(rawValue: 99), provider: "openai", model: "gpt-4o",
      instructions: instructions, messages: messages, parameters: Parameters())
    return try await RequestBuilder(effects.services)
      .modelRequest(for: request, rules: PictureRules())
  }

  @Test func `Instructions come first, then every message in its order`() async throws {
    let request = try await built(
      [
        Self.message(1, .user, [.text("One")]), Self.message(2, .assistant, [.text("Two")]),
        Self.message(3, .user, [.text("Three")]),
      ], instructions: "Be short.")
    #expect(request.messages.map(\.role) == [.system, .user, .assistant, .user])
    #expect(
      request.messages.map(\.parts)
        == [[.text("Be short.")], [.text("One")], [.text("Two")], [.text("Three")]])
    #expect(request.model == "gpt-4o")
    await effects.finish()
  }

  @Test func `Reasoning goes back to its server with the calls of the turn that goes on`()
    async throws
  {
    let call = ContentPart.toolCall(ToolCall(id: "a", name: "time", arguments: "{}"))
    let result = ContentPart.toolResult(ToolResult(callID: "a", parts: [.text("9")]))
    func turn(_ id: Int64, of provider: String) -> [Message] {
      [
        Self.message(id, .user, [.text("When?")]),
        Self.message(id + 1, .assistant, [.reasoning("hm"), call], of: provider),
        Self.message(id + 2, .tool, [result]),
      ]
    }
    for (messages, expected) in [
      (turn(1, of: "openai"), [false, true, false]),
      (turn(1, of: "other"), [false, false, false]),
      (turn(1, of: "openai") + turn(4, of: "openai"), [false, false, false, false, true, false]),
    ] {
      #expect(try await built(messages).messages.map(\.returnsReasoning) == expected)
    }
    await effects.finish()
  }

  private static func picture(at url: SafeURL, _ detail: Detail) -> PictureReference {
    PictureReference(source: .remote(url), name: url.rawValue, detail: detail)
  }

  @Test func `Pictures stand between the texts where they were put`() async throws {
    let parts: [ContentPart] = [
      .text("Before"), .picture(Self.picture(at: "https://a.org/1.png", .high)), .text("Between"),
      .picture(Self.picture(at: "https://a.org/2.png", .low)), .text("Behind"),
    ]
    let request = try await built([Self.message(1, .user, parts)])
    #expect(
      request.messages.first?.parts
        == [
          .text("Before"), .pictureURL("https://a.org/1.png", .high), .text("Between"),
          .pictureURL("https://a.org/2.png", .low), .text("Behind"),
        ])
    await effects.finish()
  }

  @Test func `A picture whose file is gone is named by its place among all pictures`() async throws
  {
    let digest = try #require(Digest(rawValue: String(repeating: "a", count: 64)))
    let gone = PictureReference(
      source: .stored(
        StoredPicture(
          digest: digest, format: .jpeg, size: PixelSize(width: 10, height: 10), byteCount: 100)),
      name: "gone.jpg", detail: .auto)
    let messages = [
      Self.message(1, .user, [.picture(Self.picture(at: "https://a.org/1.png", .low))]),
      Self.message(2, .user, [.text("And"), .picture(gone)]),
    ]
    let failure = await #expect(throws: ImagePipeline.Failure.self) {
      _ = try await built(messages)
    }
    #expect(failure?.lostPicture == 1)
    await effects.finish()
  }

  @Test func `Each result answers its call, and a long one says what is missing`() async throws {
    let long = String(repeating: "x", count: 70_000)
    let results: [ContentPart] = [
      .toolResult(ToolResult(callID: "a", parts: [.text("Rain")])),
      .toolResult(ToolResult(callID: "b", parts: [.text(long)])),
    ]
    let request = try await built([Self.message(1, .tool, results)])
    #expect(request.messages.map(\.answeredCall) == ["a", "b"])
    #expect(request.messages.first?.parts == [.text("Rain")])
    #expect(
      request.messages.last?.parts
        == [
          .text(String(repeating: "x", count: 65_536)),
          .text("[cut: 65536 of 70000 bytes are shown]"),
        ])
    await effects.finish()
  }

  @Test(arguments: ["openai", "other"])
  func `What only one server understands goes back to that one alone`(provider: String) async throws
  {
    let call = ToolCall(id: "1", name: "look", arguments: "{}", opaque: #"{"signature":"s"}"#)
    let request = try await built(
      [Self.message(1, .assistant, [.reasoning("Hm"), .toolCall(call)], of: provider)])
    let sent = try #require(request.messages.first)
    #expect(sent.reasoning == "Hm")
    #expect(sent.calls.map(\.id) == ["1"])
    #expect(sent.calls.first?.opaque == (provider == "openai" ? call.opaque : nil))
    await effects.finish()
  }

  @Test func `A part that this version does not know goes nowhere`() async throws {
    let request = try await built(
      [Self.message(1, .user, [.unknown(json: #"{"type":"hologram"}"#), .text("Hi")])])
    #expect(request.messages.map(\.parts) == [[.text("Hi")]])
    await effects.finish()
  }
}
