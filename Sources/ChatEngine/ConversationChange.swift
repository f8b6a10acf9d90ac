import Conversation

/// A change of the open conversation: whatever decides it, the store learns of it in one place.
enum ConversationChange: Equatable, Sendable {
  /// A new message below its parent.
  case append(Message)
  /// A message's status, parts, omission or details are others.
  case replace(Message)
  /// More of a reply in flight: of its last part, or of a new one behind it.
  case extend(MessageID, PartFragment.Kind, text: String, isNewPart: Bool = false)
  /// Another leaf is in use; the row is not written for this alone.
  case select(leaf: MessageID?)
  /// Settings are others.
  case settings(ConversationSettings, writesRow: RowWriting)
  /// The conversation's own row is to be written.
  case row(RowWriting)
}

/// Whether a change of settings writes the conversation's row.
enum RowWriting: Equatable, Sendable {
  /// Only where a row exists already: a new conversation is stored with its first message.
  case whereStored
  case always
}

/// The settings that a conversation goes on with.
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

extension Conversation {
  /// Applies a change; what persistence is told of it, where there is anything to write.
  mutating func apply(_ change: ConversationChange) -> PersistenceEvent? {
    switch change {
    case .append(let message):
      messages.append(message)
      return .appended(message)
    case .replace(let message):
      messages.update(message.id) { $0 = message }
      return .replaced(message)
    case .extend(let id, let kind, let text, let isNewPart):
      return .extended(id, by: extend(id, kind, text, isNewPart: isNewPart))
    case .select(let leaf):
      if leaf != messages.leaf { messages.select(leaf: leaf) }
      return nil
    case .settings(let settings, let writing):
      settings.apply(to: &self)
      return .rowChanged(writing)
    case .row(let writing): return .rowChanged(writing)
    }
  }

  private mutating func extend(
    _ id: MessageID, _ kind: PartFragment.Kind, _ text: String, isNewPart: Bool
  ) -> PartFragment {
    var place = 0
    messages.update(id) { message in
      switch kind {
      case .text where isNewPart: message.parts.append(.text(text))
      case .text: message.parts.append(text: text)
      case .reasoning: message.parts.append(reasoning: text)
      }
      place = message.parts.count - 1
    }
    return PartFragment(ordinal: place, kind: kind, text: text)
  }

  /// Adds messages that another program wrote; the path stays.
  mutating func add(_ remote: [Message]) {
    let leaf = messages.leaf
    for message in remote { messages.append(message) }
    if messages.leaf != leaf { messages.select(leaf: leaf) }
  }
}

extension Message {
  /// Sets the omission; a message that is left out whole stays so where only its pictures are meant.
  mutating func omit(_ omission: Omission) {
    if omission != .pictures || self.omission != .all { self.omission = omission }
  }
}

extension [ContentPart] {
  /// Changes the detail of the `index`th picture among the parts.
  mutating func setDetail(_ level: Detail, ofPicture index: Int) {
    let places = indices.filter { self[$0].picture != nil }
    guard places.indices.contains(index), var reference = self[places[index]].picture
    else { return }
    reference.detail = level
    self[places[index]] = .picture(reference)
  }
}
