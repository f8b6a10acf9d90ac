import ChatAPI
import ChatProgram
import Configuration
import Conversation
import JSON
import ModelCatalog
import Testing

/// What Iris knows of each server without a configuration, by the value that requests go by.
@Suite struct KnownServerTests {
  struct Server: CustomTestStringConvertible, Sendable {
    var name: String
    var address: String
    /// The variable of its key; nil for a server without one.
    var keyVariable: String?
    var keyHeader = Provider.KeyHeader.bearer
    /// The names of the settings of a streamed request for at most nine tokens, with a seed.
    var settings = ["stream", "stream_options", "max_tokens", "seed"]
    /// What instructions to a reasoning model go as.
    var instructions = "system"
    var sendsDetail = true
    var sendsReasoning = false
    /// The call that replies are asked for with, where nothing else is chosen.
    var call = "/chat/completions"
    var limits = RequestLimits()

    var testDescription: String { name }

    init(
      _ name: String, _ address: String, key: String? = nil,
      _ change: (inout Server) -> Void = { _ in }
    ) {
      self.name = name
      keyVariable = key
      self.address = address
      change(&self)
      self.address += call
    }
  }

  static let servers = [
    Server("openai", "https://api.openai.com/v1", key: "OPENAI_API_KEY") {
      $0.settings = ["stream", "store", "max_output_tokens"]
      $0.call = "/responses"
      $0.limits.pictureCount = 1500
      $0.limits.byteCount = 512_000_000
    },
    Server("openrouter", "https://openrouter.ai/api/v1", key: "OPENROUTER_API_KEY"),
    Server("deepseek", "https://api.deepseek.com/v1", key: "DEEPSEEK_API_KEY") {
      $0.sendsReasoning = true
    },
    Server(
      "gemini", "https://generativelanguage.googleapis.com/v1beta/openai", key: "GEMINI_API_KEY"
    ) {
      $0.sendsDetail = false
      $0.limits.byteCount = 20_000_000
      $0.limits.formats = [.png, .jpeg, .webp, .heic]
      $0.limits.takesURLs = false
    },
    Server("mistral", "https://api.mistral.ai/v1", key: "MISTRAL_API_KEY") {
      $0.settings = ["stream", "max_tokens", "random_seed"]
      $0.limits.pictureCount = 8
      $0.limits.pictureByteCount = 10_000_000
    },
    Server("groq", "https://api.groq.com/openai/v1", key: "GROQ_API_KEY") {
      $0.limits.pictureCount = 5
      $0.limits.byteCount = 4_000_000
    },
    Server("azure", "https://r.openai.azure.com/openai/v1", key: "AZURE_OPENAI_API_KEY") {
      $0.keyHeader = .named("api-key")
      $0.settings = ["stream", "store", "max_output_tokens"]
      $0.call = "/responses"
    },
    Server("ollama", "http://127.0.0.1:11434/v1") {
      $0.limits.formats = [.png, .jpeg, .webp]
      $0.limits.takesURLs = false
    },
    Server("llama.cpp", "http://127.0.0.1:8080/v1") { $0.limits.formats = [.png, .jpeg] },
    Server("lmstudio", "http://127.0.0.1:1234/v1") {
      $0.limits.formats = [.png, .jpeg]
      $0.limits.takesURLs = false
    },
    Server("vllm", "http://127.0.0.1:8000/v1") { $0.sendsDetail = false },
  ]

  @Test func `Every server that Iris knows has its row`() {
    #expect(Self.servers.map(\.name) == ProviderSettings.readyMade.map(\.name))
  }

  @Test(arguments: servers)
  func `A server is asked as it wants to be`(_ server: Server) async throws {
    let directory = try directory()
    let provider = try await directory.lockedProvider(named: server.name, model: "m")
    #expect(provider.address(of: provider.wire().call).text == server.address)
    #expect(provider.keyHeader == server.keyHeader)
    #expect(provider.limits == server.limits)
    #expect(provider.fetchesPictureURLs == !server.limits.takesURLs)
    #expect(directory.keyVariable(of: server.name) == server.keyVariable)
    let rules = directory.pictureRules(of: server.name)
    #expect(rules.formats == server.limits.formats)
    #expect(rules.maximumBytes == server.limits.pictureByteCount ?? 20_000_000)

    let plain = try #require(body(of: request(to: "m"), for: provider))
    let others = ["model", "messages", "input", "instructions"]
    #expect(plain.names.filter { !others.contains($0) } == server.settings)
    #expect((plain["messages"]?[2]?["reasoning_content"] == "hm") == server.sendsReasoning)
    guard server.call == "/chat/completions" else {
      #expect(plain["input"]?[0]?["content"]?[0]?["image_url"] == "https://e.org/a.png")
      #expect(plain["input"]?[0]?["content"]?[0]?["detail"] == "low")
      #expect(plain["instructions"] == "Be brief.")
      return
    }
    let picture = plain["messages"]?[1]?["content"]?[0]?["image_url"]
    #expect(picture?["url"] == "https://e.org/a.png")
    #expect((picture?["detail"] == "low") == server.sendsDetail)
    let reasoning = try #require(body(of: request(to: "o3"), for: provider))
    #expect(reasoning["messages"]?[0]?["role"]?.string == server.instructions)
  }

  @Test(arguments: servers)
  func `A server that wants a key is not asked without one`(_ server: Server) async throws {
    let directory = try directory()
    if server.keyVariable == nil {
      #expect(try await directory.provider(named: server.name).apiKey == nil)
    } else {
      await #expect(throws: ServerDirectory.Failure.self) {
        try await directory.provider(named: server.name)
      }
    }
  }

  private func directory() throws -> ServerDirectory {
    let environment = [
      "HOME": "/nonexistent", "AZURE_OPENAI_ENDPOINT": "https://r.openai.azure.com", "PATH": "",
    ]
    return ServerDirectory(try Installation(Invocation(), environment: environment))
  }

  private func request(to model: String) -> ModelRequest {
    var parameters = Parameters()
    parameters.maxTokens = 9
    parameters.seed = 1
    return ModelRequest(
      model: model,
      messages: [
        RequestMessage(.system, "Be brief."),
        RequestMessage(role: .user, parts: [.pictureURL("https://e.org/a.png", .low)]),
        RequestMessage(role: .assistant, parts: [.text("ok")], reasoning: "hm"),
        RequestMessage(.user, "Go on."),
      ], parameters: parameters)
  }

  private func body(of request: ModelRequest, for provider: Provider) -> JSONValue? {
    let body = provider.wire().encode(request, adaptations: []).body
    guard case .bytes(let bytes)? = body.pieces.first else { return nil }
    return JSONValue(parsing: bytes)
  }
}

extension JSONValue {
  /// The names of an object's members, in request.
  fileprivate var names: [String] {
    if case .object(let members) = self { members.map(\.name) } else { [] }
  }
}
