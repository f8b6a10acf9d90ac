package import ChatEngine
import Conversation
import Language

extension ChatState {
  /// Adds what was written to the history and, for a user's message, asks for a reply.
  mutating func write(_ text: String, at moment: Moment) -> [ChatEffect] {
    guard reply.isIdle else {
      return fail(say("A reply is still coming: Esc stops it, then Enter sends this."))
        + giveBack(text)
    }
    guard session.given == nil else { return waitForOpening(text) }
    let place = session.editing.flatMap { conversation.messages[$0] }
    let role = place?.role ?? session.role
    if role == .user, let effects = waitForPictures(text) { return effects }
    let parts = parts(of: text, role: role)
    guard !parts.isEmpty else {
      return fail(say("The message is empty. Type its text, then press Enter."))
    }
    if let place { conversation.messages.select(leaf: place.parent) }
    if role == .user { pictures.waiting = [] }
    let ended = endEditing()
    let parent = conversation.messages.leaf
    let message = Message(
      id: newIdentifier(at: moment, after: parent), parent: parent, role: role, parts: parts,
      created: moment.timestamp)
    let effects = ended + append(message)
    return role == .user ? effects + requestReply(at: moment) : effects
  }

  private func parts(of text: String, role: Role) -> [ContentPart] {
    let pictures = role == .user ? pictures.readyReferences : []
    return pictures.map(ContentPart.picture) + (text.trimmed.isEmpty ? [] : [.text(text)])
  }

  /// Holds a message back while its pictures are not ready; nil when there is nothing to wait for.
  private mutating func waitForPictures(_ text: String) -> [ChatEffect]? {
    let failed = pictures.waiting.firstIndex {
      if case .failed = $0.progress { true } else { false }
    }
    if let failed {
      let number = failed + 1
      return fail(
        say("Picture \(number) cannot be sent. Take it back with /detach \(number)."),
        offers: ["/detach \(number)"]) + giveBack(text)
    }
    guard pictures.isPreparing else { return nil }
    session.isSendingWhenReady = true
    composer.line = ComposerSnapshot(text: text, cursor: text.utf8.count)
    return tell(
      say("The message goes as soon as its pictures are ready. Esc holds it back."))
      + giveBack(text)
  }

  /// Holds a message back while the conversation that it belongs to is being opened.
  private mutating func waitForOpening(_ text: String) -> [ChatEffect] {
    session.isSendingWhenReady = true
    composer.line = ComposerSnapshot(text: text, cursor: text.utf8.count)
    return tell(
      say("The message goes as soon as the conversation is open. Esc holds it back."))
      + giveBack(text)
  }

  /// Sends the message that was waiting for its pictures or its conversation, also from behind an
  /// overlay.
  mutating func sendIfReady(at moment: Moment) -> [ChatEffect] {
    guard session.isSendingWhenReady, session.given == nil, !pictures.isPreparing else { return [] }
    session.isSendingWhenReady = false
    let text = composer.draft
    if overlay == nil { composer.line = ComposerSnapshot() }
    notice = nil
    return giveBack("") + write(text, at: moment)
  }

  /// Puts a message below the leaf, in memory and in the store.
  mutating func append(_ message: Message) -> [ChatEffect] {
    conversation.messages.append(message)
    noteDraft()
    session.draftIsDirty = false
    transcript.jump(to: .bottom)
    return saveConversation() + give(message)
  }

  /// Gives a message to the store, which will answer.
  mutating func give(_ message: Message) -> [ChatEffect] {
    guard session.keepsConversation else { return [] }
    commits.give([message.id])
    return [.store(.append(message, conversation.id))]
  }

  /// A new message's identifier: larger than its parent's, also where the clock was set back.
  func newIdentifier(
    at moment: Moment, _ ordinal: Int = 0, after parent: MessageID?
  ) -> MessageID {
    let id: MessageID = moment.makeIdentifier(ordinal)
    guard let parent, parent >= id else { return id }
    let random = Int64(moment.entropy & 0x3F_FBFF) + Int64(ordinal)
    return MessageID(rawValue: parent.rawValue + 1 + random)
  }

  /// Changes a message in memory and, if it is there, in the store.
  mutating func update(_ id: MessageID, _ change: (inout Message) -> Void) -> [ChatEffect] {
    conversation.messages.update(id, change)
    guard session.keepsConversation, !commits.refused.contains(id),
      let message = conversation.messages[id]
    else { return [] }
    return [.store(.update(message))]
  }

  var leaf: MessageID? { conversation.messages.leaf }

  package var currentProvider: ProviderFacts {
    surroundings.provider(named: conversation.provider)
      ?? surroundings.provider(named: nil)
      ?? ProviderFacts(name: conversation.provider ?? "", host: "")
  }

  /// Whom pictures are fitted for.
  var audience: PictureAudience {
    PictureAudience(provider: currentProvider.name, model: currentModel)
  }

  /// The conversation's model, else the provider's.
  package var currentModel: String? { conversation.model ?? currentProvider.defaultModel }
}
