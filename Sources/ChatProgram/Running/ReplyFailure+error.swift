import ChatAPI
import ChatCore
import Conversation
import Language

extension ReplyFailure {
  /// Why there is no reply to an order, with the kind of help that it asks for.
  init(_ error: any Error, order: ReplyOrder) {
    let kind: Kind =
      switch error {
      case let error as ChatAPIError: Kind(error, order: order)
      case ServerDirectory.Failure.configuration(let error) where error.isMissingKey: .keyRefused
      default: .other
      }
    self.init(kind: kind, phrase: Self.phrase(of: error))
  }

  /// The sentence of whatever stopped a request.
  static func phrase(of error: any Error) -> Phrase {
    switch error {
    case let error as ChatAPIError: error.phrase
    case let error as ServerDirectory.Failure: error.phrase
    case let error as PictureWorkshop.Failure: error.phrase
    default: say("The request was stopped. /send asks again.")
    }
  }
}

extension ReplyFailure.Kind {
  fileprivate init(_ error: ChatAPIError, order: ReplyOrder) {
    self =
      switch error.kind {
      case .network: .unreachable
      // Often a conversation that is too long: some servers drop it without a word.
      case .reply(.empty): .contextTooLong
      case .reply: .cutOff
      case .request(.pictureLimit): .pictureRefused(index: nil)
      case .request: .other
      case .answer(let fault): Self(fault, order: order)
      }
  }

  private init(_ fault: AnswerFault, order: ReplyOrder) {
    self =
      switch fault {
      case .keyMissing, .keyRefused, .forbidden, .serverFailedWithoutKey: .keyRefused
      case .modelNotFound: .modelUnknown
      case .contextTooLong: .contextTooLong
      case .pictureRefused(let refusal):
        .pictureRefused(index: refusal.place.flatMap { Self.pictureIndex($0, in: order) })
      case .turnsRefused: .turnsRefused
      default: .other
      }
  }

  /// The place of a picture among all of the request, from its message and part on the wire.
  private static func pictureIndex(
    _ place: PictureRefusal.Place, in order: ReplyOrder
  ) -> Int? {
    let index = place.message - (order.instructions == nil ? 0 : 1)
    guard order.messages.indices.contains(index) else { return nil }
    let before = order.messages[..<index].reduce(0) { $0 + $1.pictures.count }
    let message = order.messages[index]
    let within = message.parts.prefix(place.part ?? 0).count {
      if case .picture = $0 { true } else { false }
    }
    return message.pictures.isEmpty ? nil : before + min(within, message.pictures.count - 1)
  }
}
