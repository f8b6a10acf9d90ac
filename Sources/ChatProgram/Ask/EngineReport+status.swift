package import ChatEngine
import Language

extension EngineReport {
  /// The exit status that the report asks for; nil where it is none of a failure.
  package var status: ExitStatus? {
    switch self {
    case .notOpened(let failure), .notStored(let failure): failure.kind.status
    case .nameTaken, .lost: .cannotWrite
    case .picturesMissing(_, let failure, _), .pictureFailed(_, let failure):
      switch failure.kind {
      case .missing: .missingInput
      case .unusable: .unusableInput
      case .unwritable: .cannotWrite
      }
    case .modelsFailed(let failure): failure.kind.status
    case .keyMissing: .keyRefused
    case .roundsUsedUp, .budgetReached, .budgetUncounted, .replyUnfit: .unavailable
    case .ended(let ending): ending.outcome.status
    default: nil
    }
  }
}

extension StoreFailure.Kind {
  fileprivate var status: ExitStatus {
    switch self {
    case .missing: .missingInput
    case .unreadable: .unusableInput
    case .unwritable: .cannotWrite
    }
  }
}

extension ReplyOutcome {
  fileprivate var status: ExitStatus? {
    switch self {
    case .finished(_, hasText: true): nil
    case .finished(_, hasText: false), .thoughtOnly, .callCut: .unavailable
    // What stopped it decides: a signal, or a reader that is gone.
    case .called, .stopped: nil
    case .failed(let failure): failure.kind.status
    case .prevented(.notStored(let failure)): failure.kind.status
    case .prevented(.risk): .unusableInput
    case .prevented: .usage
    }
  }
}

extension ReplyFailure.Kind {
  /// The exit status of a call that such a failure ends.
  var status: ExitStatus {
    switch self {
    case .keyRefused: .keyRefused
    case .pictureUnusable, .pictureLimit: .unusableInput
    case .unsendable: .usage
    case .libraryMissing: .missingInput
    default: .unavailable
    }
  }
}
