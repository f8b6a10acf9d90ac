import Conversation

/// Something to be done, as data: the engine's only way to reach the world and its face.
package enum EngineEffect: Equatable, Sendable {
  case reply(ReplyEffect)
  case store(StoreEffect)
  case picture(PictureEffect)
  case tool(ToolEffect)
  case listModels(provider: String)
  /// Takes back what was learned of a model on a server, and of the server whatever the model.
  case forgetLearned(provider: String, model: String)
  /// A `.clock` event after so many milliseconds.
  case wake(after: Int64)
  /// Something for the user, who learns it as his face tells it.
  case report(EngineReport)
}

/// What a reducer decides: a change of the conversation, or something to be done.
///
/// The root applies changes, and has them written to the store; effects leave the engine in order.
enum EngineStep: Equatable, Sendable {
  case change(ConversationChange)
  case effect(EngineEffect)

  static func report(_ report: EngineReport) -> EngineStep { .effect(.report(report)) }
}

/// A change of the open conversation: whatever decides it, the store learns of it in one place.
enum ConversationChange: Equatable, Sendable {
  /// A new message below its parent.
  case append(Message)
  /// A message's status, parts, omission or details are others.
  case replace(Message)
  /// More of a reply in flight.
  case extend(MessageID, PartFragment.Kind, text: String)
  /// Another leaf is in use; the row is not written for this alone.
  case select(leaf: MessageID?)
  /// Settings are others.
  case settings(ConversationSettings, writesRow: RowWriting)
  /// The conversation's own row is to be written.
  case row(RowWriting)
}

/// Whether a change of settings writes the conversation's row.
enum RowWriting: Equatable, Sendable {
  /// Where there is a row already: a new conversation waits for its first words.
  case whereStored
  case always
}

/// What a conversation goes on with, as one value.
struct ConversationSettings: Equatable, Sendable {
  var provider: String?
  var model: String?
  var instructions: String?
  var parameters: Parameters

  init(of conversation: Conversation) {
    provider = conversation.provider
    model = conversation.model
    instructions = conversation.instructions
    parameters = conversation.parameters
  }

  /// The settings with another server in the place of one that is missing; the model stays if that one
  /// offers it, or names no other.
  func accepting(_ provider: ProviderFacts, offering models: [String]) -> ConversationSettings {
    var settings = self
    settings.provider = provider.name
    if let model, !models.contains(model) { settings.model = provider.defaultModel ?? model }
    return settings
  }

  func apply(to conversation: inout Conversation) {
    conversation.provider = provider
    conversation.model = model
    conversation.instructions = instructions
    conversation.parameters = parameters
  }
}
