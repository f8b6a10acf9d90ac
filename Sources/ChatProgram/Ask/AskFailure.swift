import ChatAPI
import ChatCore
import Configuration
import ConversationStore
import Language

/// Why `iris ask` could not do all of it: the sentence, and the exit status.
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
      case .damaged, .newer: .unusableInput
      default: .cannotWrite
      }
    self.init(status, error.phrase)
  }

  /// Whatever stopped a request.
  init(request error: any Error) {
    let status: ExitStatus =
      switch error {
      case let error as ChatAPIError: Self.status(error)
      case ServerDirectory.Failure.configuration(let error) where error.isAboutKey: .keyRefused
      case is PictureWorkshop.Failure: .unusableInput
      default: .unavailable
      }
    self.init(status, ReplyFailure.phrase(of: error))
  }

  private static func status(_ error: ChatAPIError) -> ExitStatus {
    switch error.kind {
    case .answer(.keyMissing), .answer(.keyRefused), .answer(.forbidden): .keyRefused
    case .request(.pictureLimit): .unusableInput
    case .request: .usage
    default: .unavailable
    }
  }
}

extension ConfigurationError {
  /// Whether the key is what is missing or wrong.
  fileprivate var isAboutKey: Bool {
    switch self {
    case .unreadable, .tooLarge, .noHome, .unknownProvider, .missingAddress, .unusable: false
    default: true
    }
  }
}
