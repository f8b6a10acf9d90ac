import ChatEngine
import Configuration
import Conversation
import ConversationStore
import Language
import Synchronization

/// The messages that the store refused and has not taken since: they are in memory alone.
///
/// May be used from any thread.
final class UnstoredMessages: Sendable {
  private let ids = Mutex<Set<MessageID>>([])

  func refuse(_ refused: some Sequence<MessageID>) { ids.withLock { $0.formUnion(refused) } }

  func remove(_ stored: some Sequence<MessageID>) { ids.withLock { $0.subtract(stored) } }

  /// How many there are in `conversation`.
  func count(in conversation: Conversation) -> Int {
    ids.withLock { ids in
      conversation.messages.all.count { ids.contains($0.id) }
    }
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
  /// What is said of the conversation on the way out: how to come back to it, where it is stored.
  ///
  /// One that is not stored whole is written to a file beside the program's state, or in the folder
  /// for temporary files, from which it can be imported.
  func lastWord(on conversation: Conversation) async -> Phrase {
    let unstored = interpreter.unstored.count(in: conversation)
    guard unstored > 0 else {
      return conversation.name.map { say("Come back with: iris --load \(ShellWord($0.text))") }
        ?? say("Come back with: iris --continue")
    }
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
