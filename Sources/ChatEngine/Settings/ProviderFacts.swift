package import Conversation
package import ModelCatalog

/// The facts about a configured server that decisions depend on.
package struct ProviderFacts: Equatable, Sendable {
  package var name: String
  /// Host and port, for the bar and for sentences.
  package var host: String
  package var defaultModel: String?
  package var isDemo = false
  /// Which call replies are asked for with.
  package var api = WireChoice.auto
  package var limits = RequestLimits()
  /// Whether documents go to it as files; else as text, or as pictures of their pages.
  package var takesDocuments = false
  /// Whether it keeps files, which requests name; large documents are put there.
  package var keepsFiles = false
  /// Parameters of each request, where the conversation sets nothing else.
  package var parameters = Parameters()
  /// The same for single models, by name, over `parameters`.
  package var modelParameters: [String: Parameters] = [:]

  package init(name: String, host: String, defaultModel: String? = nil, isDemo: Bool = false) {
    self.name = name
    self.host = host
    self.defaultModel = defaultModel
    self.isDemo = isDemo
  }

  /// The configured parameters of a model of this server.
  package func parameters(of model: String?) -> Parameters {
    guard let own = model.flatMap({ modelParameters[$0] }) else { return parameters }
    return own.over(parameters)
  }
}
