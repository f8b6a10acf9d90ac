package import Conversation
import Language
package import ModelCatalog

/// An order about settings, of a face or of the program's start.
package enum SettingsEvent: Equatable, Sendable {
  case model(String)
  /// Another server, by a name that is configured; it has other models.
  case provider(String)
  /// Which call the server in use is asked with, until the program ends.
  case api(WireChoice)
  case parameters(Parameters)
  /// The system message that opens every request.
  case instructions(String?)
  /// The detail of pictures that are attached from now on.
  case detail(Detail)
  /// Asks the server in use for its models.
  case listModels
  /// The same, once for each server: so that Tab knows them.
  case listModelsOnce
  /// Takes the only model that the server offers, where none is chosen, or reports how many there are.
  case chooseModel
  /// Forgets what was learned of the model at the server in use.
  case forgetLearned
  /// A stored conversation is being opened: messages wait for it.
  case openingBegan
  /// That conversation is open, or cannot be opened.
  case openingEnded
  /// A stored conversation goes on with the model in use, where it names none.
  case keepModel
}

/// The reducer of settings: servers, models, and what requests are made with.
///
/// Settings of the conversation are changed there, by steps; this keeps those of the program.
package struct ChatSettings: Equatable, Sendable {
  package let catalog: ModelCatalog
  package private(set) var providers: [ProviderFacts]
  /// The provider of a conversation that names none.
  package let defaultProvider: String
  /// The settings that the program was started with, by source.
  package let sources: SettingSources
  package private(set) var detail: Detail
  /// The command line's settings for the conversation that is being opened; nil once it is open.
  package private(set) var given: GivenSettings?
  /// The models that the server in use offers, in the order of their names, once it was asked.
  package private(set) var models: [String] = []
  /// The servers that were asked for their models without the user's asking.
  private var serversAsked: Set<String> = []
  /// What servers told of their models, by the server's name and the model's; a server that was asked
  /// has an entry, though it be empty.
  package private(set) var listed: [String: [String: ListedModel]] = [:]

  package init(
    catalog: ModelCatalog, providers: [ProviderFacts], defaultProvider: String,
    detail: Detail = .auto, given: GivenSettings? = nil,
    sources: SettingSources = SettingSources()
  ) {
    self.catalog = catalog
    self.providers = providers
    self.defaultProvider = defaultProvider
    self.detail = detail
    self.given = given
    self.sources = sources
  }

  package func provider(named name: String?) -> ProviderFacts? {
    providers.first { $0.name == name ?? defaultProvider }
  }

  /// Whether a server of this name is the demo, which charges nothing.
  package func isDemo(_ name: String) -> Bool { provider(named: name)?.isDemo ?? false }

  /// Where the next request of a conversation goes: to the default server where its own is missing.
  func target(of conversation: Conversation) -> RequestTarget {
    let provider =
      provider(named: conversation.provider) ?? provider(named: nil)
      ?? ProviderFacts(name: conversation.provider ?? "", host: "")
    let name = conversation.model ?? provider.defaultModel
    return RequestTarget(
      provider: provider, modelName: name, model: catalog.model(named: name ?? ""),
      listed: listed[provider.name]?[name ?? ""])
  }

  /// The parameters of the next request: the conversation's own, before those configured for its server
  /// and model, before those configured for all.
  func requestParameters(of conversation: Conversation) -> Parameters {
    let target = target(of: conversation)
    let configured = target.provider.parameters(of: target.modelName)
    let changes = conversation.parameters.changes(from: sources.configuration.parameters)
    return changes.over(configured).over(conversation.parameters)
  }

  /// A conversation's own server, where that is not configured here; nil when all is well.
  func missingProvider(of conversation: Conversation) -> String? {
    guard let name = conversation.provider, provider(named: name) == nil else { return nil }
    return name
  }
}

