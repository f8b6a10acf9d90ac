import ChatEngine
import Conversation
import Language
import Markdown

extension ChatState {
  mutating func handleStoreEvent(_ event: StoreEvent, at moment: Moment) -> [ChatEffect] {
    switch event {
    case .written: return []
    case .news(let phrase): return fail(phrase)
    case .failed(let phrase, let effect, let kind):
      return failed(effect, because: StoreFailure(kind: kind, phrase: phrase))
    case .notFound(let phrase, let effect):
      return failed(effect, because: StoreFailure(kind: .missing, phrase: phrase))
    case .done(let phrase): return tell(phrase)
    case .draftWaits(let summary):
      return tell(summary.newerDraft, offers: [.load(summary.id)])
    case .exists(let path, let conversation): return askToReplace(path, with: conversation)
    case .importing(let count):
      library.reading?.count = count
      return []
    case .imported(let conversation, let phrase):
      return imported(conversation, phrase, at: moment)
    case .loaded(let conversation, let message):
      return opened(conversation, showing: message, at: moment)
    case .listed(let summaries): return listed(summaries, at: moment)
    case .found(let query, let hits): return found(hits, query: query)
    case .named(let id, let name): return named(id, name)
    case .nameTaken(let name): return refuseName(name)
    case .deleted(let summary): return deleted(summary, at: moment)
    case .restored(let summary): return restored(summary)
    case .usage(let lines): return showUsage(lines)
    }
  }

  private mutating func failed(
    _ effect: StoreEffect, because failure: StoreFailure
  ) -> [ChatEffect] {
    library.listIsWanted = false
    if case .importFile = effect { library.reading = nil }
    if case .load = effect { session.isOpening = false }
    session.isSendingWhenReady = false
    return send(.settings(.openingEnded)) + fail(failure.phrase)
      + giveBackCommand { $0 == .store(effect) }
  }

  /// Puts another program's draft into the composer or, where something is written
  /// there, into the history; half a command is nothing to keep.
  private mutating func takeIn(_ draft: Draft) -> [ChatEffect] {
    guard draft != conversation.draft, CommandLine(draft.text) == nil else { return [] }
    guard composer.draft.isEmpty, pictures.isEmpty else { return remember(draft.text) }
    return send(.draft(.restored(draft))) + giveBack(draft.text)
  }

  /// Opens what was read from a file, unless the conversation has gone on meanwhile.
  private mutating func imported(
    _ conversation: Conversation, _ phrase: Phrase, at moment: Moment
  ) -> [ChatEffect] {
    let reading = library.reading
    library.reading = nil
    guard !engine.isBusy, reading?.conversation == self.conversation.id, reading?.leaf == leaf
    else {
      return tell(say("\(phrase) /list opens them."))
    }
    return opened(conversation, showing: nil, at: moment) + tell(phrase)
  }

  private mutating func askToReplace(
    _ path: String, with conversation: Conversation
  ) -> [ChatEffect] {
    ask(
      Question(
        phrase: say("\(path) is there, and not from this conversation. Replace it?"),
        consequence: .replaceFile(path: path, conversation)))
  }

  private mutating func opened(
    _ loaded: Conversation, showing message: MessageID?, at moment: Moment
  ) -> [ChatEffect] {
    session.isOpening = false
    guard loaded.id != conversation.id else {
      let effects = send(.conversation(.merge(loaded))) + takeIn(loaded.draft)
      if session.isSendingWhenReady { return effects + sendIfReady(at: moment) }
      guard let message else { return effects + tell(say("This conversation is open already.")) }
      return effects + reveal(message)
    }
    // Marks wait beside what is written: they take no place of it.
    var written = loaded.draft
    written.mask = nil
    let goesAlong = written == Draft()
    let text = composer.draft
    let isSending = session.isSendingWhenReady
    var effects = leaveConversation(draftIsStaying: !goesAlong)
    effects += enter(.enter(loaded, isStored: true))
    restoreMask()
    tellUnmadePictures()
    if let message { effects += reveal(message) }
    guard !goesAlong else {
      session.isSendingWhenReady = isSending
      return effects + sendIfReady(at: moment)
    }
    searches = [:]
    effects += send(.attachments(.detachAll)) + remember(text)
    if isSending { effects += write(text, at: moment) }
    return effects + send(.attachments(.wait(for: loaded.draft.attachments)))
      + [.composer(.setText(loaded.draft.text))]
  }

  /// Goes to a message, on whatever branch it is.
  private mutating func reveal(_ id: MessageID) -> [ChatEffect] {
    guard conversation.messages[id] != nil else { return [] }
    transcript.jump(to: .message(id, row: 0))
    guard !conversation.messages.pathIDs.contains(id), !engine.isBusy else { return [] }
    let leaf = conversation.messages.newestLeaf(below: id)
    return send(.conversation(.select(leaf: leaf, writesRow: false)))
  }

  private mutating func listed(
    _ summaries: [ConversationSummary], at moment: Moment
  ) -> [ChatEffect] {
    library.summaries = summaries
    guard library.listIsWanted else { return [] }
    library.listIsWanted = false
    // The open one may have a row for a command that was being typed, and nothing else.
    let summaries = summaries.filter { $0.id != conversation.id || $0.holdsSomething }
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
        + giveBackCommand { $0 == .store(.search(query)) }
    }
    let items = hits.map { hit in
      Picker.Item(
        title: PlainWords(of: hit.line[...]).text, remark: hit.conversation.title,
        choice: .conversation(hit.conversation.id, at: hit.message))
    }
    return open(
      .picker(
        Picker(subject: .searchHits, title: say("Messages with “\(query)”"), items: items)))
  }

  private mutating func named(_ id: ConversationID, _ name: String) -> [ChatEffect] {
    guard id == conversation.id else { return [] }
    library.formerName = nil
    let effects = send(.conversation(.named(Label(name)))) + [.store(.list)]
    let isCopy = library.copyName?.text == name
    library.copyName = nil
    return isCopy
      ? effects
      : effects
        + tell(say("The conversation is called \(name) now."))
  }

  private mutating func deleted(
    _ summary: ConversationSummary, at moment: Moment
  ) -> [ChatEffect] {
    library.deleted.append(summary)
    library.summaries.removeAll { $0.id == summary.id }
    let effects = summary.id == conversation.id ? startNew(at: moment) : []
    return effects
      + [.serverFiles(.pruneAll)]
      + tell(say("“\(summary.title)” is deleted. /undelete brings it back until you quit."))
  }

  private mutating func restored(_ summary: ConversationSummary) -> [ChatEffect] {
    library.deleted.removeAll { $0.id == summary.id }
    return [.store(.list)] + tell(say("“\(summary.title)” is back. /list shows it."))
  }

  /// “3 messages, 2 pictures, gpt-4o, 2 days ago” for a list.
  private func remark(_ summary: ConversationSummary, at moment: Moment) -> String {
    let pictures = summary.pictureCount == 0 ? "" : " ▦\(summary.pictureCount)"
    let model = summary.model.map { " · " + $0 } ?? ""
    let age = Age(of: summary.updated, at: moment.timestamp).phrase
      .text(in: capabilities.language)
    return "\(summary.messageCount)\(pictures)\(model) · \(age)"
  }
}

extension ConversationSummary {
  fileprivate var holdsSomething: Bool { messageCount > 0 || name != nil }
}
