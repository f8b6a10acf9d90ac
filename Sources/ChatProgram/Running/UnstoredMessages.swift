import ChatEngine
import Configuration
import Conversation
import ConversationStore
import Language
import Synchronization

/// The messages that the store refused and has not taken since, or that were in one that is gone: they are
/// in memory alone.
///
/// May be used from any thread.
final class UnstoredMessages: Sendable {
  private struct State {
    var ids: Set<MessageID> = []
    /// Conversations that are whole in the store that took the place of another; nil while none did.
    var whole: Set<ConversationID>?
    var goneError: StoreError?
  }

  private let state = Mutex(State())

  func refuse(_ refused: some Sequence<MessageID>) { state.withLock { $0.ids.formUnion(refused) } }

  func remove(_ stored: some Sequence<MessageID>) { state.withLock { $0.ids.subtract(stored) } }

  /// How many there are in `conversation`.
  func count(in conversation: Conversation) -> Int {
    state.withLock { state in
      if let whole = state.whole, !whole.contains(conversation.id) {
        return conversation.messages.unordered.count
      }
      return conversation.messages.unordered.count { state.ids.contains($0.id) }
    }
  }

  /// Whether a conversation was in a store that is gone, and was not written whole since.
  func isMissing(_ conversation: ConversationID) -> Bool {
    state.withLock { $0.whole.map { !$0.contains(conversation) } ?? false }
  }

  func noteWhole(_ conversation: ConversationID) {
    state.withLock { _ = $0.whole?.insert(conversation) }
  }

  /// What `error` means for who asked for `effect`: in the place of a store that is gone, a message that is
  /// not found is one that went with it.
  func understanding(_ error: StoreError, of effect: StoreEffect) -> StoreError {
    state.withLock { state in
      if case .gone = error {
        state.whole = []
        state.goneError = error
      }
      guard let gone = state.goneError, !effect.written.isEmpty else { return error }
      return switch error {
      case .unknownMessage, .notFound: gone
      default: error
      }
    }
  }
}

extension StoreInterpreter {
  /// Writes all of a conversation that the store has refused some of; whether it is there now.
  fileprivate func storeWhole(_ conversation: Conversation) async -> Bool {
    for _ in 0..<2 {
      do throws(StoreError) {
        let store = try await storeHandle.open()
        try await save(conversation, in: store)
        for message in conversation.messages.all {
          _ = try await store.append(message, to: conversation.id)
          post(.store(.written(.committed(message.id))))
        }
        try await store.save(conversation)
        unstored.remove(conversation.messages.unordered.map(\.id))
        return true
      } catch .gone(let path) {
        _ = unstored.understanding(.gone(path: path), of: .saveConversation(conversation))
      } catch {
        return false
      }
    }
    return false
  }
}

extension StoreEffect {
  /// The messages that it writes.
  var written: [MessageID] {
    switch self {
    case .append(let message, _), .update(let message): [message.id]
    case .extend(let id, _): [id]
    case .insert(let conversation): conversation.messages.all.map(\.id)
    default: []
    }
  }
}

extension EffectRunner {
  /// What is said of the conversation on the way out: how to come back to it, where it is stored, or
  /// where else it is.
  func lastWord(on conversation: Conversation) async -> Phrase {
    if let rescue = await rescue(conversation) { return rescue }
    return conversation.name.map { say("Come back with: iris --load \(ShellWord($0.text))") }
      ?? say("Come back with: iris --continue")
  }

  /// Gives the store a last time what of the conversation it has not; what is said where it does not take it.
  ///
  /// Then the conversation is written to a file beside the program's state, or in the folder for temporary
  /// files, from which it can be imported.
  func rescue(_ conversation: Conversation) async -> Phrase? {
    let unstored = interpreter.unstored.count(in: conversation)
    guard unstored > 0, await !interpreter.storeWhole(conversation) else { return nil }
    // An earlier one of the same conversation may hold what was never imported.
    let moment = SystemClock.timestamp().milliseconds
    let name = "/iris-rescued-\(conversation.id)-\(moment).iris.json"
    let folders = [
      installation.folders.state, installation.environment["TMPDIR"] ?? "/tmp",
    ]
    for folder in folders
    where
      (try? await interpreter.files.export(
        conversation, to: folder + name, isReplacing: false)) != nil
    {
      return say(
        "Messages that could not be stored: \(unstored). The conversation is written to a file; bring it back with: iris import \(ShellWord(folder + name))"
      )
    }
    return say("Messages that could not be stored and are lost: \(unstored).")
  }
}
