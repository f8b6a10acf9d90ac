package import Conversation

/// What the command line sets for the stored conversation that the program opens at its start; nil,
/// or empty, where it is silent.
package struct GivenSettings: Equatable, Sendable {
  package var provider: String?
  package var model: String?
  package var instructions: String?
  package var parameters: Parameters

  package init(
    provider: String? = nil, model: String? = nil, instructions: String? = nil,
    parameters: Parameters = Parameters()
  ) {
    self.provider = provider
    self.model = model
    self.instructions = instructions
    self.parameters = parameters
  }

  /// The conversation with these settings laid over its own; another server has other models.
  package func over(_ conversation: Conversation) -> Conversation {
    var conversation = conversation
    if let provider, provider != conversation.provider {
      conversation.provider = provider
      conversation.model = nil
    }
    conversation.model = model ?? conversation.model
    conversation.instructions = instructions ?? conversation.instructions
    conversation.parameters = parameters.over(conversation.parameters)
    return conversation
  }
}

/// The settings that the program was started with, by source: what `/new` begins with, and what
/// `/params` names as the origin of a value.
package struct SettingSources: Equatable, Sendable {
  package var commandLine: GivenSettings
  package var configuration: GivenSettings
  /// The model that was chosen last on the screen, by the server's name, as an earlier run kept it.
  package var keptModels: [String: String]

  package init(
    commandLine: GivenSettings = GivenSettings(), configuration: GivenSettings = GivenSettings(),
    keptModels: [String: String] = [:]
  ) {
    self.commandLine = commandLine
    self.configuration = configuration
    self.keptModels = keptModels
  }

  /// The system message of new conversations.
  package var instructions: String? { commandLine.instructions ?? configuration.instructions }

  /// The parameters of new conversations.
  package var parameters: Parameters {
    commandLine.parameters.over(configuration.parameters)
  }
}
