package import Conversation
import Language

/// What the command line asks for; nil, or empty, where it is silent.
package struct Options: Equatable, Sendable {
  package var provider: String?
  package var baseURL: String?
  package var model: String?
  package var system: String?
  package var parameters = Parameters()
  package var detail: Detail?
  package var fetchesURLs: Bool?
  /// Which call replies are asked for with, at every server.
  package var api: WireChoice?

  package init() {}
}

/// What a new conversation starts with, all sources weighed.
package struct Settings: Equatable, Sendable {
  /// Nil when nothing names a server, and for the demo.
  package var provider: ProviderSettings?
  /// Whether the demo was asked for by its name; where nothing names a server, a local one may be
  /// offered in its place.
  package var isDemoNamed = false
  package var model: String?
  package var system: String?
  package var parameters: Parameters
  package var detail: Detail
  package var fetchesURLs: Bool
}

extension Configuration {
  /// Weighs the sources: the command line before the environment before the file before defaults.
  ///
  /// - Throws: `unknownProvider` and `missingAddress`.
  package func settings(
    under options: Options = Options(), environment: [String: String]
  ) throws(ConfigurationError) -> Settings {
    let name = options.provider ?? defaultProvider(options, environment)
    let provider = try chosenProvider(name, at: options.baseURL, environment)
    return Settings(
      provider: provider, isDemoNamed: name == Self.demoName,
      model: options.model ?? provider?.model ?? model,
      system: options.system ?? system,
      parameters: options.parameters.over(parameters),
      detail: options.detail ?? detail,
      fetchesURLs: options.fetchesURLs ?? provider?.fetchesURLs ?? fetchesURLs)
  }

  /// The server of this name, with what the environment says of it; at `address` where given.
  ///
  /// - Throws: `unknownProvider` and `missingAddress`.
  package func provider(
    named name: String, at address: String? = nil, environment: [String: String]
  ) throws(ConfigurationError) -> ProviderSettings {
    let own = providers.first { $0.name == name }
    guard var provider = own ?? .readyMade(named: name) else {
      throw .unknownProvider(name, known: providerNames)
    }
    provider.apply(environment)
    if let address { provider.move(to: address) }
    guard !provider.baseURL.isEmpty else { throw .missingAddress(name) }
    return provider
  }

  private func chosenProvider(
    _ name: String?, at address: String?, _ environment: [String: String]
  ) throws(ConfigurationError) -> ProviderSettings? {
    guard let name else { return address.map { .unnamed(at: $0) } }
    guard name != Self.demoName else {
      guard address == nil else {
        throw .unusable(
          say(
            "The demo is inside Iris and has an address of its own. Leave out --base-url, or --provider demo."
          ))
      }
      return nil
    }
    return try provider(named: name, at: address, environment: environment)
  }

  /// `OPENAI_BASE_URL` names a server, so it goes before the file; `OPENAI_API_KEY` alone only
  /// unlocks one, and goes before a file that names servers without choosing.
  private func defaultProvider(
    _ options: Options, _ environment: [String: String]
  ) -> String? {
    if options.baseURL != nil { return nil }
    if environment.value(of: Variable.baseURL) != nil { return "openai" }
    if let provider { return provider }
    if environment.value(of: Variable.key) != nil { return "openai" }
    return providers.first?.name
  }
}
