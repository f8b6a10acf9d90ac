import ChatEngine
import Configuration
import Conversation
import Language
import ModelCatalog

extension Invocation.Start {
  /// The stored conversation to open; nil for a new one.
  var query: ConversationQuery? {
    switch self {
    case .new: nil
    case .last: .last
    case .named(let name): .name(name)
    }
  }
}

/// What a chat begins with, on the screen and without one.
extension Installation {
  /// A new conversation, with the configuration's settings and those of the command line over them.
  func newConversation(at moment: Moment) -> Conversation {
    var conversation = Conversation(id: moment.makeIdentifier(), created: moment.timestamp)
    conversation.provider = namedProvider
    conversation.model = settings.model
    conversation.instructions = settings.system
    conversation.parameters = settings.parameters
    if !invocation.tools.isEmpty {
      conversation.parameters.tools = Calls(toolOptions).toolsGiven(beside: nil)
    }
    return conversation
  }

  /// The server that something names; nil where the demo stands in for one.
  private var namedProvider: String? {
    settings.provider?.name ?? (settings.isDemoNamed ? ServerDirectory.demoName : nil)
  }

  /// What the command line alone sets, for a conversation that is stored already.
  var givenSettings: GivenSettings {
    let options = invocation.options
    let isServerNamed = options.provider != nil || options.baseURL != nil
    return GivenSettings(
      provider: isServerNamed ? namedProvider : nil, model: options.model,
      instructions: options.system, parameters: options.parameters)
  }

  /// The servers and models that can be asked, and what the command line sets for a stored
  /// conversation that is to be opened.
  ///
  /// `chosen` are the models that the screen kept, which go before the configuration's; for a call that is
  /// not the screen they are `lastResort`, where nothing else names a model (docs/decisions/0300).
  func chatSettings(
    _ directory: ServerDirectory, isOpening: Bool, chosen: ChosenModels = ChosenModels(),
    lastResort: ChosenModels = ChosenModels()
  ) -> ChatSettings {
    var providers = directory.providers.map { ProviderFacts($0) } + [.demo]
    for index in providers.indices {
      providers[index].api = directory.api(of: providers[index].name)
      let name = providers[index].name
      providers[index].defaultModel =
        chosen[name] ?? providers[index].defaultModel ?? lastResort[name]
    }
    return ChatSettings(
      catalog: catalog, providers: providers, defaultProvider: directory.defaultName,
      detail: settings.detail, given: isOpening ? givenSettings : nil,
      sources: SettingSources(
        commandLine: givenSettings, configuration: configuredSettings,
        keptModels: chosen.models))
  }

  /// What `config.yaml` and the environment alone set for new conversations.
  private var configuredSettings: GivenSettings {
    GivenSettings(
      provider: namedProvider, model: settings.provider?.model ?? configuration.model,
      instructions: configuration.system, parameters: configuration.parameters)
  }

  /// What of the written rules about tools cannot be used; nil where all can.
  var ruleProblem: Phrase? { ToolRules.load(from: folders).problem }

  /// What is known of tools at the start; the tools themselves are read when they are needed.
  var toolOptions: Calls.Options {
    var options = Calls.Options()
    options.enabled = configuration.toolNames
    options.given = invocation.tools
    options.servers = configuration.mcpServers.filter { !$0.isDisabled }.map(\.name)
    options.rules = ToolRules.load(from: folders).rules
    options.roundLimit = configuration.roundLimit
    options.budget = configuration.budget.map { Money(dollars: $0) }
    return options
  }
}
