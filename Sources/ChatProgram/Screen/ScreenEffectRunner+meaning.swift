import ChatAPI
import ChatScreen
import Configuration
import Conversation
import ConversationStore
import Language
import ModelCatalog
import Vectors

extension ScreenEffectRunner {
  /// How many messages are shown of a search by meaning.
  private static let hitCount = 50
  /// So many new messages are made vectors of without a question where the price is not known.
  private static let fewMessages = 500
  /// Dollars below which nobody is asked.
  private static let smallPrice = 0.01

  func run(_ effect: MeaningEffect) {
    switch effect {
    case .search(let text, let isAllowed):
      runner.start(.meaning) { await self.searchByMeaning(text, isAllowed: isAllowed) }
    case .stop: runner.cancel(.meaning)
    }
  }

  private func searchByMeaning(_ text: String, isAllowed: Bool) async {
    do throws(AskFailure) {
      let server = try await sideServers.serverBeside(for: .embedding)
      let vectors = try openIndex()
      let lock = try await vectors.lockForIndexing { phrase in
        post(.meaning(.begun(query: text, phrase)))
      }
      defer { lock.release() }
      let index = try await conversationIndex(server, in: vectors)
      if !index.new.isEmpty {
        let (price, isSmall) = try await price(of: index, server)
        guard isAllowed || isSmall else { return post(.meaning(.asked(query: text, price))) }
        post(.meaning(.begun(query: text, price)))
      }
      try await index.update { done in
        post(.meaning(.progress(query: text, done: done, of: index.new.count)))
      }
      post(.meaning(.found(query: text, try await index.hits(for: text, limit: Self.hitCount))))
    } catch {
      if !Task.isCancelled { post(.meaning(.failed(query: text, error.phrase))) }
    }
  }

  private func openIndex() throws(AskFailure) -> VectorIndex {
    let path = installation.folders.data + "/vectors.sqlite"
    return try AskFailure.translating { () throws(VectorError) in try VectorIndex(path: path) }
  }

  private func conversationIndex(
    _ server: SideServer, in index: VectorIndex
  ) async throws(AskFailure) -> ConversationIndex {
    let store: ConversationStore
    do throws(StoreError) { store = try await runner.services.storeHandle.open() } catch {
      throw AskFailure(error)
    }
    return try await ConversationIndex(store, index, server, client: runner.client, ledger: ledger)
  }

  /// What the vectors of new messages cost, and whether they may be made without a question: they cost next
  /// to nothing, and the user has named the model that gets to read what was said.
  private func price(
    of index: ConversationIndex, _ server: SideServer
  ) async throws(AskFailure) -> (Phrase, isSmall: Bool) {
    let tokens = try await index.newTokens()
    let what = say(
      "\(index.new.count, .messages) get vectors by \(server.model) at \(server.provider.name): ≈\(tokens) tokens"
    )
    if server.address == ServerDirectory.demoName { return (say("\(what)."), true) }
    let isNamed = installation.configuration.embedding.model != nil
    guard let cost = ServiceModel(named: server.model)?.cost(ofTokens: tokens) else {
      return (say("\(what)."), isNamed && index.new.count <= Self.fewMessages)
    }
    let isSmall = isNamed && cost < Money(dollars: Self.smallPrice)
    return (say("\(what), ≈\(cost.description)."), isSmall)
  }
}