extension ChatSettings {
  mutating func reduce(_ event: SettingsEvent, _ context: EngineContext) -> [EngineStep] {
    var settings = ConversationSettings(of: context.conversation)
    let target = context.target
    switch event {
    case .model(let name):
      settings.model = name
      prefer(name, at: target.provider.name)
    case .provider(let name):
      guard let provider = provider(named: name) else { return [] }
      settings.provider = provider.name
      settings.model = provider.defaultModel
      return [.change(.settings(settings, writesRow: .whereStored))] + providerChanged(to: name)
    case .api(let api): return choose(api, at: target.provider.name)
    case .parameters(let parameters):
      settings.parameters = parameters
    case .instructions(let text):
      settings.instructions = text
      return [.change(.settings(settings, writesRow: text == nil ? .whereStored : .always))]
    case .detail(let detail):
      self.detail = detail
      return []
    case .listModels: return [.effect(.listModels(provider: target.provider.name))]
    case .listModelsOnce:
      guard models.isEmpty, serversAsked.insert(target.provider.name).inserted else { return [] }
      return [.effect(.listModels(provider: target.provider.name))]
    case .chooseModel: return chooseModel(settings, target)
    case .forgetLearned:
      listed[target.provider.name] = nil
      let model = target.modelName ?? ""
      return [.effect(.forgetLearned(provider: target.provider.name, model: model))]
    case .openingBegan:
      given = given ?? GivenSettings()
      return []
    case .openingEnded:
      given = nil
      return []
    case .keepModel:
      guard settings.model == nil, let model = target.modelName else { return [] }
      settings.model = model
    }
    return [.change(.settings(settings, writesRow: .whereStored))]
  }

  /// Has conversations that name no model go on with this one at a server, while the program runs.
  private mutating func prefer(_ model: String, at provider: String) {
    guard let index = providers.firstIndex(where: { $0.name == provider }) else { return }
    providers[index].defaultModel = model
  }

  private mutating func choose(_ api: WireChoice, at provider: String) -> [EngineStep] {
    guard let index = providers.firstIndex(where: { $0.name == provider }) else { return [] }
    providers[index].api = api
    return [.effect(.chooseCall(api, provider: provider))]
  }

  /// Another server has other models: they are asked for.
  mutating func providerChanged(to name: String) -> [EngineStep] {
    models = []
    return [.effect(.listModels(provider: name))]
  }

  private func chooseModel(
    _ settings: ConversationSettings, _ target: RequestTarget
  ) -> [EngineStep] {
    guard target.modelName == nil, let first = models.first else { return [] }
    guard models.count == 1 else { return [.report(.modelsOffered(count: models.count))] }
    var settings = settings
    settings.model = first
    return [
      .change(.settings(settings, writesRow: .whereStored)), .report(.modelChosen(first)),
    ]
  }

  /// Takes in answers of servers.
  mutating func reduce(_ event: ServerEvent, _ context: EngineContext) -> [EngineStep] {
    switch event {
    case .models(let models, let provider):
      guard provider.map({ $0 == context.target.provider.name }) ?? true else { return [] }
      self.models = models.sorted()
      return [.report(.modelsListed)]
    case .listed(let models, let provider):
      listed[provider] = models
      return [.report(.modelFactsListed)] + learning(from: models, of: provider, context.target)
    case .modelsFailed(let phrase, let kind):
      return [.report(.modelsFailed(ReplyFailure(kind: kind, phrase: phrase)))]
    case .keyMissing(let phrase): return [.report(.keyMissing(phrase))]
    case .told(let phrase): return [.report(.remark(phrase))]
    }
  }

  /// Has what a list says of the model in use remembered: a later run need not wait for the list.
  private func learning(
    from models: [String: ListedModel], of provider: String, _ target: RequestTarget
  ) -> [EngineStep] {
    guard provider == target.provider.name, let model = target.modelName,
      let takesPictures = models[model]?.takesPictures
    else { return [] }
    return [.effect(.learnPictures(takesPictures, model: model, provider: provider))]
  }

  /// Asks a server what its models take before pictures go to it, where nobody has said of the one in
  /// use, and once.
  mutating func expectPictures(_ context: EngineContext) -> [EngineStep] {
    let target = context.target
    guard target.modelName != nil, target.takesPictures == nil, !target.provider.isDemo,
      listed[target.provider.name] == nil
    else { return [] }
    listed[target.provider.name] = [:]
    return [.effect(.listModels(provider: target.provider.name))]
  }
}
