package import Conversation

/// The read-only view of the whole that a reducer decides by, as it stands when an event comes.
struct EngineContext {
  let moment: Moment
  let conversation: Conversation
  private let settings: ChatSettings
  private let configuredTools: [String]
  let toolRules: ToolRules
  /// Whether the conversation is kept; of one that is not, only its figures are.
  let isKept: Bool
  /// Whether the store has answered for every message that it was given.
  let isSettled: Bool
  /// Why some of the conversation is not on disk; nil where all is, or nothing is kept.
  let storeFailure: StoreFailure?

  init(_ engine: ChatEngine, at moment: Moment) {
    self.moment = moment
    conversation = engine.conversation
    settings = engine.settings
    configuredTools = engine.calls.options.enabled
    toolRules = engine.calls.rules
    isKept = engine.persistence.keepsConversation
    isSettled = engine.persistence.isSettled
    storeFailure = engine.persistence.storeFailure
  }

  /// Where the next request goes; looked up anew at each use.
  var target: RequestTarget { settings.target(of: conversation) }
  /// Where a request of this model at this server went, and what is known of them.
  func target(of model: String, at provider: String) -> RequestTarget {
    var asked = conversation
    asked.model = model
    asked.provider = provider
    return settings.target(of: asked)
  }
  /// The parameters of a request for `conversation`.
  func parameters(of conversation: Conversation) -> Parameters {
    settings.requestParameters(of: conversation)
  }
  /// The conversation's own server, where that is not configured here.
  var missingProvider: String? { settings.missingProvider(of: conversation) }
  /// The names of the tools that requests offer, as ``ToolOffer/names`` has them.
  var offeredTools: [String] {
    (conversation.parameters.tools ?? configuredTools).filter { !toolRules.denies($0) }
  }
  /// The models that the server in use offers, as far as it was asked.
  var models: [String] { settings.models }

  var leaf: MessageID? { conversation.messages.leaf }
  var uptime: Int64 { moment.uptime }

  /// A message's replacement that differs from it by `change`; nothing for one that is not there.
  func replacing(_ id: MessageID, _ change: (inout Message) -> Void) -> [EngineStep] {
    guard var message = conversation.messages[id] else { return [] }
    change(&message)
    return [.change(.replace(message))]
  }
}

extension Moment {
  /// A new message's identifier: larger than its parent's, also where the clock was set back.
  package func messageID(_ ordinal: Int = 0, after parent: MessageID?) -> MessageID {
    let id: MessageID = makeIdentifier(ordinal)
    guard let parent, parent >= id else { return id }
    let random = Int64(entropy & 0x3F_FBFF) + Int64(ordinal)
    return MessageID(rawValue: parent.rawValue + 1 + random)
  }
}
