import ChatAPI
import Conversation
import JSON
import OfficialSchemas
import Testing

/// Sound inside messages, which call carries it, and models that do not hear.
@Suite struct SoundWireTests {
  private static let file = PictureFile(path: "/talk.mp3", mediaType: "audio/mpeg", byteCount: 3)

  private static let request = ModelRequest(
    model: "gpt-audio-1.5",
    messages: [
      RequestMessage(role: .user, parts: [.text("What is said?"), .sound(file, format: "mp3")])
    ])

  @Test func `On chat it is input_audio, streamed from disk`() throws {
    let body = ChatCompletionsEncoder(Self.request, dialect: Dialect()).body
    #expect(body.pieces.contains(.base64(Self.file)))
    let bytes = body.pieces.flatMap { piece -> [UInt8] in
      if case .bytes(let bytes) = piece { bytes } else { Array("AAAA".utf8) }
    }
    let sent = try #require(JSONValue(parsing: bytes))
    #expect(
      sent["messages"]?[0]?["content"] == [
        ["type": "text", "text": "What is said?"],
        ["type": "input_audio", "input_audio": ["format": "mp3", "data": "AAAA"]],
      ])
    if let schema = OfficialSchema.shared {
      #expect(schema.faults(in: sent, as: "CreateChatCompletionRequest") == [])
    }
  }

  @Test func `A request with sound goes to the call that has a part for it`() throws {
    var provider = try Provider("https://example.com/v1")
    provider.dialect.prefersResponses = true
    #expect(provider.wire().call == "/responses")
    #expect(provider.wire(hasSound: true).call == "/chat/completions")
    #expect(provider.takesSound(knowing: []))
    provider.api = .responses
    #expect(provider.wire(hasSound: true).call == "/responses")
    #expect(!provider.takesSound(knowing: []))
  }

  /// Asks a server that refuses sound with these words; what the client has learned then.
  private func learned(from words: String) async throws -> (Set<Adaptation>, Outcome, Int) {
    let sound = try TemporaryFile(bytes: Array("abc".utf8))
    let file = PictureFile(path: sound.path, mediaType: "audio/wav", byteCount: 3)
    let request = ModelRequest(
      model: "m",
      messages: [RequestMessage(role: .user, parts: [.sound(file, format: "wav"), .text("hi")])])
    let server = try FaultServer(answering: answer(400, #"{"error":{"message":"\#(words)"}}"#))
    let (client, provider) = (ChatClient(), try Provider.local(server))
    let outcome = await Outcome(client.reply(to: request, at: provider))
    return (
      client.learnedRules.adaptations(for: "m", at: provider), outcome, server.requests.count
    )
  }

  @Test(arguments: [
    "This model does not support audio inputs.",
    "At most 0 audio(s) may be provided in one request.",
    "audio input is not supported - hint: you may need to provide the mmproj",
    "unsupported content[].type", "No endpoints found that support input audio",
  ]) func `A model that does not hear is known from then on, and not asked again`(words: String)
    async throws
  {
    let (learned, outcome, count) = try await learned(from: words)
    #expect(outcome.error?.refusesSound == true)
    #expect(count == 1)
    #expect(learned.contains(.soundAsTranscript))
    #expect(!(try Provider("https://example.com/v1")).takesSound(knowing: learned))
  }

  @Test(arguments: [
    "The audio is too short.", "Failed to decode the audio data.", "Your input exceeds the context",
  ]) func `What is wrong with a recording teaches nothing of the model`(words: String) async throws
  {
    #expect(try await learned(from: words).0.isEmpty)
  }
}
