import ChatEngine
import Conversation
import ConversationStore
import Language
import ModelCatalog

/// Carries out what the state asks of the store, one effect after another.
struct StoreInterpreter: Sendable {
  let storeHandle: StoreHandle
  let files: ConversationFiles
  /// Prices, for sums of money.
  let catalog: ModelCatalog
  let post: @Sendable (EngineEvent) -> Void
  let unstored = UnstoredMessages()
  /// The figures of requests whose reply is in no message.
  let ledger: RequestLedger

  func run(_ effect: StoreEffect) async {
    // What is in memory can be written to a file where there is no store.
    if case .export(let conversation, let path, let isReplacing) = effect {
      return await export(conversation, to: path, isReplacing: isReplacing)
    }
    do throws(StoreError) {
      // Figures alone go to a file of their own: no database is opened for them.
      if case .count(let reply) = effect {
        return try ledger.add(
          reply.details, as: reply.id, at: reply.created, pictures: reply.pictures)
      }
      do throws(StoreError) {
        try await perform(effect, in: try await storeHandle.open())
      } catch {
        throw unstored.understanding(error, of: effect)
      }
      unstored.remove(effect.written)
    } catch {
      unstored.refuse(effect.written)
      fail(effect, error)
    }
    // Behind what was asked for: a conversation that opens takes away what was told before.
    if let news = await storeHandle.takeNews() { post(.store(.news(news))) }
  }

  /// What could not be written is the engine's, which keeps it and tries again; all else is for the face
  /// that asked.
  private func fail(_ effect: StoreEffect, _ error: StoreError) {
    switch (effect, error) {
    case (.append(let message, _), _), (.update(let message), _):
      post(.store(.written(.commitFailed(message.id, error.phrase, kind: error.kind))))
    case (.extend(let id, _), _):
      post(.store(.written(.commitFailed(id, error.phrase, kind: error.kind))))
    case (.insert(let conversation), _):
      post(.store(.written(.insertFailed(conversation.messages.pathIDs, error.phrase))))
    case (.saveConversation(let conversation), _):
      post(.store(.written(.saveFailed(conversation.id, error.phrase))))
    // They are removed with all that nothing uses, at a later start.
    case (.discard, _): break
    case (.count, _): post(.store(.written(.notCounted(error.phrase))))
    case (.rename(_, let name), .nameTaken): post(.store(.nameTaken(name)))
    case (_, .notFound), (_, .empty): post(.store(.notFound(error.phrase, of: effect)))
    default: post(.store(.failed(error.phrase, of: effect, kind: error.kind)))
    }
  }

  private func perform(
    _ effect: StoreEffect, in store: ConversationStore
  ) async throws(StoreError) {
    switch effect {
    case .saveConversation(let conversation): try await save(conversation, in: store)
    case .append(let message, let id): try await append(message, to: id, in: store)
    case .update(let message): try await store.update(message)
    case .extend(let id, let fragments): try await store.extend(id, by: fragments)
    case .insert(let conversation):
      try await store.insert([conversation])
      post(.store(.written(.inserted(conversation.messages.pathIDs))))
    case .load(let query, let message):
      try await load(query, at: message, in: store)
    case .list: post(.store(.listed(try await store.summaries())))
    case .search(let text): try await search(text, in: store)
    case .rename(let id, let name):
      try await store.rename(id, to: name)
      post(.store(.named(id, name)))
    case .delete(let query): try await delete(query, in: store)
    case .restore(let id): try await restore(id, in: store)
    case .export: break
    case .importFile(let path): await importFile(path, in: store)
    case .cancelImport: break  // The effect runner ends the task.
    case .usage: try await usage(in: store)
    case .discard(let digests): try await store.discardBlobs(digests)
    case .count: break
    }
  }

  /// Writes the conversation's row; into a store that took the place of one that is gone, all its messages.
  func save(
    _ conversation: Conversation, in store: ConversationStore
  ) async throws(StoreError) {
    try await store.save(conversation)
    guard unstored.isMissing(conversation.id) else { return }
    // A reply in flight follows when it is given to the store again.
    for message in conversation.messages.all where message.status != .streaming {
      _ = try await store.append(message, to: conversation.id)
    }
    // Each message that was added became the leaf.
    try await store.save(conversation)
    // The row of a copy may be older than the name.
    if let name = conversation.name { try? await store.rename(conversation.id, to: name.text) }
    unstored.noteWhole(conversation.id)
  }

  private func append(
    _ message: Message, to id: ConversationID, in store: ConversationStore
  ) async throws(StoreError) {
    switch try await store.append(message, to: id) {
    case .inLine: post(.store(.written(.committed(message.id))))
    case .branched(let remote): post(.store(.written(.branched(message.id, remote))))
    }
  }

  private func load(
    _ query: ConversationQuery, at message: MessageID?, in store: ConversationStore
  ) async throws(StoreError) {
    let id = try await identifier(of: query, in: store)
    post(.store(.loaded(try await store.load(id), at: message)))
    guard query == .last, let draft = try await store.draft(newerThan: id) else { return }
    post(.store(.draftWaits(draft)))
  }

  func identifier(
    of query: ConversationQuery, in store: ConversationStore
  ) async throws(StoreError) -> ConversationID {
    switch query {
    case .id(let id): id
    case .name(let name): try await store.identifier(named: name)
    case .last: try await store.last()
    }
  }

  private func delete(
    _ query: ConversationQuery, in store: ConversationStore
  ) async throws(StoreError) {
    let id = try await identifier(of: query, in: store)
    let summary = try await store.summaries().first { $0.id == id }
    try await store.delete(id)
    if let summary { post(.store(.deleted(summary))) }
  }

  private func restore(
    _ id: ConversationID, in store: ConversationStore
  ) async throws(StoreError) {
    try await store.restore(id)
    if let summary = try await store.summaries().first(where: { $0.id == id }) {
      post(.store(.restored(summary)))
    }
  }
}

extension StoreError {
  /// The error as the state tells it apart.
  var kind: StoreFailure.Kind {
    switch self {
    case .notFound, .empty: .missing
    case .damaged, .newer, .foreign: .unreadable
    default: .unwritable
    }
  }
}
