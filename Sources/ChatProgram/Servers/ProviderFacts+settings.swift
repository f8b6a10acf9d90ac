import ChatAPI
import ChatEngine
import Configuration

extension ProviderFacts {
  /// What deciding needs to know of a configured server.
  init(_ settings: ProviderSettings) {
    self.init(name: settings.name, host: settings.host, defaultModel: settings.model)
    limits = settings.limits
    takesDocuments = settings.dialect.takesDocuments
    keepsFiles = settings.dialect.keepsFiles
    parameters = settings.parameters
    modelParameters = settings.modelParameters
  }

  /// The server inside the program.
  static let demo: ProviderFacts = {
    var facts = ProviderFacts(
      name: ServerDirectory.demoName, host: ServerDirectory.demoName, defaultModel: "demo",
      isDemo: true)
    facts.takesDocuments = true
    facts.keepsFiles = true
    return facts
  }()
}
