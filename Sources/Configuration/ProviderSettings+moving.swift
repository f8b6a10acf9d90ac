import ChatAPI
import ModelCatalog

extension ProviderSettings {
  /// A server that is known only by its address, called by its host.
  package init(at address: String) {
    self.init(name: "", baseURL: "")
    move(to: address)
    name = Self.readyMade(at: address)?.name ?? host
  }

  /// Another address for the same server, with what is known of the host there.
  ///
  /// A local server, or Azure, speaks the same wherever it runs. A hosted one's name with another
  /// host means a relay, of which nothing is known: neither OpenAI's extras nor its limits hold.
  mutating func move(to address: String) {
    let isAnywhere =
      !baseURL.isEmpty && Authority(of: baseURL).isLoopback || isAzure
    let isSameHost = !baseURL.isEmpty && Authority(of: baseURL) == Authority(of: address)
    baseURL = address
    guard !isAnywhere, !isSameHost else { return }
    let known = Self.readyMade(at: address)
    keyHeader = known?.keyHeader ?? .bearer
    apiVersion = known?.apiVersion
    dialect = known?.dialect ?? Dialect()
    limits = known?.limits ?? RequestLimits()
    if keySources.isEmpty {
      keySources = known?.keySources ?? []
      needsKey = known?.needsKey ?? false
    }
  }
}
