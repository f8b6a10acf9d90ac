package import ChatAPI
package import Conversation
package import ModelCatalog
package import Secrets

/// What the user, and Iris itself, say of a server: its address, where its key is, its habits.
///
/// Requests go to the `Provider` that is made of it, with the key.
package struct ProviderSettings: Equatable, Sendable {
  /// What the user calls it; the host for an address without a name.
  package var name: String
  /// As the user wrote it, with or without `/v1`; empty where the user has yet to say it (Azure).
  package var baseURL: String
  /// Where its key may be, in the order they are tried; empty for a server without keys.
  package var keySources: [KeySource] = []
  /// Whether it refuses requests without a key.
  package var needsKey = false
  /// The model of a conversation that names none.
  package var model: String?
  package var headers: [Header] = []
  package var proxy = Proxy.environment
  /// A file of certificates to trust, which may start with `~`.
  package var certificateFile: String?
  /// Whether Iris fetches pictures' URLs itself; nil for what the rest of the configuration says.
  package var fetchesURLs: Bool?
  /// Whether the key may go over plain http to a host that is not this machine.
  package var allowsPlainHTTP = false
  package var organization: String?
  package var project: String?
  package var keyHeader = Provider.KeyHeader.bearer
  /// Azure's `api-version`; with one, the path names the model (``address(for:)``).
  package var apiVersion: String?
  package var dialect = Dialect()
  /// Which call replies are asked for with.
  package var api = WireChoice.auto
  package var limits = RequestLimits()
  /// What goes with each request where the conversation sets nothing else: `body:`.
  package var parameters = Parameters()
  /// The same for single models, by name, over `parameters`: `models:`.
  package var modelParameters: [String: Parameters] = [:]

  package init(name: String, baseURL: String) {
    self.name = name
    self.baseURL = baseURL
  }

  var isAzure: Bool { keyHeader == .named("api-key") }

  /// Host and port of `baseURL`, for the bar and for sentences.
  package var host: String { Authority(of: baseURL).description }
}

extension ProviderSettings {
  /// The call at the end of a pasted address that Iris does not make there; nil where there is none.
  package var otherCall: String? {
    var path = baseURL.prefix { !"?#".contains($0) }
    while path.last == "/" { path.removeLast() }
    guard !path.hasSuffix("/chat/completions") else { return nil }
    return ["/completions", "/embeddings", "/models"].first(where: path.hasSuffix)
  }
}

/// A header that goes with every request to a server.
package struct Header: Equatable, Sendable {
  package var name: String
  /// Kept as a secret, since relays are unlocked by headers too.
  package var value: Secret

  package init(name: String, value: Secret) {
    self.name = name
    self.value = value
  }
}

/// The way to a server.
package enum Proxy: Equatable, Sendable {
  /// As `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
  case environment
  /// Never through a proxy.
  case direct
  /// Through this one, whose address may hold a name and a password.
  case address(Secret)
}
