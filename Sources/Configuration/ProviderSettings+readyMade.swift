import ChatAPI
import Conversation
import ModelCatalog

/// The servers that Iris knows without a configuration.
///
/// What is known of each comes from its documentation and, for the deviations, from the reports
/// that its users filed; a limit that could not be confirmed is left out.
extension ProviderSettings {
  package static let readyMade: [ProviderSettings] = [
    openAI, openRouter, deepSeek, gemini, mistral, groq, azure, ollama, llamaCpp, lmStudio, vLLM,
  ]

  /// The ready-made server of this name, or nil.
  package static func readyMade(named name: String) -> ProviderSettings? {
    readyMade.first { $0.name == name }
  }

  /// The ready-made server that answers at `address`: by its host, or on this machine by its port.
  package static func readyMade(at address: String) -> ProviderSettings? {
    let authority = Authority(of: address)
    guard !authority.host.isEmpty else { return nil }
    if authority.host.hasSuffix(".azure.com") { return azure }
    return readyMade.first { provider in
      let known = Authority(of: provider.baseURL)
      return known.isLoopback
        ? authority.isLoopback && authority.port == known.port : authority.host == known.host
    }
  }

  /// API reference, chat/create; images and vision guide (512 MB and 1,500 pictures a request).
  private static let openAI = hosted("openai", "https://api.openai.com/v1", "OPENAI_API_KEY") {
    $0.dialect.maxTokensName = .maxCompletionTokens
    $0.dialect.knowsDeveloperRole = true
    $0.dialect.prefersResponses = true
    $0.dialect.refusesStorage = true
    $0.dialect.imageCalls = .openAI
    $0.dialect.takesDocuments = true
    $0.dialect.keepsFiles = true
    $0.limits.pictureCount = 1500
    $0.limits.byteCount = 512_000_000
  }

  private static let openRouter = hosted(
    "openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"
  ) {
    $0.dialect.imageCalls = .openRouter
    $0.dialect.takesDocuments = true
  }

  private static let deepSeek = hosted(
    "deepseek", "https://api.deepseek.com", "DEEPSEEK_API_KEY"
  ) {
    $0.dialect.echoesReasoning = true
  }

  /// Its OpenAI endpoint refuses keys that it does not know, and takes pictures as bytes.
  private static let gemini = hosted(
    "gemini", "https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY"
  ) {
    $0.limits.byteCount = 20_000_000
    $0.limits.formats = [.png, .jpeg, .webp, .heic]
    $0.limits.takesURLs = false
    $0.dialect.knowsDetail = false
  }

  private static let mistral = hosted("mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY") {
    $0.dialect.seedName = "random_seed"
    $0.dialect.includesUsage = false
    $0.limits.pictureCount = 8
    $0.limits.pictureByteCount = 10_000_000
  }

  private static let groq = hosted("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY") {
    $0.limits.pictureCount = 5
    $0.limits.byteCount = 4_000_000
  }

  /// Its address is the customer's own, from `base_url` or `AZURE_OPENAI_ENDPOINT`.
  private static let azure = hosted("azure", "", "AZURE_OPENAI_API_KEY") {
    $0.keyHeader = .named("api-key")
    $0.dialect.maxTokensName = .maxCompletionTokens
    $0.dialect.knowsDeveloperRole = true
    $0.dialect.prefersResponses = true
    $0.dialect.takesDocuments = true
    $0.dialect.keepsFiles = true
  }

  private static let ollama = local(.ollama) {
    $0.limits.takesURLs = false
    $0.limits.formats = [.png, .jpeg, .webp]
  }

  private static let llamaCpp = local(.llamaCpp) {
    $0.limits.formats = [.png, .jpeg]
  }

  private static let lmStudio = local(.lmStudio) {
    $0.limits.takesURLs = false
    $0.limits.formats = [.png, .jpeg]
  }

  private static let vLLM = local(.vLLM) {
    $0.dialect.knowsDetail = false
  }

  private static func hosted(
    _ name: String, _ baseURL: String, _ keyVariable: String,
    _ change: (inout ProviderSettings) -> Void
  ) -> ProviderSettings {
    var provider = ProviderSettings(name: name, baseURL: baseURL)
    provider.keySources = [.environment(keyVariable), .keyring(.iris(name))]
    provider.needsKey = true
    change(&provider)
    return provider
  }

  private static func local(_ server: LocalServer, _ change: (inout ProviderSettings) -> Void)
    -> ProviderSettings
  {
    var provider = ProviderSettings(name: server.rawValue, baseURL: server.baseURL)
    change(&provider)
    return provider
  }
}
