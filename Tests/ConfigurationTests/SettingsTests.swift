import ChatAPI
import Configuration
import Conversation
import Language
import ModelCatalog
import Testing

@Suite struct SettingsTests {
  /// Which server is chosen, by what each source says.
  struct Choice: CustomTestStringConvertible {
    var provider: String?
    var baseURL: String?
    var environment: [String: String] = [:]
    var file = ""
    let name: String?
    let address: String?
    let testDescription: String
  }

  @Test(arguments: [
    Choice(name: nil, address: nil, testDescription: "nothing: no server"),
    Choice(
      environment: ["OPENAI_API_KEY": "k"], name: "openai", address: "https://api.openai.com/v1",
      testDescription: "a key: OpenAI"),
    Choice(
      environment: ["OPENAI_API_KEY": " "], name: nil, address: nil,
      testDescription: "a blank key: no server"),
    Choice(
      environment: ["OPENAI_BASE_URL": "https://relay.example.com:8443/v1"],
      name: "relay.example.com:8443", address: "https://relay.example.com:8443/v1",
      testDescription: "an address: the server there, called by its host"),
    Choice(
      environment: ["OPENAI_BASE_URL": "http://localhost:11434"], name: "ollama",
      address: "http://localhost:11434", testDescription: "a known local port: Ollama"),
    Choice(
      file: "provider: groq", name: "groq", address: "https://api.groq.com/openai/v1",
      testDescription: "the file"),
    Choice(
      file: "providers: {b: {base_url: \"https://b\"}, a: {base_url: \"https://a\"}}", name: "b",
      address: "https://b", testDescription: "the file's first server"),
    Choice(
      environment: ["OPENAI_API_KEY": "k"], file: "provider: groq", name: "groq",
      address: "https://api.groq.com/openai/v1",
      testDescription: "the file's choice before a mere key"),
    Choice(
      environment: ["OPENAI_API_KEY": "k"], file: "providers: {b: {base_url: \"https://b\"}}",
      name: "openai", address: "https://api.openai.com/v1",
      testDescription: "a key before a file that does not choose"),
    Choice(
      environment: ["OPENAI_BASE_URL": "https://e"], file: "provider: groq", name: "e",
      address: "https://e", testDescription: "the environment's address before the file"),
    Choice(
      provider: "mistral", environment: ["OPENAI_BASE_URL": "https://e"], file: "provider: groq",
      name: "mistral", address: "https://api.mistral.ai/v1",
      testDescription: "--provider before all"),
    Choice(
      baseURL: "https://c", environment: ["OPENAI_BASE_URL": "https://e"], file: "provider: groq",
      name: "c", address: "https://c", testDescription: "--base-url before all"),
    Choice(
      provider: "groq", baseURL: "https://c", name: "groq", address: "https://c",
      testDescription: "--base-url moves --provider"),
    Choice(
      provider: "azure", environment: ["AZURE_OPENAI_ENDPOINT": "https://x.openai.azure.com"],
      name: "azure", address: "https://x.openai.azure.com", testDescription: "Azure's variable"),
  ])
  func `The command line goes before the environment before the file`(row: Choice) throws {
    var options = Options()
    options.provider = row.provider
    options.baseURL = row.baseURL
    let provider = try Configuration.read(yaml: row.file).configuration
      .settings(under: options, environment: row.environment).provider
    #expect(provider?.name == row.name)
    #expect(provider?.baseURL == row.address)
  }

