import ChatAPI
import ChatEngine
import ConversationStore
import Language

/// Why a call without a screen could not do all of it: the sentence, and the exit status.
struct AskFailure: Error, Equatable {
  var status: ExitStatus
  var phrase: Phrase

  init(_ status: ExitStatus, _ phrase: Phrase) {
    self.status = status
    self.phrase = phrase
  }

  /// What a server's error ends a call with, in its own sentence unless another is given.
  init(_ error: ChatAPIError, saying phrase: Phrase? = nil) {
    self.init(ReplyFailure(error).kind.status, phrase ?? error.phrase)
  }

  init(_ error: StoreError) {
    let status: ExitStatus =
      switch error {
      case .notFound, .empty: .missingInput
      case .damaged, .newer, .olderInUse: .unusableInput
      default: .cannotWrite
      }
    self.init(status, Self.phrase(of: error))
  }

  /// What helps in a shell, where the screen's commands are not.
  private static func phrase(of error: StoreError) -> Phrase {
    guard case .notFound(let name) = error else { return error.phrase }
    return say("There is no conversation named “\(name)”. iris list shows those there are.")
  }
}
