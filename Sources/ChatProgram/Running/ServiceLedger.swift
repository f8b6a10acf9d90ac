import Configuration
import Conversation
import ConversationStore
import Language
import ModelCatalog

/// Notes what servers did that makes no reply, so that `iris usage` and `/usage` tell it.
struct ServiceLedger: Sendable {
  private let ledger: RequestLedger
  /// Gets what is to be told where a line cannot be written.
  private let tell: @Sendable (Phrase) -> Void

  init(_ installation: Installation, tell: @escaping @Sendable (Phrase) -> Void) {
    ledger = RequestLedger(folder: installation.folders.data)
    self.tell = tell
  }

  /// Notes texts of which vectors were asked for that were not waited for: an estimate.
  func note(stopped texts: [String], by server: SideServer) {
    let tokens = texts.reduce(0) { $0 + $1.utf8.count / 4 + 1 }
    note(.vectors(texts.count), by: server, tokens: tokens)
  }

  /// Notes an amount, and the tokens that the server counted.
  func note(_ amount: ServiceAmount, by server: SideServer, tokens: Int? = nil) {
    let model = ServiceModel(named: server.model)
    let cost: Money? =
      switch amount {
      case .characters(let count): model?.cost(ofSpoken: count)
      case .seconds(let seconds): model?.cost(ofSeconds: seconds)
      case .vectors: tokens.flatMap { model?.cost(ofTokens: $0) }
      }
    do throws(StoreError) {
      try ledger.add(
        amount, provider: server.name, model: server.model,
        usage: tokens.map { TokenUsage(prompt: TokenCount($0), completion: 0) },
        dollars: cost?.dollars, at: SystemClock.timestamp())
    } catch {
      tell(say("What it cost is not noted: \(error.phrase)"))
    }
  }
}