  @Test func `OpenAI's variables go before the file's settings of OpenAI`() throws {
    let yaml = """
      provider: openai
      providers: {openai: {api_key_command: pass, organization: file, project: file}}
      """
    let provider = try #require(
      try Configuration.read(yaml: yaml).configuration.settings(environment: [
        "OPENAI_API_KEY": "k", "OPENAI_ORG_ID": "org", "OPENAI_PROJECT_ID": "proj",
      ]).provider)
    #expect(provider.keySources == [.environment("OPENAI_API_KEY"), .command("pass")])
    #expect(provider.organization == "org")
    #expect(provider.project == "proj")
  }

  @Test func `OpenAI's extras and limits do not follow its name to a relay`() throws {
    let provider = try #require(
      try Configuration().settings(environment: [
        "OPENAI_BASE_URL": "https://relay.example.com", "OPENAI_API_KEY": "k",
      ]).provider)
    #expect(provider.dialect == Dialect())
    #expect(provider.limits == RequestLimits())
    #expect(provider.keySources.first == .environment("OPENAI_API_KEY"))
  }

  @Test func `What the file says of OpenAI does not go to the environment's server`() throws {
    let yaml = """
      providers: {openai: {api_key_command: pass, headers: {X-Key: sk-1}, organization: file}}
      """
    let provider = try #require(
      try Configuration.read(yaml: yaml).configuration.settings(environment: [
        "OPENAI_BASE_URL": "https://relay.example.com"
      ]).provider)
    #expect(provider.keySources == [.environment("OPENAI_API_KEY")])
    #expect(provider.headers == [])
    #expect(provider.organization == nil)
  }

  @Test func `An address on the command line is unlocked by its own key, else by OpenAI's`() throws
  {
    var options = Options()
    options.baseURL = "https://openrouter.ai/api/v1"
    let router = try Configuration().settings(under: options, environment: [:]).provider
    #expect(router?.keySources.first == .environment("OPENROUTER_API_KEY"))
    #expect(router?.keySources.last == .environment("OPENAI_API_KEY"))
    options.baseURL = "http://127.0.0.1:4000"
    let local = try Configuration().settings(under: options, environment: [:]).provider
    #expect(local?.keySources == [.environment("OPENAI_API_KEY")])
    #expect(local?.needsKey == false)
  }

  @Test func `Each value comes from the first source that has one`() throws {
    let yaml = """
      provider: groq
      model: file
      system: file
      temperature: 1
      top_p: 0.5
      stop: [a]
      detail: low
      providers: {groq: {model: groq's, fetch_urls: true}}
      """
    let configuration = Configuration.read(yaml: yaml).configuration
    let plain = try configuration.settings(environment: [:])
    #expect(plain.model == "groq's")
    #expect(plain.fetchesURLs)
    var options = Options()
    options.model = "option"
    options.parameters.temperature = 0
    options.parameters.stop = ["b"]
    options.detail = .high
    options.fetchesURLs = false
    let chosen = try configuration.settings(under: options, environment: [:])
    #expect(chosen.model == "option")
    #expect(chosen.system == "file")
    #expect(chosen.parameters.temperature == 0)
    #expect(chosen.parameters.topP == 0.5)
    #expect(chosen.parameters.stop == ["b"])
    #expect(chosen.detail == .high)
    #expect(!chosen.fetchesURLs)
  }

  @Test func `The demo is asked for by its name, before all that names another server`() throws {
    let environment = ["OPENAI_API_KEY": "sk-0123456789"]
    var options = Options()
    options.provider = "demo"
    let named = try Configuration().settings(under: options, environment: environment)
    #expect(named.provider == nil && named.isDemoNamed)
    let file = Configuration.read(yaml: "provider: demo")
    #expect(file.mistakes == [])
    let configured = try file.configuration.settings(environment: [:])
    #expect(configured.provider == nil && configured.isDemoNamed)
    #expect(try !Configuration().settings(environment: [:]).isDemoNamed)
    options.baseURL = "http://127.0.0.1:1/v1"
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration().settings(under: options, environment: [:])
    }
    #expect(
      error?.phrase.text()
        == "The demo is inside Iris and has an address of its own. Leave out --base-url, or --provider demo."
    )
  }

  @Test func `A server that nobody knows, or without an address, is said`() {
    #expect(throws: ConfigurationError.missingAddress("azure")) {
      try Configuration().provider(named: "azure", environment: [:])
    }
    var options = Options()
    options.provider = "opnai"
    #expect(
      throws: ConfigurationError.unknownProvider("opnai", known: Configuration().providerNames)
    ) {
      try Configuration().settings(under: options, environment: [:])
    }
  }
}
