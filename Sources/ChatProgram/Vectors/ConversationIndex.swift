import ChatAPI
import ChatEngine
import Conversation
import ConversationStore
import Language
import ModelCatalog
import Vectors

extension VectorIndex {
  /// Waits until no other program adds texts to indexes, which is told once; what it adds costs nothing here.
  func lockForIndexing(
    _ tell: (Phrase) -> Void
  ) async throws(AskFailure) -> IndexingLock {
    var isTold = false
    while true {
      let lock = try AskFailure.translating { () throws(VectorError) in try indexingLock() }
      if let lock { return lock }
      if !isTold { tell(say("Another program puts texts into the indexes: waiting for it.")) }
      isTold = true
      do { try await QuietPause.wait(for: .milliseconds(100)) } catch {
        throw AskFailure(.interrupted, say("The indexing was stopped."))
      }
    }
  }
}

/// The vectors of all that was said in conversations, by which they are searched by meaning.
///
/// They are an index like those of files, one for each model and server: vectors of different models are
/// never compared. Its sources are the messages' identifiers.
struct ConversationIndex: Sendable {
  private let store: ConversationStore
  private let index: VectorIndex
  private let collection: VectorIndex.Collection
  private let server: SideServer
  private let client: ChatClient
  private let ledger: ServiceLedger
  /// The messages that have no vectors yet.
  let new: [MessageID]
  private let gone: Set<String>

  /// Looks which messages have no vectors yet.
  init(
    _ store: ConversationStore, _ index: VectorIndex, _ server: SideServer, client: ChatClient,
    ledger: ServiceLedger
  ) async throws(AskFailure) {
    self.store = store
    self.index = index
    self.server = server
    self.client = client
    self.ledger = ledger
    collection = try AskFailure.translating { () throws(VectorError) in
      try index.collection(
        named: "conversations, \(server.model) at \(server.address)", server: server.address,
        model: server.model, asked: nil)
    }
    let collection = collection
    let held = try AskFailure.translating { () throws(VectorError) in
      try index.sources(of: collection)
    }
    let said: [MessageID]
    do throws(StoreError) { said = try await store.saidMessages() } catch {
      throw AskFailure(error)
    }
    new = said.filter { !held.contains("\($0.rawValue)") }
    gone = held.subtracting(said.map { "\($0.rawValue)" })
  }

  /// So many messages are read at once.
  private static let chunk = 500

  /// About how many tokens the new messages have.
  func newTokens() async throws(AskFailure) -> Int {
    var tokens = 0
    for start in stride(from: 0, to: new.count, by: Self.chunk) {
      for (_, text) in try await texts(from: start) { tokens += text.utf8.count / 4 + 1 }
    }
    return tokens
  }

  /// Has the new messages made vectors, batch by batch, and takes away what is gone.
  ///
  /// What was made stays when it is stopped or fails. `tell` gets the number of messages that are done.
  func update(_ tell: (Int) -> Void) async throws(AskFailure) {
    try AskFailure.translating { () throws(VectorError) in
      try index.remove(sources: gone, from: collection)
    }
    var embedder = Embedder(client, at: server.provider, model: server.model)
    for start in stride(from: 0, to: new.count, by: Self.chunk) {
      var rest = try await texts(from: start).flatMap { message, text in
        TextPiece.pieces(of: text).map { (source: "\(message.rawValue)", piece: $0) }
      }[...]
      while !rest.isEmpty {
        if Task.isCancelled { throw AskFailure(.interrupted, say("The indexing was stopped.")) }
        let batch = Array(rest.prefix(embedder.batch(of: rest.lazy.map(\.piece.text))))
        try await add(batch, &embedder)
        rest = rest.dropFirst(batch.count)
      }
      tell(min(start + Self.chunk, new.count))
    }
  }

  private func add(
    _ batch: [(source: String, piece: TextPiece)], _ embedder: inout Embedder
  ) async throws(AskFailure) {
    do throws(VectorError) {
      let (vectors, tokens) = try await embedder.vectors(of: batch.map(\.piece.text))
      ledger.note(.vectors(vectors.count), by: server, tokens: tokens)
      try index.add(zip(batch, vectors).map { ($0.source, $0.piece, $1) }, to: collection)
    } catch {
      if Task.isCancelled { ledger.note(stopped: batch.map(\.piece.text), by: server) }
      throw AskFailure(error)
    }
  }

  /// The messages that are nearest to what a text means, nearest first, each once.
  func hits(for text: String, limit: Int) async throws(AskFailure) -> [SearchHit] {
    let found: [VectorIndex.Hit]
    do throws(VectorError) {
      var embedder = Embedder(client, at: server.provider, model: server.model)
      let (vectors, tokens) = try await embedder.vectors(of: [text])
      ledger.note(.vectors(1), by: server, tokens: tokens)
      // The size is known by now.
      let collection = try index.collection(named: collection.name)
      // Of a long message several pieces may be near.
      found = try index.search(for: vectors[0], in: collection, limit: limit * 3)
    } catch {
      throw AskFailure(error)
    }
    var seen: Set<String> = []
    let messages = found.filter { seen.insert($0.source).inserted }.prefix(limit).compactMap {
      hit in
      Int64(hit.source).map { (message: MessageID(rawValue: $0), line: Self.line(of: hit.text)) }
    }
    do throws(StoreError) { return try await store.hits(for: messages) } catch {
      throw AskFailure(error)
    }
  }

  /// The first line that has words.
  private static func line(of text: String) -> String {
    let line =
      text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) } ?? ""
    return line.count > 160 ? line.prefix(160) + "…" : String(line)
  }

  private func texts(
    from start: Int
  ) async throws(AskFailure) -> [(message: MessageID, text: String)] {
    do throws(StoreError) {
      return try await store.texts(of: new[start..<min(start + Self.chunk, new.count)])
        .filter { pair in pair.text.contains { !$0.isWhitespace } }
    } catch {
      throw AskFailure(error)
    }
  }
}
