package import ChatEngine
package import ModelCatalog

/// The servers of a chat.
package struct Servers {
  package var providers: [ProviderFacts]
  package var defaultProvider = "openai"

  /// Two servers: one that knows its model, and a plain one.
  package static let sample: Servers = {
    var openai = ProviderFacts(name: "openai", host: "api.openai.com", defaultModel: "gpt-4o")
    openai.limits.pictureCount = 3
    let plain = ProviderFacts(name: "plain", host: "localhost:8080")
    return Servers(providers: [openai, plain])
  }()

  /// The sample's servers, and the demo as the one in use.
  package static let demo: Servers = {
    let demo = ProviderFacts(name: "demo", host: "demo", defaultModel: "demo", isDemo: true)
    return Servers(providers: sample.providers + [demo], defaultProvider: "demo")
  }()

  /// The sample with other limits of its first server.
  package static func limited(_ change: (inout RequestLimits) -> Void) -> Servers {
    var servers = sample
    change(&servers.providers[0].limits)
    return servers
  }

  package init(providers: [ProviderFacts], defaultProvider: String = "openai") {
    self.providers = providers
    self.defaultProvider = defaultProvider
  }

  package func settings(_ given: GivenSettings? = nil) -> ChatSettings {
    ChatSettings(
      catalog: .builtIn, providers: providers, defaultProvider: defaultProvider, given: given)
  }
}
