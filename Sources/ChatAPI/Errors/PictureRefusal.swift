import Conversation
import Language

/// Why a server refused a picture, or several, as far as it said.
package struct PictureRefusal: Equatable, Sendable {
  /// Where in the request the picture is; both from 0.
  package struct Place: Equatable, Sendable {
    package var message: Int
    package var part: Int?

    package init(message: Int, part: Int?) {
      self.message = message
      self.part = part
    }
  }

  /// What the server says is wrong with the picture; `unsaid` where its words name nothing.
  package enum Reason: Equatable, Sendable {
    case unsaid
    /// The model, or the server as it was started, takes no pictures at all.
    case notSeen
    /// At most so many in a request.
    case tooMany(limit: Int?)
    /// At most so many pixels a side.
    case tooLarge(side: Int?)
    /// At most so many bytes a picture.
    case tooHeavy(byteCount: Int?)
    /// The server cannot decode it.
    case unreadable
    /// The server does not fetch a picture's URL, or cannot.
    case notFetched
  }

  package var reason: Reason
  package var place: Place?

  package init(_ reason: Reason = .unsaid, at place: Place? = nil) {
    self.reason = reason
    self.place = place
  }

  /// What the server's limit is called among what is learned of it; nil where it named none.
  var limit: Adaptation? {
    switch reason {
    case .notSeen: .pictureCount(0)
    case .tooMany(let limit?): .pictureCount(limit)
    case .tooLarge(let side?): .pictureSide(side)
    case .tooHeavy(let byteCount?): .pictureByteCount(byteCount)
    case .unsaid, .tooMany, .tooLarge, .tooHeavy, .unreadable, .notFetched: nil
    }
  }

  /// What `server` refused, and what to do.
  func phrase(server: String) -> Phrase {
    switch reason {
    case .unsaid:
      if let place {
        say(
          "\(server) refuses a picture of message \(place.message + 1): leave it out, or shrink it."
        )
      } else {
        say("\(server) refuses a picture: leave it out, or choose a model that can see.")
      }
    case .notSeen:
      say("The model at \(server) takes no pictures: leave them out, or choose one that can see.")
    case .tooMany(1?): say("\(server) takes one picture a request: leave the others out.")
    case .tooMany(let limit?):
      say("\(server) takes at most \(limit, .pictures) a request: leave the others out.")
    case .tooMany(nil): say("\(server) takes fewer pictures a request: leave some out.")
    case .tooLarge(let side?):
      say("\(server) takes pictures of at most \(side) pixels a side: send it again, smaller.")
    case .tooLarge(nil): say("\(server) takes smaller pictures only: send it with a lower detail.")
    case .tooHeavy(let count?):
      say("\(server) takes at most \(ByteCount(count)) a picture: send it again, smaller.")
    case .tooHeavy(nil): say("A picture has too many bytes for \(server): send it smaller.")
    case .unreadable: say("\(server) cannot read a picture: leave it out, or attach it anew.")
    case .notFetched:
      say("\(server) cannot fetch a picture's address: send it with --fetch, or set fetch_urls.")
    }
  }
}
