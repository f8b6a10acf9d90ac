import ChatAPI
import ChatCore
import Configuration
import Conversation
import ConversationStore
import Language

extension AskRun {
  /// The stored conversation that was named, or a new one, with what the command line sets.
  func conversation() async throws(AskFailure) -> AskConversation {
    let isStored = options.saveName != nil || installation.invocation.start != .new
    do {
      let store = isStored ? try await storeHandle.open() : nil
      if let news = await storeHandle.takeNews() { tell(news) }
      var conversation = try await existing(in: store) ?? fresh
      try settle(&conversation)
      conversation.model = try await model(for: conversation)
      try await store?.save(conversation)
      if let name = options.saveName { try await store?.rename(conversation.id, to: name) }
      return AskConversation(conversation, in: store)
    } catch let error as AskFailure {
      throw error
    } catch let error as StoreError {
      throw AskFailure(error)
    } catch {
      throw AskFailure(request: error)
    }
  }

  private func existing(in store: ConversationStore?) async throws(StoreError) -> Conversation? {
    switch (installation.invocation.start, store) {
    case (.last, let store?): try await last(in: store)
    case (.named(let name), let store?): try await store.load(try await store.find(name))
    default: nil
    }
  }

  private func last(in store: ConversationStore) async throws(StoreError) -> Conversation {
    let id = try await store.last()
    if let draft = try await store.draft(newerThan: id) { tell(draft.newerDraft) }
    return try await store.load(id)
  }

  /// A new conversation, with the configuration's settings.
  private var fresh: Conversation {
    let moment = SystemClock.moment()
    let settings = installation.settings
    var conversation = Conversation(id: moment.makeIdentifier(), created: moment.timestamp)
    conversation.provider = settings.provider?.name
    conversation.model = settings.model
    conversation.instructions = settings.system
    conversation.parameters = settings.parameters
    return conversation
  }

  /// Lays what the command line says over the conversation's own settings.
  ///
  /// A conversation stays with its server: where that is not configured any more, nothing is sent
  /// until the user names another.
  private func settle(_ conversation: inout Conversation) throws(AskFailure) {
    let given = installation.invocation.options
    if given.provider != nil || given.baseURL != nil {
      let provider = installation.settings.provider
      if provider?.name != conversation.provider { conversation.model = provider?.model }
      conversation.provider = provider?.name
    } else if let name = conversation.provider, !directory.has(name) {
      let usual = directory.defaultName
      throw AskFailure(
        .usage,
        say(
          """
          This conversation was with \(name), which is not configured here. \
          Choose a server: --provider \(usual)
          """))
    }
    conversation.model = given.model ?? conversation.model
    conversation.instructions = given.system ?? conversation.instructions
    conversation.parameters = given.parameters.over(conversation.parameters)
  }

  /// The conversation's model, else the server's usual one, else the only one that it offers.
  private func model(for conversation: Conversation) async throws -> String {
    let provider = conversation.provider ?? directory.defaultName
    if let model = conversation.model ?? directory.usualModel(of: provider) { return model }
    let endpoint = try await endpoint(of: provider, model: nil)
    let models = try await client.models(at: endpoint).map(\.id)
    if let only = models.first, models.count == 1 { return only }
    throw AskFailure(.usage, Self.modelMissing(models))
  }

  private static func modelMissing(_ models: [String]) -> Phrase {
    guard !models.isEmpty else { return say("No model is chosen. Name one with --model.") }
    let names = models.sorted().prefix(5).joined(separator: ", ") + (models.count > 5 ? ", …" : "")
    return say("No model is chosen. Name one with --model; the server offers \(names).")
  }
}
