import ChatAPI
import ChatProgram
import Configuration
import Conversation
import Language
import Testing

/// What is asked of the server in use, and not of another one.
@Suite struct ServerDirectoryTests {
  private func installation(
    _ change: (inout Installation) -> Void = { _ in }, environment: [String: String] = [:]
  ) throws -> Installation {
    var installation = try Installation(
      Invocation(), environment: environment.merging(["HOME": "/nonexistent"]) { first, _ in first }
    )
    change(&installation)
    return installation
  }

  private func directory(
    options: Options = Options(), everywhere: Bool = false
  ) throws -> ServerDirectory {
    var fetching = ProviderSettings(name: "fetching", baseURL: "https://fetching.example.com")
    fetching.fetchesURLs = true
    let plain = ProviderSettings(name: "plain", baseURL: "https://plain.example.com")
    return ServerDirectory(
      try installation {
        $0.configuration.providers = [fetching, plain]
        $0.configuration.fetchesURLs = everywhere
        $0.invocation.options = options
        // The first one is the default.
        $0.settings.provider = fetching
        $0.settings.fetchesURLs = true
      })
  }

  @Test func `Whether pictures are fetched is the server's own to say`() async throws {
    let directory = try directory()
    #expect(directory.fetchesURLs(for: "fetching"))
    #expect(!directory.fetchesURLs(for: "plain"))
    #expect(directory.fetchesURLs(for: "ollama"))
    #expect(try await !directory.provider(named: "plain").fetchesPictureURLs)
    #expect(try await directory.provider(named: "ollama").fetchesPictureURLs)
  }

  @Test func `The configuration counts for a server that says nothing, the command line for all`()
    throws
  {
    #expect(try directory(everywhere: true).fetchesURLs(for: "plain"))
    var options = Options()
    options.fetchesURLs = false
    #expect(try !directory(options: options, everywhere: true).fetchesURLs(for: "fetching"))
    #expect(try directory(options: options).fetchesURLs(for: "ollama"))
  }

  @Test(arguments: ["/completions", "/embeddings", "/models/"])
  func `A pasted address of another call is told, and asked for chat completions`(call: String)
    async throws
  {
    let address = "https://relay.example.com/v1" + call
    let installation = try installation(environment: ["OPENAI_BASE_URL": address])
    let directory = ServerDirectory(installation)
    let provider = try await directory.lockedProvider(
      named: directory.defaultName, model: nil)
    #expect(
      provider.address(of: provider.wire().call).text
        == "https://relay.example.com/v1/chat/completions")
    let word = call.hasSuffix("/") ? String(call.dropLast()) : call
    #expect(
      installation.mistakes.map { $0.text() } == [
        "The address of relay.example.com ends in \(word); Iris asks for /chat/completions there. "
          + "Leave \(word) out of it."
      ])
  }

  @Test(arguments: ["/chat/completions", "/responses"])
  func `A pasted address of either call is asked with that call, and no mistake`(
    call: String
  ) async throws {
    let address = "https://relay.example.com/v1" + call
    let installation = try installation(environment: ["OPENAI_BASE_URL": address])
    #expect(installation.mistakes.isEmpty)
    let directory = ServerDirectory(installation)
    let provider = try await directory.lockedProvider(
      named: directory.defaultName, model: nil)
    #expect(provider.address(of: provider.wire().call).text == address)
  }

  @Test func `The call of the command line goes before that of the file`() async throws {
    var invocation = Invocation()
    invocation.options.api = .chat
    let directory = ServerDirectory(
      try Installation(invocation, environment: ["HOME": "/nonexistent", "PATH": ""]))
    let provider = try await directory.lockedProvider(named: "openai", model: nil)
    #expect(provider.wire().call == "/chat/completions")
  }
}
