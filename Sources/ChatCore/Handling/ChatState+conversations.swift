import Conversation
import Language

extension ChatState {
  mutating func startNew(at moment: Moment) -> [ChatEffect] {
    let ended = endReply(as: .stopped) + saveIfStored()
    let old = conversation
    conversation = Conversation(id: moment.makeIdentifier(), created: moment.timestamp)
    conversation.model = old.model
    conversation.provider = old.provider
    conversation.parameters = old.parameters
    conversation.instructions = old.instructions
    resetForConversation()
    return ended + tell(say("A new conversation. /list opens the old ones."))
  }

  /// Forgets what belonged to the conversation that was open.
  private mutating func resetForConversation() {
    session.editing = nil
    session.isStored = false
    session.acceptedRisk = nil
    session.isSendingWhenReady = false
    transcript = TranscriptState()
    pictures.waiting = []
    notice = nil
  }

  mutating func load(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else { return list() }
    let word = ArgumentWords(rest).words.joined(separator: " ")
    if looksLikeFile(word) { return [.store(.importFile(path: word))] }
    return [.store(.load(.name(rest), at: nil))]
  }

  mutating func open(_ id: ConversationID, at message: MessageID?) -> [ChatEffect] {
    [.store(.load(.id(id), at: message))]
  }

  mutating func list() -> [ChatEffect] {
    library.listIsWanted = true
    return [.store(.list)]
  }

  mutating func search(_ rest: String) -> [ChatEffect] {
    rest.isEmpty ? misused(.search) : [.store(.search(rest))]
  }

  /// `/save`: a name, or a file by its slash or its ending.
  mutating func save(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else {
      guard let name = conversation.name else {
        return tell(say("Everything is stored already. /save NAME gives it a name."))
      }
      return tell(say("Everything is stored already, as \(name)."))
    }
    if looksLikeFile(rest) { return export(ArgumentWords(rest).words) }
    return rename(rest)
  }

  mutating func rename(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else { return misused(.rename) }
    return saveConversation() + [.store(.rename(conversation.id, rest))]
  }

  /// Gives the name that another conversation has to this one; the other loses it.
  mutating func takeName(_ name: String) -> [ChatEffect] {
    guard let other = library.summaries.first(where: { $0.name == name }) else {
      return rename(name)
    }
    return [
      .store(.rename(other.id, name + "~")), .store(.rename(conversation.id, name)),
    ]
  }

  mutating func export(_ words: [String]) -> [ChatEffect] {
    guard words.count == 1 else { return misused(.export) }
    guard !conversation.messages.isEmpty else {
      return fail(say("There is nothing to write yet."))
    }
    return [.store(.export(conversation, path: words[0]))]
  }

  mutating func askToDelete(_ rest: String) -> [ChatEffect] {
    let query: ConversationQuery = rest.isEmpty ? .id(conversation.id) : .name(rest)
    let title = rest.isEmpty ? conversation.title : rest
    return ask(
      Question(phrase: say("Delete the conversation “\(title)”?"), consequence: .delete(query)))
  }

  mutating func delete(_ query: ConversationQuery) -> [ChatEffect] {
    [.store(.delete(query))]
  }

  mutating func undelete() -> [ChatEffect] {
    guard let last = library.deleted.popLast() else {
      return fail(say("No conversation was deleted since the start."))
    }
    return [.store(.restore(last.id))]
  }

  private func looksLikeFile(_ text: String) -> Bool {
    if text.hasPrefix("/") || text.hasPrefix("~/") || text.hasPrefix("./") { return true }
    let endings = [".json", ".jsonl", ".md", ".html", ".sh", ".db"]
    return endings.contains { text.lowercased().hasSuffix($0) }
  }
}
