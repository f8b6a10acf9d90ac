package import Language

/// How far a question without a screen has come, and what there was to tell about it.
package struct AskState: Equatable, Sendable {
  /// The steps, in this order; a failure leads from any of them to `over`.
  package enum Phase: Int, Sendable {
    /// The stored conversation is being loaded.
    case opening
    /// The server is asked for its models, where none is chosen.
    case choosingModel
    /// Pictures are being found, read, kept and fitted.
    case preparing
    /// The conversation is being given its name.
    case naming
    /// The messages are written to disk, and the reply is asked for.
    case replying
    /// The end state.
    case over

    package var next: Phase { Phase(rawValue: rawValue + 1) ?? .over }
  }

  package let order: AskOrder
  package var phase = Phase.opening
  /// What happened that somebody without a screen has to be told, oldest first.
  package var reports: [AskReport] = []
  /// Whether what the phase asked for was answered.
  package var hasAnswer = false

  package init(_ order: AskOrder) {
    self.order = order
  }

  /// Whether something keeps the question from being asked.
  package var hasFailed: Bool { reports.contains(where: \.isFailure) }
}

/// Something to be told about a question without a screen: facts as types, from which the face
/// makes its sentences and its exit status.
package enum AskReport: Equatable, Sendable {
  /// Worth knowing; the question goes on.
  case remark(Phrase)
  /// The request failed in passing and is made again, after so many milliseconds.
  case retrying(after: Int64, because: Phrase)
  /// The conversation could not be opened or named.
  case notOpened(StoreFailure)
  /// Another conversation has the name.
  case nameTaken(String)
  case picture(PictureFailure)
  /// No model is chosen, and the server could not be asked for its models.
  case noModels(ReplyFailure)
  /// What the conversation holds is not on disk.
  case notStored(StoreFailure)
  /// The reply is over.
  case ended(ReplyOutcome)

  /// Whether the question cannot be asked after this; an ending is none.
  package var isFailure: Bool {
    switch self {
    case .notOpened, .nameTaken, .picture, .noModels: true
    case .remark, .retrying, .notStored, .ended: false
    }
  }
}
