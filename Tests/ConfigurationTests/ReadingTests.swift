import ChatAPI
import Configuration
import Conversation
import Language
import ModelCatalog
import Secrets
import Testing

@Suite struct ReadingTests {
  @Test func `Every setting of the top level is read`() {
    let configuration = read(
      """
      language: zh
      theme: light
      ambiguous_width: wide
      preview: off
      mouse: no
      leave_transcript: true
      provider: ollama
      model: gpt-4o
      system: |
        你是一个细心的档案员。
        Answer briefly.
      detail: original
      fetch_urls: yes
      keep_metadata: on
      timeouts: {connect: 2.5, first_byte: 30, idle: 40}
      """)
    var expected = Configuration()
    expected.language = .simplifiedChinese
    expected.theme = .light
    expected.ambiguousWidth = .wide
    expected.showsPreviews = false
    expected.usesMouse = false
    expected.leavesTranscript = true
    expected.keepsMetadata = true
    expected.provider = "ollama"
    expected.model = "gpt-4o"
    expected.system = "你是一个细心的档案员。\nAnswer briefly."
    expected.detail = .original
    expected.fetchesURLs = true
    expected.timeouts.connect = .milliseconds(2500)
    expected.timeouts.firstByte = .seconds(30)
    expected.timeouts.idle = .seconds(40)
    #expect(configuration == expected)
  }

  @Test func `Every sampling setting is read`() {
    let configuration = read(
      """
      temperature: 0
      top_p: 0.5
      max_tokens: 100
      frequency_penalty: -2
      presence_penalty: 2
      seed: -7
      stop: 完
      reasoning_effort: high
      """)
    var expected = Parameters()
    expected.temperature = 0
    expected.topP = 0.5
    expected.maxTokens = 100
    expected.frequencyPenalty = -2
    expected.presencePenalty = 2
    expected.seed = -7
    expected.stop = ["完"]
    expected.reasoningEffort = "high"
    #expect(configuration.parameters == expected)
  }

  @Test func `Every setting of a server is read`() throws {
    let provider = try #require(
      read(
        """
        providers:
          公司:
            base_url: https://llm.example.com/v1
            api_key_env: WORK_KEY
            api_key_command: pass show "work key"
            api_key_file: ~/.work-key
            api_key_keyring: service work user me
            model: m
            headers: {X-Team: blue, X-Number: 3}
            proxy: socks5h://me:pw@127.0.0.1:1080
            ca_file: /etc/ssl/work.pem
            fetch_urls: true
            allow_http: true
            organization: o
            project: p
            max_tokens_name: max_completion_tokens
            api_version: 2024-10-21
            limits:
              {pictures: 4, request_bytes: 20 MB, picture_bytes: 2MiB, picture_side: 2048,
              formats: [png, jpg], urls: no, vision: no}
        """
      ).providers.first)
    var expected = ProviderSettings(name: "公司", baseURL: "https://llm.example.com/v1")
    expected.keySources = [
      .environment("WORK_KEY"), .command("pass show \"work key\""), .file("~/.work-key"),
      .keyring(try #require(KeyringEntry(words: ["service", "work", "user", "me"]))),
    ]
    expected.needsKey = true
    expected.model = "m"
    expected.headers = [
      Header(name: "X-Team", value: Secret("blue")), Header(name: "X-Number", value: Secret("3")),
    ]
    expected.proxy = .address(Secret("socks5h://me:pw@127.0.0.1:1080"))
    expected.certificateFile = "/etc/ssl/work.pem"
    expected.fetchesURLs = true
    expected.allowsPlainHTTP = true
    expected.organization = "o"
    expected.project = "p"
    expected.dialect.maxTokensName = .maxCompletionTokens
    expected.apiVersion = "2024-10-21"
    expected.limits.pictureCount = 4
    expected.limits.byteCount = 20_000_000
    expected.limits.pictureByteCount = 2 * 1024 * 1024
    expected.limits.pictureSide = 2048
    expected.limits.formats = [.png, .jpeg]
    expected.limits.takesURLs = false
    expected.limits.takesPictures = false
    #expect(provider == expected)
  }

  @Test func `A server keeps what is known of its name, its likeness or its host`() {
    let configuration = read(
      """
      providers:
        ollama: {base_url: "http://192.168.1.5:11434"}
        work: {like: azure, base_url: "https://work.openai.azure.com"}
        router: {base_url: "https://openrouter.ai/api/v1/"}
        openai: {base_url: "https://relay.example.com"}
        openai-eu: {like: openai, base_url: "https://eu.api.openai.com/v1"}
      """)
    let providers = configuration.providers
    #expect(providers.map(\.name) == ["ollama", "work", "router", "openai", "openai-eu"])
    #expect(providers[0].limits.takesURLs == false)
    #expect(providers[1].keyHeader == .named("api-key"))
    #expect(providers[2].keySources.first == .environment("OPENROUTER_API_KEY"))
    #expect(providers[3].dialect == Dialect())
    #expect(providers[4].dialect.refusesStorage)
  }

  @Test func `A Windows file and an anchor are read`() {
    let configuration = read("theme: &a dark\r\nmodel: *a\r\n")
    #expect(configuration.model == "dark")
  }

  private func read(
    _ yaml: String, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Configuration {
    let (configuration, mistakes) = Configuration.read(yaml: yaml)
    #expect(mistakes == [], sourceLocation: sourceLocation)
    return configuration
  }

  @Test func `The body of a server and of its models is read, checked where it is known`() throws {
    let (configuration, mistakes) = Configuration.read(
      yaml: """
        providers:
          local:
            base_url: http://localhost:9
            body:
              top_k: 40
              temperature: 0.3
              options: {num_ctx: 8192, tags: [a, "1", true, null, .5, +3, 1.2.3]}
              max_tokens: many
              model: other
            models:
              qwen3:4b:
                body: {min_p: 0.05}
              bare:
        """)
    let provider = try #require(configuration.providers.first)
    #expect(provider.parameters.temperature == 0.3)
    #expect(
      provider.parameters.others.map { "\($0.name)=\($0.json)" } == [
        "top_k=40", "options={\"num_ctx\":8192,\"tags\":[\"a\",\"1\",true,null,0.5,3,\"1.2.3\"]}",
      ])
    #expect(provider.modelParameters["qwen3:4b"]?.others.map(\.json) == ["0.05"])
    #expect(
      mistakes.map { $0.problem.text() } == [
        "max_tokens takes a whole number above 0, not \"many\".",
        "Iris itself writes model into each request. Leave it out.",
      ])
    #expect(mistakes.map(\.line) == [8, 9])
  }
}
