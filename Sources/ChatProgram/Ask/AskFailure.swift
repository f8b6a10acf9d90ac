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

  init(_ error: StoreError) {
    let status: ExitStatus =
      switch error {
      case .notFound, .empty: .missingInput
      case .damaged, .newer, .olderInUse: .unusableInput
      default: .cannotWrite
      }
    self.init(status, error.phrase)
  }
}
