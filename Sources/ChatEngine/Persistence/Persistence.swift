package import Conversation
import Language

/// A change of the conversation that is to be written, or an answer of the store.
enum PersistenceEvent: Equatable, Sendable {
  /// A message came into being.
  case appended(Message)
  /// A message of these contents stands in the place of another.
  case replaced(Message)
  /// More of a reply in flight.
  case extended(MessageID, by: PartFragment)
  /// The conversation's own row is to be written.
  case rowChanged(RowWriting)
  /// A whole conversation is to be written, as a copy is.
  case copied
  case draftChanged
  case answered(WriteResult)
  case clock
  /// Another conversation is opened, or the program ends; `writesRow` says that a draft was left.
  case leaving(program: Bool, writesRow: Bool)
  /// Gives the store again, at once, what it refused.
  case retry
  case entered(isStored: Bool)
}

/// The reducer of what is on disk, which answers for all that the engine holds.
///
/// Every change of the conversation becomes an effect of the store here, and nowhere else: messages at
/// once, a reply in flight every 250 ms, the draft at most as often. What the store refuses is given to
/// it again.
package struct Persistence: Equatable, Sendable {
  /// Milliseconds between two flushes of a reply, and the least between two of the draft.
  package static let interval: Int64 = 250
  /// Milliseconds before a draft that was refused is given to the store again.
  package static let draftPause: Int64 = 2_000

  /// Whether the conversation is kept; of one that is not, only its figures are.
  let keepsConversation: Bool
  /// Whether the conversation has a row in the store.
  package private(set) var isStored = false
  private var commits = CommitQueue()
  /// Why the store refused a message last.
  private var failure: StoreFailure?
  /// Why the store refused the conversation's row; nil once it has taken a message of it.
  private(set) var rowFailure: StoreFailure?
  /// The pieces of a reply since the last flush, and the uptime of that.
  private var unflushed = Unflushed()
  /// Whether the draft differs from the one that was written last.
  package private(set) var draftIsDirty = false
  /// Uptime in milliseconds of the last draft that was written.
  private var draftSavedAt: Int64 = 0

  private struct Unflushed: Equatable, Sendable {
    var id: MessageID?
    var fragments: [PartFragment] = []
    var flushedAt: Int64 = 0
  }

  init(keepsConversation: Bool, isStored: Bool) {
    self.keepsConversation = keepsConversation
    self.isStored = isStored
  }

  /// Messages that the store has refused and not accepted since.
  package var refused: Set<MessageID> { commits.refused }

  /// Whether the store has answered for every message that it was given.
  package var isSettled: Bool { commits.pending.isEmpty }

  /// Why some of the conversation is not on disk; nil where all is, or nothing is kept.
  var storeFailure: StoreFailure? {
    keepsConversation && !commits.refused.isEmpty ? failure : nil
  }

  /// Whether something waits for the clock.
  var needsClock: Bool { draftIsDirty || !commits.refused.isEmpty }

  /// A conversation as the store has it, and what of it the store would not take before.
  mutating func completing(_ loaded: Conversation) -> Conversation {
    guard let mine = commits.reopen(loaded.id) else { return loaded }
    var whole = loaded
    for message in mine.messages.all { whole.messages.append(message) }
    whole.messages.select(leaf: mine.messages.leaf)
    return whole
  }
}

extension Persistence {
  mutating func reduce(_ event: PersistenceEvent, _ context: EngineContext) -> [EngineStep] {
    switch event {
    case .appended(let message):
      if message.status == .streaming {
        beginFlushing(message.id, at: context.uptime)
      } else {
        // It comes with its conversation's row, and that with the draft.
        draftIsDirty = false
      }
      return append(message, to: context.conversation.id)
    case .replaced(let message):
      replaceUnflushed(message, at: context.uptime)
      return update(message)
    case .extended(let id, let fragment):
      if unflushed.id != id { beginFlushing(id, at: context.uptime) }
      unflushed.fragments.add(fragment)
      return flush(at: context.uptime)
    case .rowChanged(let writing): return writeRow(writing, context.conversation)
    case .copied:
      isStored = true
      commits.add(context.conversation.messages.pathIDs)
      return [.effect(.store(.insert(context.conversation)))]
    case .draftChanged:
      draftIsDirty = true
      return []
    case .answered(let result): return answered(result, context)
    case .clock:
      let retry = commits.isRetryDue(at: context.uptime) ? commitAgain(context.conversation) : []
      return flush(at: context.uptime) + saveDraft(context) + retry
    case .leaving(let isProgram, let writesRow):
      return leave(context.conversation, isProgram: isProgram, writesRow: writesRow)
    case .retry: return commitAgain(context.conversation)
    case .entered(let isStored):
      self.isStored = isStored
      draftIsDirty = false
      return []
    }
  }

  // MARK: - Writing

  private mutating func append(_ message: Message, to id: ConversationID) -> [EngineStep] {
    guard keepsConversation else { return [] }
    commits.add([message.id])
    return [.effect(.store(.append(message, id)))]
  }

  /// Writes a message that changed; one that the store refused is given to it whole, later.
  private func update(_ message: Message) -> [EngineStep] {
    guard keepsConversation, !commits.refused.contains(message.id) else { return [] }
    return [.effect(.store(.update(message)))]
  }

