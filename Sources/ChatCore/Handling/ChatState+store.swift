import ChatEngine
import Conversation
import Language

extension ChatState {
  mutating func handle(_ event: StoreEvent, at moment: Moment) -> [ChatEffect] {
    switch event {
    case .committed(let id): return committed(id)
    case .commitFailed(let id, let phrase, let kind):
      return commitFailed([id], StoreFailure(kind: kind, phrase: phrase), at: moment)
    case .inserted(let ids): return ids.flatMap { committed($0) }
    case .insertFailed(let ids, let phrase):
      return commitFailed(ids, StoreFailure(kind: .unwritable, phrase: phrase), at: moment)
    case .saveFailed(let id, let phrase): return saveFailed(id, phrase, at: moment)
    case .branched(let id, let strangers): return branched(id, strangers)
    // News of the store itself: what was asked of it is still to be answered.
    case .failed(let phrase, of: nil, _):
      report(.remark(phrase))
      return fail(phrase)
    case .failed(let phrase, let effect, let kind):
      return failed(effect, because: StoreFailure(kind: kind, phrase: phrase))
    case .notFound(let phrase, let effect):
      return failed(effect, because: StoreFailure(kind: .missing, phrase: phrase))
    case .done(let phrase, let offers):
      report(.remark(phrase))
      return tell(phrase, offers: offers)
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
    _ effect: StoreEffect?, because failure: StoreFailure
  ) -> [ChatEffect] {
    if case .count = effect {
      let phrase = say("This request is missing from iris usage: \(failure.phrase)")
      report(.remark(phrase))
      return fail(phrase)
    }
    report(.notOpened(failure))
    library.listIsWanted = false
    if case .importFile = effect { library.reading = nil }
    session.given = nil
    session.isSendingWhenReady = false
    return fail(failure.phrase) + giveBackCommand { $0 == effect.map(ChatEffect.store) }
  }

  private mutating func committed(_ id: MessageID) -> [ChatEffect] {
    var effects: [ChatEffect] = []
    if commits.take(id) {
      // What changed in it since it was refused was not written.
      if conversation.messages[id] != nil { effects += update(id) { _ in } }
      if commits.refused.isEmpty {
        session.isLosingKnown = false
        _ = tell(say("All messages are on disk again."))
      }
    }
    return effects + requestWhenCommitted()
  }

  /// The conversation goes on in memory; the message is given to the store again, and again.
  private mutating func commitFailed(
    _ ids: [MessageID], _ failure: StoreFailure, at moment: Moment
  ) -> [ChatEffect] {
    let news = ids.filter { id in
      commits.refuse(id, isOpen: conversation.messages[id] != nil, at: moment.uptime)
    }
    if !news.isEmpty {
      notice = Notice(.error, failure.phrase)
      report(.notStored(failure))
    }
    return requestWhenCommitted() + setClock()
  }

  /// The draft stays in memory and is tried again; that is told once, until it has worked for long.
  private mutating func saveFailed(
    _ id: ConversationID, _ phrase: Phrase, at moment: Moment
  ) -> [ChatEffect] {
    let isNews = session.draftRefusedAt.map { moment.uptime - $0 > 4 * Self.draftPause } ?? true
    // An error that is being shown is not taken away: this one comes again.
    if !isNews || notice?.kind != .error { session.draftRefusedAt = moment.uptime }
    if isNews, notice?.kind != .error { notice = Notice(.error, phrase) }
    guard id == conversation.id else { return [] }
    session.draftIsDirty = true
    session.draftSavedAt = moment.uptime + Self.draftPause
    return setClock()
  }

  /// Milliseconds before a draft that was refused is given to the store again.
  private static let draftPause: Int64 = 2_000

  /// Gives the store again what it refused, of whatever conversation it is.
  mutating func commitAgain() -> [ChatEffect] {
    var effects: [ChatEffect] = []
    for conversation in [conversation] + commits.left.values.sorted(by: { $0.id < $1.id }) {
      let messages = commits.refused.sorted().compactMap { conversation.messages[$0] }
      guard !messages.isEmpty else { continue }
      effects.append(.store(.saveConversation(conversation)))
      effects += messages.map { .store(.append($0, conversation.id)) }
    }
    return effects
  }

  /// Another program wrote in the conversation: its messages stand beside ours.
  private mutating func branched(_ id: MessageID, _ strangers: [Message]) -> [ChatEffect] {
    take(in: strangers)
    let effects = committed(id)
    let phrase = say(
      "Another program wrote to this conversation too: this goes on as a branch of it.")
    notice = Notice(.warning, phrase)
    report(.remark(phrase))
    return effects
  }

  /// Adds messages that others wrote; the path stays.
  private mutating func take(in strangers: [Message]) {
    let leaf = leaf
    for message in strangers { conversation.messages.append(message) }
    if self.leaf != leaf { conversation.messages.select(leaf: leaf) }
  }

  /// The conversation as the store has it now: what another program wrote below the leaf is shown,
  /// and what it set or left half written is taken over, for the store holds it to be known here.
  private mutating func takeInWhole(_ loaded: Conversation) -> [ChatEffect] {
    take(in: loaded.messages.all)
    let provider = currentProvider.name
    conversation.model = loaded.model
    conversation.provider = loaded.provider
    conversation.instructions = loaded.instructions
    conversation.parameters = loaded.parameters
    let effects = follow(provider) + takeIn(loaded.draft)
    guard reply.isIdle, let leaf, loaded.messages.pathIDs.contains(leaf) else { return effects }
    conversation.messages.select(leaf: loaded.messages.leaf)
    return effects
  }

  /// What another program left half written comes into the composer or, where something is written
  /// there, into the history; half a command is nothing to keep.
  private mutating func takeIn(_ draft: Draft) -> [ChatEffect] {
    guard draft != conversation.draft, CommandLine(draft.text) == nil else { return [] }
    guard composer.draft.isEmpty, pictures.waiting.isEmpty else { return remember(draft.text) }
    conversation.draft = draft
    pictures.wait(for: draft.pictures)
    return giveBack(draft.text)
  }

  /// Asks for the models of the server in use, where that is another than before.
  private mutating func follow(_ before: String) -> [ChatEffect] {
    guard currentProvider.name != before else { return [] }
    session.models = []
    return [.listModels(provider: currentProvider.name)]
  }

  /// Opens what was read from a file, unless the conversation has gone on meanwhile.
  private mutating func imported(
    _ conversation: Conversation, _ phrase: Phrase, at moment: Moment
  ) -> [ChatEffect] {
    let reading = library.reading
    library.reading = nil
    guard reply.isIdle, reading?.conversation == self.conversation.id, reading?.leaf == leaf else {
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
    guard loaded.id != conversation.id else {
      let effects = takeInWhole(loaded)
      guard let message else { return effects + tell(say("This conversation is open already.")) }
      reveal(message)
      return effects
    }
    let goesAlong = asking != nil || loaded.draft == Draft()
    let text = composer.draft
    let isSending = session.isSendingWhenReady
    var effects = leaveConversation(draftIsStaying: !goesAlong)
    let provider = currentProvider.name
    effects += enter(merged(session.given?.over(loaded) ?? loaded))
    session.given = nil
    session.isStored = true
    if let message { reveal(message) }
    effects += follow(provider)
    warnOfMissingProvider()
    guard !goesAlong else {
      session.isSendingWhenReady = isSending
      return effects + sendIfReady(at: moment)
    }
    effects += cancelPreparing(pictures.waiting) + remember(text)
    pictures.waiting = []
    pictures.searches = [:]
    if isSending { effects += write(text, at: moment) }
    pictures.wait(for: loaded.draft.pictures)
    return effects + [.composer(.setText(loaded.draft.text))]
  }

  /// A conversation as the store has it, and what of it the store would not take before.
  private mutating func merged(_ loaded: Conversation) -> Conversation {
    guard let mine = commits.reopen(loaded.id) else { return loaded }
    var whole = loaded
    for message in mine.messages.all { whole.messages.append(message) }
    whole.messages.select(leaf: mine.messages.leaf)
    return whole
  }

  /// Goes to a message, on whatever branch it is.
  private mutating func reveal(_ id: MessageID) {
    guard conversation.messages[id] != nil else { return }
    if !conversation.messages.pathIDs.contains(id), reply.isIdle {
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
        title: hit.line, remark: hit.conversation.title,
        choice: .conversation(hit.conversation.id, at: hit.message))
    }
    return open(
      .picker(
        Picker(subject: .searchHits, title: say("Messages with “\(query)”"), items: items)))
  }

  private mutating func named(_ id: ConversationID, _ name: String) -> [ChatEffect] {
    guard id == conversation.id else { return [] }
    asking?.hasAnswer = true
    conversation.name = Label(name)
    library.formerName = nil
    let list: [ChatEffect] = asking == nil ? [.store(.list)] : []
    return list + tell(say("The conversation is called \(name) now."))
  }

  private mutating func deleted(
    _ summary: ConversationSummary, at moment: Moment
  ) -> [ChatEffect] {
    library.deleted.append(summary)
    library.summaries.removeAll { $0.id == summary.id }
    let effects = summary.id == conversation.id ? startNew(at: moment) : []
    return effects
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
      .text(in: surroundings.language)
    return "\(summary.messageCount)\(pictures)\(model) · \(age)"
  }
}

extension ConversationSummary {
  fileprivate var holdsSomething: Bool { messageCount > 0 || name != nil }
}
