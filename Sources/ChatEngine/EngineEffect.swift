package import Conversation

/// Something to be done, as data: the engine's only way to reach the world and its face.
package enum EngineEffect: Equatable, Sendable {
  case reply(ReplyEffect)
  case store(StoreEffect)
  case picture(PictureEffect)
  case tool(ToolEffect)
  case listModels(provider: String)
  /// Has a server asked with this call until the program ends.
  case chooseCall(WireChoice, provider: String)
  /// Takes back what was learned of a model on a server, and of the server whatever the model.
  case forgetLearned(provider: String, model: String)
  /// Remembers whether a model on a server takes pictures, as the server's list says.
  case learnPictures(Bool, model: String, provider: String)
  /// A `.clock` event after so many milliseconds.
  case wake(after: Int64)
  /// Something for the user, who learns it as his face tells it.
  case report(EngineReport)
}

/// A reducer's decision: a change of the conversation, or an effect.
///
/// The root applies changes, and has them written to the store; effects leave the engine in order.
enum EngineStep: Equatable, Sendable {
  case change(ConversationChange)
  case effect(EngineEffect)

  static func report(_ report: EngineReport) -> EngineStep { .effect(.report(report)) }
}
