import Conversation
import Language

/// What broke a reply that had begun with HTTP 200.
package enum ReplyFault: Equatable, Sendable {
  /// The stream ended with neither a finish reason nor `[DONE]`, or its connection broke.
  case cutOff
  /// What came is neither a stream of events nor a completion.
  case malformed
  /// A part of the stream is broken JSON, and no end came.
  case unreadable
  /// One event is longer than Iris holds.
  case eventTooLong
  /// The reply is longer than was allowed, in bytes.
  case tooLong(limit: Int)
  /// The reply has more parts (calls, or changes between text and reasoning) than are taken.
  case tooManyParts(limit: Int)
  /// The reply ended in good order with nothing in it at all, not even a finish reason.
  case empty
  /// A picture that was made came in letters that are no base64.
  case pictureUnreadable
  /// The answer holds no picture.
  case pictureMissing
  /// A picture that was made is larger than is taken, in bytes.
  case pictureTooLarge(limit: Int)
  /// More pictures came than are taken.
  case tooManyPictures(limit: Int)
}

extension ReplyFault {
  /// What happened, and what to do.
  func phrase(server: String) -> Phrase {
    switch self {
    case .cutOff: say("The reply of \(server) broke off: go on from what came, or ask again.")
    case .malformed: say("\(server) does not answer as a chat API does: check base_url.")
    case .unreadable: say("\(server) sent what cannot be read: go on from what came, or ask again.")
    case .tooLong(let limit):
      say(
        "\(server) wrote more than \(ByteCount(limit)): the rest is left out. reply_limit sets that."
      )
    case .tooManyParts(let limit):
      say(
        "\(server) wrote in too many pieces: what follows part \(limit) is left out. Ask for less."
      )
    case .eventTooLong: say("\(server) sent a line that is too long to be held: try again.")
    case .pictureUnreadable:
      say("\(server) sent a picture that cannot be read: ask again, or try another model.")
    case .pictureMissing:
      say("\(server) answered without a picture: ask again, or try another model.")
    case .pictureTooLarge(let limit):
      say(
        "\(server) sent a picture of more than \(ByteCount(limit)): it is left out. Ask again, or try another model."
      )
    case .tooManyPictures(let limit):
      say(
        "\(server) sent more pictures than were asked for: those after the first \(limit) are left out. Try another model."
      )
    case .empty:
      say("\(server) sent nothing. The conversation may be too long for it: see /context.")
    }
  }
}
