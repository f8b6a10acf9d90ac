import ChatAPI
import ChatEngine
import Configuration
import Conversation
import Language

extension ReplyFailure {
  /// Why there is no reply to a request, with the kind of help that it asks for.
  ///
  /// Nil stands for what is no request for a reply, such as one for the list of models.
  init(_ error: any Error, request: ReplyRequest? = nil) {
    let kind: Kind =
      switch error {
      case let error as ChatAPIError: Kind(error, request: request)
      case let error as ImagePipeline.Failure where error.lostPicture != nil:
        .pictureRefused(index: error.lostPicture)
      case ServerDirectory.Failure.configuration(let error) where error.isAboutKey: .keyRefused
      case is ImagePipeline.Failure: .pictureUnusable
      case is LibraryFault: .libraryMissing
      case is UnknownModel: .modelUnknown
      default: .other
      }
    self.init(kind: kind, phrase: Self.phrase(of: error))
  }

  /// The sentence of whatever stopped a request.
  static func phrase(of error: any Error) -> Phrase {
    switch error {
    case let error as ChatAPIError: error.phrase
    case let error as ServerDirectory.Failure: error.phrase
    case let error as ImagePipeline.Failure: error.phrase
    case let error as LibraryFault: error.phrase
    case let error as UnknownModel: error.phrase
    case let error as PictureMaker.Unfetched: error.phrase
    default: say("The request was stopped.")
    }
  }
}

extension ReplyFailure.Kind {
  fileprivate init(_ error: ChatAPIError, request: ReplyRequest?) {
    self =
      switch error.kind {
      case .network: .unreachable
      // Often a conversation that is too long: some servers drop it without a word.
      case .reply(.empty): .contextTooLong
      case .reply: .cutOff
      case .request(.pictureLimit(let limit)): .pictureLimit(limit, isLearned: true)
      case .request(.fileMissing), .request(.fileChanged): .pictureUnusable
      case .request: .unsendable
      case .answer(let fault): Self(fault, request: request)
      }
  }

  private init(_ fault: AnswerFault, request: ReplyRequest?) {
    self =
      switch fault {
      case .keyMissing, .keyRefused, .forbidden: .keyRefused
      case .modelNotFound: .modelUnknown
      case .contextTooLong: .contextTooLong
      case .rateLimited: .rateLimited
      case .replyLimitTooHigh: .replyLimitTooHigh
      case .pictureRefused(let refusal): Self(refusal, request: request)
      case .turnsRefused: .turnsRefused
      case .moderated: .promptRefused
      case .contentRefused where request?.drawing != nil: .promptRefused
      default: .other
      }
  }

  private init(_ refusal: PictureRefusal, request: ReplyRequest?) {
    self =
      switch refusal.reason {
      case .notSeen: .pictureLimit(0, isLearned: false)
      case .tooMany(let limit): .pictureLimit(limit, isLearned: false)
      default:
        .pictureRefused(
          index: refusal.place.flatMap { place in
            request.flatMap { Self.pictureIndex(place, in: $0) }
          })
      }
  }

  /// The place of a picture among all of the request, from its message and part on the wire.
  private static func pictureIndex(
    _ place: PictureRefusal.Place, in request: ReplyRequest
  ) -> Int? {
    let index = place.message - (request.instructions == nil ? 0 : 1)
    guard request.messages.indices.contains(index) else { return nil }
    let before = request.messages[..<index].reduce(0) { $0 + $1.pictures.count }
    let message = request.messages[index]
    let sent = message.parts.filter { if case .reasoning = $0 { false } else { true } }
    let within = sent.prefix(place.part ?? 0).count { $0.picture != nil }
    return message.pictures.isEmpty ? nil : before + min(within, message.pictures.count - 1)
  }
}

extension ConfigurationError {
  /// Whether the key is what is missing or wrong.
  var isAboutKey: Bool {
    switch self {
    case .unreadable, .tooLarge, .noHome, .unknownProvider, .missingAddress, .unusable: false
    default: true
    }
  }
}
