import Conversation
import ModelCatalog

/// The messages of a request, and the obstacles in its way.
extension Run {
  /// The conversation's own server, where that is not configured here.
  func missingProvider(_ context: EngineContext) -> RequestObstacle? {
    context.missingProvider.map {
      .providerMissing(name: $0, host: context.target.provider.host)
    }
  }

  /// The first obstacle to a request that the user has not accepted; nil where there is none.
  func foundObstacle(
    _ conversation: Conversation, carrying messages: [Message], _ context: EngineContext
  ) -> RequestObstacle? {
    if let problem = missingProvider(context) { return problem }
    // What pictures are asked for says its own model, and is all that goes.
    guard !conversation.asksForPictures else { return nil }
    guard context.target.modelName != nil else { return .modelMissing(offered: context.models) }
    guard conversation.instructions != nil || !messages.isEmpty else { return .nothingIncluded }
    guard !options.ignoresRisks,
      let risk = RequestLimits.risk(
        of: conversation, carrying: messages, to: context.target), risk != acceptedRisk
    else { return nil }
    return .risk(risk)
  }

  /// The messages of a request for `conversation`: without earlier pictures that are known not to be
  /// taken, unless the user insists.
  func carried(by conversation: Conversation, _ context: EngineContext) -> CarriedMessages {
    var carried = CarriedMessages(conversation.messagesForRequest)
    if !carriesAllPictures, !conversation.asksForPictures {
      carried.leaveOutPictures(notTakenBy: context.target)
    }
    return carried
  }

  /// Whether the user insists on every picture of the history.
  var carriesAllPictures: Bool {
    if case .noVision = acceptedRisk { true } else { options.ignoresRisks }
  }

  /// Whether the user insists on the pictures of the question.
  var insistsOnPictures: Bool {
    if case .tooManyPictures = acceptedRisk { true } else { carriesAllPictures }
  }

  /// The messages as the request carries them beside the instructions.
  ///
  /// Has the conversation belong to the server that is asked in the place of its own, which is missing,
  /// where the user was told and asks again; the request that follows goes there.
  func acceptProvider(for event: RunEvent, _ context: EngineContext) -> [EngineStep] {
    guard event.isConfirmed, let problem = missingProvider(context), toldObstacle == problem else {
      return []
    }
    let settings = ConversationSettings(of: context.conversation)
      .accepting(context.target.provider, offering: context.models)
    return [.change(.settings(settings, writesRow: .always))]
  }

  /// A reply that broke off is followed by a message that asks for the rest: not every server takes
  /// a history that ends with a reply, and those that do begin a new one.
  func asking(
    _ messages: [Message], of conversation: Conversation, _ moment: Moment
  ) -> [Message] {
    guard let last = messages.last, last.id == conversation.messages.leaf, last.isUnfinished else {
      return messages
    }
    let nudge = Message(
      id: moment.messageID(2, after: last.id), parent: last.id, role: .user,
      parts: [.text(Self.nudge)], created: moment.timestamp)
    return messages + [nudge]
  }

  /// Asks a model, not a user, to go on.
  static let nudge = "Go on exactly where your last message ended. Do not repeat any of it."

  /// Marks messages as such that no server has answered.
  func markUnsent(_ ids: [MessageID], _ context: EngineContext) -> [EngineStep] {
    ids.filter(context.conversation.isUnanswered).flatMap { id in
      context.replacing(id) { $0.status = .unsent }
    }
  }
}

extension Conversation {
  /// Whether the last message is a user's with just these parts, which no server has answered.
  func isUnsentQuestion(_ role: Role, _ parts: [ContentPart]) -> Bool {
    guard role == .user, let last = messages.leaf.flatMap({ messages[$0] }) else { return false }
    return last.role == role && last.status == .unsent && last.omission == .none
      && last.parts == parts
  }

  /// Whether it is a user's message that nothing follows, and that is not marked yet.
  func isUnanswered(_ id: MessageID) -> Bool {
    guard let message = messages[id], message.role == .user else { return false }
    return message.status == .complete && (id != messages.leaf || messages.children(of: id).isEmpty)
  }
}
