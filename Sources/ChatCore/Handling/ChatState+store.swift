import Conversation
import Language

extension ChatState {
  mutating func handle(_ event: StoreEvent, at moment: Moment) -> [ChatEffect] {
    switch event {
    case .committed(let id): return committed(id)
    case .commitFailed(let id, let phrase): return commitFailed(id, phrase)
    case .branched(let id, let strangers):
      for message in strangers { conversation.messages.append(message) }
      notice = Notice(
        .warning,
        say("Another program wrote to this conversation too: this goes on as a branch of it."))
      return committed(id, keepingNotice: true)
    case .failed(let phrase), .notFound(let phrase): return fail(phrase)
    case .done(let phrase): return tell(phrase)
    case .loaded(let conversation, let message):
      return show(conversation, at: message, moment: moment)
    case .listed(let summaries): return listed(summaries, at: moment)
    case .found(let query, let hits): return found(hits, query: query)
    case .named(let id, let name): return named(id, name)
    case .nameTaken(let name):
      return ask(
        Question(
          phrase: say("Another conversation is called \(name). Take the name from it?"),
          consequence: .overwriteName(name)))
    case .deleted(let summary): return deleted(summary, at: moment)
    case .restored(let summary): return tell(say("“\(summary.title)” is back. /list shows it."))
    case .usage(let lines): return showUsage(lines)
    }
  }

  private mutating func committed(_ id: MessageID, keepingNotice: Bool = false) -> [ChatEffect] {
    session.uncommitted.remove(id)
    if session.failedCommits.remove(id) != nil, session.failedCommits.isEmpty, !keepingNotice {
      notice = Notice(.information, say("All messages are on disk again."))
    }
    return requestWhenCommitted()
  }

  /// The conversation goes on in memory; the message is tried again with every tick.
  private mutating func commitFailed(_ id: MessageID, _ phrase: Phrase) -> [ChatEffect] {
    session.uncommitted.remove(id)
    session.failedCommits.insert(id)
    notice = Notice(.error, phrase)
    return requestWhenCommitted() + setClock()
  }

  mutating func commitAgain() -> [ChatEffect] {
    let messages = session.failedCommits.sorted().compactMap { conversation.messages[$0] }
    return saveConversation() + messages.map { .store(.append($0, conversation.id)) }
  }

  private mutating func show(
    _ loaded: Conversation, at message: MessageID?, moment: Moment
  ) -> [ChatEffect] {
    let effects = endReply(as: .stopped) + saveIfStored()
    conversation = loaded
    transcript = TranscriptState()
    session.editing = nil
    session.isStored = true
    session.models = []
    pictures.wait(for: loaded.draft.pictures)
    if let message { reveal(message) }
    notice = nil
    return effects + [.composer(.setText(loaded.draft.text))]
  }

  /// Goes to a message, on whatever branch it is.
  private mutating func reveal(_ id: MessageID) {
    guard conversation.messages[id] != nil else { return }
    if !conversation.messages.pathIDs.contains(id) {
      conversation.messages.select(leaf: conversation.messages.newestLeaf(below: id))
    }
    transcript.jump(to: .message(id, row: 0))
  }

  private mutating func listed(
    _ summaries: [ConversationSummary], at moment: Moment
  ) -> [ChatEffect] {
    library.summaries = summaries
    guard library.listIsWanted else { return [] }
    library.listIsWanted = false
    guard !summaries.isEmpty else { return fail(say("No conversations are stored yet.")) }
    let items = summaries.map {
      Picker.Item(
        title: $0.title, remark: remark($0, at: moment), choice: .conversation($0.id, at: nil))
    }
    return open(
      .picker(Picker(subject: .conversations, title: say("Conversations"), items: items)))
  }

  private mutating func found(_ hits: [SearchHit], query: String) -> [ChatEffect] {
    guard !hits.isEmpty else {
      return fail(say("“\(query)” is in no conversation."))
    }
    let items = hits.map { hit in
      Picker.Item(
        title: hit.line, remark: hit.conversation.title,
        choice: .conversation(hit.conversation.id, at: hit.message))
    }
    return open(
      .picker(
        Picker(subject: .searchHits, title: say("Messages with “\(query)”"), items: items)))
  }

  private mutating func named(_ id: ConversationID, _ name: String) -> [ChatEffect] {
    guard id == conversation.id else { return [] }
    conversation.name = name
    return [.store(.list)] + tell(say("The conversation is called \(name) now."))
  }

  private mutating func deleted(
    _ summary: ConversationSummary, at moment: Moment
  ) -> [ChatEffect] {
    library.deleted.append(summary)
    library.summaries.removeAll { $0.id == summary.id }
    var effects: [ChatEffect] = []
    if summary.id == conversation.id {
      session.isStored = false
      effects = startNew(at: moment)
    }
    return effects
      + tell(say("“\(summary.title)” is deleted. /undelete brings it back until you quit."))
  }

  /// “3 messages, 2 pictures, gpt-4o, 2 days ago” for a list.
  private func remark(_ summary: ConversationSummary, at moment: Moment) -> String {
    let pictures = summary.pictureCount == 0 ? "" : " ▦\(summary.pictureCount)"
    let model = summary.model.map { " · " + $0 } ?? ""
    let age = Age(of: summary.updated, at: moment.timestamp)
    return "\(summary.messageCount)\(pictures)\(model) · \(age)"
  }
}