  private mutating func writeRow(
    _ writing: RowWriting, _ conversation: Conversation
  ) -> [EngineStep] {
    guard keepsConversation, writing == .always || writing == .whereStored && isStored else {
      return []
    }
    isStored = true
    return [.effect(.store(.saveConversation(conversation)))]
  }

  private mutating func beginFlushing(_ id: MessageID, at uptime: Int64) {
    unflushed = Unflushed(id: id, flushedAt: uptime)
  }

  /// Drops what was to be flushed of a message that is written whole.
  private mutating func replaceUnflushed(_ message: Message, at uptime: Int64) {
    if unflushed.id == message.id {
      unflushed.fragments = []
      if message.status != .streaming { unflushed = Unflushed() }
    } else if message.status == .streaming {
      beginFlushing(message.id, at: uptime)
    }
  }

  /// Sends to the store what came since the last time, at most once in an interval.
  private mutating func flush(at uptime: Int64) -> [EngineStep] {
    guard uptime - unflushed.flushedAt >= Self.interval, let id = unflushed.id,
      !unflushed.fragments.isEmpty
    else { return [] }
    let fragments = unflushed.fragments
    beginFlushing(id, at: uptime)
    guard keepsConversation, !commits.refused.contains(id) else { return [] }
    return [.effect(.store(.extend(id, by: fragments)))]
  }

  /// Writes the draft, at most once in an interval.
  private mutating func saveDraft(_ context: EngineContext) -> [EngineStep] {
    guard draftIsDirty, context.uptime - draftSavedAt >= Self.interval else { return [] }
    draftIsDirty = false
    guard hasSomethingToKeep(context.conversation) else { return [] }
    draftSavedAt = context.uptime
    return writeRow(.always, context.conversation)
  }

  /// Whether there is anything to write, or a row that says what is no longer so.
  private func hasSomethingToKeep(_ conversation: Conversation) -> Bool {
    isStored || !conversation.messages.isEmpty || conversation.draft != Draft()
  }

  /// Writes the row a last time; what is in memory alone is given to the store once more on the way
  /// out, and kept by who only goes to another conversation.
  private mutating func leave(
    _ conversation: Conversation, isProgram: Bool, writesRow: Bool
  ) -> [EngineStep] {
    draftIsDirty = false
    let isWritten = writesRow && hasSomethingToKeep(conversation)
    let row = isWritten ? writeRow(.always, conversation) : []
    guard isProgram else {
      commits.keep(conversation)
      return row
    }
    return row + (commits.refused.isEmpty ? [] : commitAgain(conversation))
  }

  /// Gives the store again what it refused, of whatever conversation it is.
  private func commitAgain(_ open: Conversation) -> [EngineStep] {
    let left = commits.left.values.sorted { $0.id < $1.id }
    return ([open] + left).flatMap { conversation -> [EngineStep] in
      let messages = commits.refused.sorted().compactMap { conversation.messages[$0] }
      guard !messages.isEmpty else { return [] }
      return [.effect(.store(.saveConversation(conversation)))]
        + messages.map { .effect(.store(.append($0, conversation.id))) }
    }
  }

  // MARK: - Answers

  private mutating func answered(
    _ result: WriteResult, _ context: EngineContext
  ) -> [EngineStep] {
    switch result {
    case .committed(let id): return confirm(id, context.conversation)
    case .branched(let id, _): return confirm(id, context.conversation) + [.report(.branched)]
    case .inserted(let ids): return ids.flatMap { confirm($0, context.conversation) }
    case .commitFailed(let id, let phrase, let kind):
      // Without its row the store does not know the conversation: that is no news, the cause is.
      let cause = kind == .missing ? rowFailure : nil
      return refuse([id], cause ?? StoreFailure(kind: kind, phrase: phrase), context)
    case .insertFailed(let ids, let phrase):
      return refuse(ids, StoreFailure(kind: .unwritable, phrase: phrase), context)
    case .saveFailed(let id, let phrase):
      if id == context.conversation.id {
        draftIsDirty = true
        draftSavedAt = context.uptime + Self.draftPause
        rowFailure = StoreFailure(kind: .unwritable, phrase: phrase)
      }
      return [.report(.draftNotStored(phrase))]
    case .notCounted(let phrase):
      return [.report(.notCounted(say("This request is missing from iris usage: \(phrase)")))]
    }
  }

  private mutating func confirm(_ id: MessageID, _ conversation: Conversation) -> [EngineStep] {
    rowFailure = nil
    guard commits.confirm(id) else { return [] }
    // What changed in it since it was refused was not written.
    let changed = conversation.messages[id].map { update($0) } ?? []
    guard commits.refused.isEmpty else { return changed }
    failure = nil
    return changed + [.report(.storedAgain)]
  }

  /// The conversation goes on in memory; the message is given to the store again, and again.
  private mutating func refuse(
    _ ids: [MessageID], _ failure: StoreFailure, _ context: EngineContext
  ) -> [EngineStep] {
    let news = ids.filter { id in
      commits.refuse(
        id, isOpen: context.conversation.messages[id] != nil, at: context.uptime)
    }
    guard !news.isEmpty else { return [] }
    self.failure = failure
    return [.report(.notStored(failure))]
  }
}
