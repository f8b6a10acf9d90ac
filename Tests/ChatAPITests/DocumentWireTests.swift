import ChatAPI
import Conversation
import JSON
import OfficialSchemas
import Testing

/// Documents on both wires, and servers that take none.
@Suite struct DocumentWireTests {
  private static let file = PictureFile(
    path: "/report.pdf", mediaType: "application/pdf", byteCount: 3)

  private static let request = ModelRequest(
    model: "gpt-4o",
    messages: [
      RequestMessage(
        role: .user, parts: [.document(file, name: "the \"report\".pdf"), .text("What is new?")])
    ])

  /// A body with three bytes where the file is streamed.
  private func json(_ body: RequestBody) throws -> JSONValue {
    #expect(body.pieces.contains(.base64(Self.file)))
    let bytes = body.pieces.flatMap { piece -> [UInt8] in
      if case .bytes(let bytes) = piece { bytes } else { Array("AAAA".utf8) }
    }
    return try #require(JSONValue(parsing: bytes))
  }

  private static let data = JSONValue.string("data:application/pdf;base64,AAAA")

  @Test func `On responses a document is an input_file, streamed from disk`() throws {
    let sent = try json(ResponsesEncoder(Self.request, dialect: Dialect()).body)
    #expect(
      sent["input"]?[0]?["content"] == [
        ["type": "input_file", "filename": "the \"report\".pdf", "file_data": Self.data],
        ["type": "input_text", "text": "What is new?"],
      ])
    if let schema = OfficialSchema.shared {
      #expect(schema.faults(in: sent, as: "CreateResponse") == [])
    }
  }

  @Test func `On chat it is a file part`() throws {
    let sent = try json(ChatCompletionsEncoder(Self.request, dialect: Dialect()).body)
    #expect(
      sent["messages"]?[0]?["content"] == [
        ["type": "file", "file": ["filename": "the \"report\".pdf", "file_data": Self.data]],
        ["type": "text", "text": "What is new?"],
      ])
    if let schema = OfficialSchema.shared {
      #expect(schema.faults(in: sent, as: "CreateChatCompletionRequest") == [])
    }
  }

  /// Asks a server that refuses the document with these words; what the client has learned then.
  private func learned(from words: String) async throws -> (Set<Adaptation>, Outcome, Int) {
    let document = try TemporaryFile(bytes: Array("abc".utf8))
    let file = PictureFile(path: document.path, mediaType: "application/pdf", byteCount: 3)
    let request = ModelRequest(
      model: "m",
      messages: [RequestMessage(role: .user, parts: [.document(file, name: "a.pdf"), .text("hi")])])
    let server = try FaultServer(
      answering: answer(400, #"{"error":{"message":"\#(words)"}}"#))
    let (client, provider) = (ChatClient(), try Provider.local(server))
    let outcome = await Outcome(client.reply(to: request, at: provider))
    return (
      client.learnedRules.adaptations(for: "m", at: provider), outcome, server.requests.count
    )
  }

  @Test(arguments: [
    "file inputs are not currently supported", "invalid message format",
    "Unknown part type: file", "unsupported content[].type",
  ]) func `A server that takes no files is known from then on`(words: String) async throws {
    let (learned, outcome, count) = try await learned(from: words)
    #expect(outcome.error?.refusesDocuments == true)
    #expect(count == 1)
    #expect(learned.contains(.documentsAsText))
    var provider = try Provider("https://example.com/v1")
    provider.dialect.takesDocuments = true
    #expect(provider.takesDocuments(knowing: []))
    #expect(!provider.takesDocuments(knowing: learned))
  }

  @Test(arguments: [
    "The file is encrypted: input_file cannot be read", "Your input exceeds the context window",
  ]) func `What is wrong with a document teaches nothing of the server`(words: String) async throws
  {
    #expect(try await learned(from: words).0.isEmpty)
  }
}
