package import Conversation
package import Language
import ModelCatalog

/// The messages that a request carries, from which earlier pictures can give way.
///
/// Every request carries the whole history: one picture that the server does not take would have each
/// later question refused. Pictures of the question, which is the last message of a user, never give way:
/// who asked about them is told.
package struct CarriedMessages: Equatable, Sendable {
  package private(set) var messages: [Message]
  /// What was left out, and why: a sentence for each reason.
  package private(set) var notes: [Phrase] = []

  package init(_ messages: [Message]) {
    self.messages = messages
  }

  /// The pictures that are carried, in order.
  package var pictures: [PictureReference] { messages.flatMap(\.shownPictures) }

  /// The place of the question among the messages; nil where no user said anything.
  private var question: Int? { messages.lastIndex { $0.role == .user } }

  /// How many pictures stand before the question's own, and how many these are.
  package var placeOfQuestion: Range<Int> {
    guard let question else { return pictures.count..<pictures.count }
    let before = messages[..<question].reduce(0) { $0 + $1.shownPictures.count }
    return before..<before + messages[question].shownPictures.count
  }

  /// Leaves out earlier pictures, the oldest first, until there are at most `limit`, 0 for none at all;
  /// `taker` is the model, or the server, that takes no more.
  package mutating func keepPictures(atMost limit: Int, takenBy taker: String) {
    let count = leaveOut { $0.count > limit }
    guard count > 0 else { return }
    notes.append(
      limit == 0
        ? say(
          "Left out, since \(taker) takes no pictures: \(count, .pictures) of earlier messages.")
        : say(
          "Left out, since \(taker) takes \(limit, .pictures) a request: \(count, .pictures) of earlier messages."
        ))
  }

  /// Leaves out every earlier picture, one of which `server` refused.
  package mutating func leaveOutEarlierPictures(refusedBy server: String) {
    let own = placeOfQuestion.count
    let count = leaveOut { $0.count > own }
    guard count > 0 else { return }
    notes.append(
      say("Left out, since \(server) refuses one: \(count, .pictures) of earlier messages."))
  }

  /// Leaves out earlier pictures that `target` is known not to take: for their number, their addresses,
  /// their bytes, or since its model sees none.
  mutating func leaveOutPictures(notTakenBy target: RequestTarget) {
    let host = target.provider.host
    if target.takesPictures == false {
      return keepPictures(atMost: 0, takenBy: target.modelName ?? host)
    }
    if !target.provider.limits.takesURLs {
      let count = leaveOutAll { $0.stored == nil }
      if count > 0 {
        notes.append(
          say(
            "Left out, since \(host) fetches none itself: \(count, .pictures) of earlier messages.")
        )
      }
    }
    if let limit = target.provider.limits.pictureCount {
      keepPictures(atMost: limit, takenBy: host)
    }
    let count = leaveOut { target.bytesRisk($0) != nil }
    guard count > 0 else { return }
    notes.append(
      say("Left out, since \(host) takes no more bytes: \(count, .pictures) of earlier messages."))
  }

  /// Leaves out the oldest of the earlier pictures while there are too many; how many went.
  private mutating func leaveOut(while isTooMuch: ([PictureReference]) -> Bool) -> Int {
    var count = 0
    while isTooMuch(pictures), leaveOutFirst(where: { _ in true }) { count += 1 }
    return count
  }

  /// Leaves out every earlier picture of which `isMeant` is true; how many went.
  private mutating func leaveOutAll(where isMeant: (PictureReference) -> Bool) -> Int {
    var count = 0
    while leaveOutFirst(where: isMeant) { count += 1 }
    return count
  }

  /// Leaves out the oldest earlier picture of which `isMeant` is true; whether there was one.
  private mutating func leaveOutFirst(where isMeant: (PictureReference) -> Bool) -> Bool {
    let question = question
    for index in messages.indices where index != question {
      if messages[index].leaveOutFirstPicture(where: isMeant) { return true }
    }
    return false
  }
}

extension Message {
  /// Takes out the first picture of which `isMeant` is true; whether there was one.
  ///
  /// Where nothing else was said, its name stays in words: the answer to it still follows a question.
  fileprivate mutating func leaveOutFirstPicture(
    where isMeant: (PictureReference) -> Bool
  ) -> Bool {
    guard let name = parts.removeFirstPicture(where: isMeant) else { return false }
    if !hasContent { parts.append(.text("[\(name)]")) }
    return true
  }
}

extension [ContentPart] {
  /// Removes the first picture of which `isMeant` is true, those in results of tools included; its name,
  /// nil where there was none.
  fileprivate mutating func removeFirstPicture(
    where isMeant: (PictureReference) -> Bool
  ) -> String? {
    for index in indices {
      if let picture = self[index].picture, isMeant(picture) {
        remove(at: index)
        return picture.name
      }
      guard case .toolResult(var result) = self[index],
        let name = result.parts.removeFirstPicture(where: isMeant)
      else { continue }
      if result.parts.isEmpty { result.parts = [.text("[\(name)]")] }
      self[index] = .toolResult(result)
      return name
    }
    return nil
  }
}
