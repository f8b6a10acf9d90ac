import ChatAPI
import ChatEngine
import Configuration
import Conversation

/// What the next request of a stored conversation would offer beside its messages, for an export of it:
/// the tools that are on, and the libraries that the server searches.
struct ConversationTools: Sendable {
  let installation: Installation
  let library: ToolLibrary
  let directory: ServerDirectory
  let client: ChatClient

  /// The definitions of the tools; servers of theirs are started for it.
  func definitions(of conversation: Conversation) async -> [ToolDefinition] {
    let options = installation.toolOptions
    let names = conversation.parameters.tools ?? options.enabled
    guard !names.isEmpty else { return [] }
    return await library.definitions(named: names, under: options.rules).definitions
  }

  /// The identifiers of the libraries, which only the server knows; their names where it does not answer.
  func libraries(
    named names: [String], on provider: String, model: String?
  ) async -> (ids: [String], areKnown: Bool) {
    guard !names.isEmpty else { return ([], true) }
    guard let server = try? await directory.provider(named: provider, model: model),
      let ids = try? await client.vectorStores(named: names, at: server)
    else { return (names, false) }
    return (ids, true)
  }
}
