package import Conversation

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
