package import ModelCatalog

/// What deciding needs to know of a configured server.
package struct ProviderFacts: Equatable, Sendable {
  package var name: String
  /// Host and port, for the bar and for sentences.
  package var host: String
  package var defaultModel: String?
  package var isDemo = false
  package var limits = RequestLimits()

  package init(name: String, host: String, defaultModel: String? = nil, isDemo: Bool = false) {
    self.name = name
    self.host = host
    self.defaultModel = defaultModel
    self.isDemo = isDemo
  }
}
