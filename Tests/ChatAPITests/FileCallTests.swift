import ChatAPI
import Conversation
import Foundation
import JSON
import Language
import OfficialSchemas
import Testing

/// Files on a server: put there from disk, listed, removed, and named in requests.
@Suite struct FileCallTests {
  private static let kept =
    #"{"id":"file-1","object":"file","bytes":3,"created_at":100,"expires_at":86500,"filename":"a.pdf","purpose":"user_data"}"#

  private func upload(
    to server: FaultServer, lifetime: Int? = 86_400, client: ChatClient = ChatClient()
  ) async throws -> ServerFile {
    let document = try TemporaryFile(bytes: Array("abc".utf8))
    let file = PictureFile(path: document.path, mediaType: "application/pdf", byteCount: 3)
    return try await client.upload(
      file, named: "a.pdf", for: .userData, lifetime: lifetime, to: try Provider.local(server))
  }

  @Test func `A file is a form of its purpose, its end and its bytes`() async throws {
    let server = try FaultServer(answering: answer(200, Self.kept))
    let file = try await upload(to: server)
    #expect(
      file
        == ServerFile(
          id: "file-1", name: "a.pdf", byteCount: 3, created: 100, expires: 86_500,
          purpose: "user_data"))
    let request = try #require(server.requests.first)
    #expect(request.line.hasPrefix("POST /v1/files "))
    let type = request.headers["content-type"] ?? ""
    let boundary = try #require(type.split(separator: "=").last)
    let form = String(decoding: request.body, as: UTF8.self)
    let fields = form.split(separator: "--\(boundary)").map { $0.filter { $0 != "\r\n" } }
    #expect(
      fields == [
        #"Content-Disposition: form-data; name="purpose"user_data"#,
        #"Content-Disposition: form-data; name="expires_after[anchor]"created_at"#,
        #"Content-Disposition: form-data; name="expires_after[seconds]"86400"#,
        #"Content-Disposition: form-data; name="file"; filename="a.pdf"Content-Type: application/pdfabc"#,
        "--",
      ])
  }

  @Test func `A server that knows no end gets the file without one`() async throws {
    let server = try FaultServer(
      answering: answer(
        400, #"{"error":{"message":"Unknown field: expires_after","param":"expires_after"}}"#),
      answer(200, Self.kept))
    #expect(try await upload(to: server).id == "file-1")
    #expect(server.requests.count == 2)
    #expect(!String(decoding: server.requests[1].body, as: UTF8.self).contains("expires_after"))
  }

  @Test(arguments: [404, 501]) func `A server without the call is remembered`(
    status: Int
  ) async throws {
    let server = try FaultServer(
      answering: answer(status, #"{"error":{"message":"API not implemented"}}"#))
    let client = ChatClient()
    let provider = try Provider.local(server)
    #expect(client.keepsFiles(at: provider))
    let error = await #expect(throws: ChatAPIError.self) {
      _ = try await upload(to: server, client: client)
    }
    #expect(error?.isMissingCall == true)
    #expect(!client.keepsFiles(at: provider))
  }

  @Test(arguments: [
    "{}", "", #"{"data":"x"}"#, #"{"error":{"message":"quota exceeded"}}"#,
    // Pages that do not move on, and one of which nothing can be used.
    #"{"data":[{"id":"file-1"}],"has_more":true}"#, #"{"data":[{"id":"../1"}],"has_more":true}"#,
  ])
  func `An answer that is no list is told, and no list without an end is read`(
    body: String
  ) async throws {
    let server = try FaultServer(answering: answer(200, body), answer(200, body))
    let provider = try Provider.local(server)
    await #expect(throws: ChatAPIError.self) { try await ChatClient().files(at: provider) }
    let other = try FaultServer(answering: answer(200, body), answer(200, body))
    let libraries = try Provider.local(other)
    await #expect(throws: ChatAPIError.self) {
      try await ChatClient().vectorStores(at: libraries)
    }
  }

  @Test(arguments: [#"{"error":{"message":"locked"}}"#, #"{"id":"file-1","deleted":false}"#])
  func `What a server did not do is told`(body: String) async throws {
    let server = try FaultServer(answering: answer(200, body), answer(200, body))
    let provider = try Provider.local(server)
    await #expect(throws: ChatAPIError.self) {
      try await ChatClient().removeFile("file-1", at: provider)
    }
    await #expect(throws: ChatAPIError.self) {
      try await ChatClient().add(file: "file-1", to: "vs-1", at: provider)
    }
  }

  @Test func `A time that is none is not believed, and no identifier is a key`() async throws {
    let key = "sk-proj-AbC123_x-yZ456789qwertyUIOP0123"
    let body =
      #"{"data":[{"id":"file-1","created_at":1e300,"expires_at":-9223372036854775808},{"id":"\#(key)"}]}"#
    let server = try FaultServer(answering: answer(200, body))
    let files = try await ChatClient().files(at: try .local(server, key: key))
    #expect(files == [ServerFile(id: "file-1", name: "file-1", purpose: "")])
  }

  @Test func `Pages are joined, and names hold no key`() async throws {
    let key = "sk-proj-AbC123_x-yZ456789qwertyUIOP0123"
    let first = #"{"data":[{"id":"file-1","filename":"\#(key).txt"}],"has_more":true}"#
    let second = #"{"data":[{"id":"file-1"},{"id":"file-2","filename":"b"}],"has_more":false}"#
    let server = try FaultServer(answering: answer(200, first), answer(200, second))
    let files = try await ChatClient().files(at: try .local(server, key: key))
    #expect(files.map(\.id) == ["file-1", "file-2"])
    #expect(files.map(\.name) == ["….txt", "b"])
    #expect(server.requests.last?.line.contains("after=file-1") == true)
  }

  /// What was sent whole may lie there already: a second one would be a second file.
  @Test func `An upload that breaks is not sent again, and its failure is one of the network`()
    async throws
  {
    let server = try FaultServer([[.request, .reset]])
    var timing = ChatClient.Timing()
    timing.sleep = { _ in }
    let error = await #expect(throws: ChatAPIError.self) {
      _ = try await upload(to: server, client: ChatClient(timing: timing))
    }
    guard case .network? = error?.kind else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(server.requests.count == 1)
  }

  @Test func `A list is read page by page`() async throws {
    let first =
      #"{"object":"list","data":[{"id":"file-2","filename":"b"},{"id":"../x","filename":"no"}],"has_more":true}"#
    let server = try FaultServer(
      answering: answer(200, first), answer(200, #"{"data":[\#(Self.kept)],"has_more":false}"#))
    let provider = try Provider.local(server)
    let files = try await ChatClient().files(at: provider)
    #expect(files.map(\.id) == ["file-2", "file-1"])
    #expect(
      server.requests.map(\.target) == [
        "/v1/files?limit=1000", "/v1/files?limit=1000&after=file-2",
      ])
  }

  @Test func `The query of an address stands in front of a call's own`() throws {
    let provider = try Provider("https://x.openai.azure.com/openai/v1?api-version=preview")
    #expect(
      provider.address(of: "/files?limit=10").text
        == "https://x.openai.azure.com/openai/v1/files?api-version=preview&limit=10")
  }

  @Test func `What is removed already counts as removed`() async throws {
    let server = try FaultServer(
      answering: answer(404, #"{"error":{"message":"No such File object: file-1"}}"#))
    var provider = try Provider.local(server)
    provider.hasAssumedVersion = false
    try await ChatClient().removeFile("file-1", at: provider)
    #expect(server.requests.map(\.line) == ["DELETE /v1/files/file-1 HTTP/1.1"])
  }

  // MARK: - In requests

  private static let picture = UploadedFile(
    id: "file-p", file: PictureFile(path: "/p.png", mediaType: "image/png", byteCount: 3),
    name: "p.png", detail: .low)
  private static let document = UploadedFile(
    id: "file-d", file: PictureFile(path: "/d.pdf", mediaType: "application/pdf", byteCount: 3),
    name: "d.pdf", detail: nil)

  private static let request = ModelRequest(
    model: "gpt-5.1",
    messages: [
      RequestMessage(
        role: .user, parts: [.uploaded(picture), .uploaded(document), .text("What is new?")])
    ])

  private func json(_ body: RequestBody) throws -> JSONValue {
    let bytes = body.pieces.flatMap { piece -> [UInt8] in
      if case .bytes(let bytes) = piece { bytes } else { Array("AAAA".utf8) }
    }
    return try #require(JSONValue(parsing: bytes))
  }

  @Test func `On responses both are named by their identifiers`() throws {
    let body = ResponsesEncoder(Self.request, dialect: Dialect()).body
    #expect(body.pieces.count == 1)
    let sent = try json(body)
    #expect(
      sent["input"]?[0]?["content"] == [
        ["type": "input_image", "file_id": "file-p", "detail": "low"],
        ["type": "input_file", "file_id": "file-d"],
        ["type": "input_text", "text": "What is new?"],
      ])
    if let schema = OfficialSchema.shared {
      #expect(schema.faults(in: sent, as: "CreateResponse") == [])
    }
  }

  @Test func `On chat, where a picture cannot be named, its bytes go`() throws {
    let sent = try json(ChatCompletionsEncoder(Self.request, dialect: Dialect()).body)
    #expect(
      sent["messages"]?[0]?["content"] == [
        [
          "type": "image_url",
          "image_url": ["url": "data:image/png;base64,AAAA", "detail": "low"],
        ],
        ["type": "file", "file": ["file_id": "file-d"]],
        ["type": "text", "text": "What is new?"],
      ])
    if let schema = OfficialSchema.shared {
      #expect(schema.faults(in: sent, as: "CreateChatCompletionRequest") == [])
    }
  }

  struct Gone: CustomTestStringConvertible, Sendable {
    var testDescription: String { "\(status) \(words)" }
    var status: Int
    var words: String
    var isGone = true
  }

  @Test(arguments: [
    Gone(status: 404, words: "No such File object: file-d"),
    Gone(status: 400, words: "The file with id 'file-p' was not found."),
    Gone(status: 400, words: "File expired"),
    Gone(status: 403, words: "You do not have access to file-d: it does not exist"),
    Gone(status: 404, words: "The model `gpt-9` does not exist", isGone: false),
    Gone(status: 400, words: "Invalid value for temperature", isGone: false),
  ]) func `A file that is gone teaches nothing of the server's calls`(row: Gone) async throws {
    let server = try FaultServer(
      answering: answer(row.status, #"{"error":{"message":"\#(row.words)"}}"#))
    var provider = try Provider.local(server)
    provider.dialect.prefersResponses = true
    let document = try TemporaryFile(bytes: Array("abc".utf8))
    var request = Self.request
    var picture = Self.picture
    picture.file.path = document.path
    request.messages[0].parts[0] = .uploaded(picture)
    let client = ChatClient()
    let outcome = await Outcome(client.reply(to: request, at: provider))
    #expect((outcome.error?.kind == .answer(.fileGone)) == row.isGone)
    guard row.isGone else { return }
    #expect(client.learnedRules.adaptations(for: "gpt-5.1", at: provider) == [])
    #expect(server.requests.count == 1)
  }

  @Test func `Replies that the server keeps are told once`() async throws {
    let reply = #"{"object":"response","status":"completed","output":[]}"#
    let server = try FaultServer(answering: answer(200, reply))
    var provider = try Provider.local(server)
    provider.api = .responses
    var request = ModelRequest(
      model: "m", messages: [RequestMessage(.user, "hi")], isStreamed: false)
    let client = ChatClient()
    _ = await Outcome(client.reply(to: request, at: provider))
    #expect(server.requests[0].json?["store"] as? Bool == false)
    request.parameters.store = true
    let first = await Outcome(client.reply(to: request, at: provider))
    #expect(server.requests[1].json?["store"] as? Bool == true)
    let told = first.events.filter {
      if case .adapted(let phrase) = $0 { phrase.text().contains("30 days") } else { false }
    }
    #expect(told.count == 1)
    let second = await Outcome(client.reply(to: request, at: provider))
    #expect(!second.events.contains { if case .adapted = $0 { true } else { false } })
  }
}
