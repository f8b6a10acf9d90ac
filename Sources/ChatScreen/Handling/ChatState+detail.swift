import ChatEngine
import Conversation
import Language

extension ChatState {
  /// `/detail LEVEL [N]`: of new pictures, or of the Nth, which is in the conversation or waits behind
  /// its last.
  mutating func setDetail(_ words: [String]) -> [ChatEffect] {
    guard let first = words.first else {
      return tell(say("New pictures are attached with detail \(engine.settings.detail.rawValue)."))
    }
    guard let level = Detail(rawValue: first.lowercased()) else {
      return fail(say("There is no detail \(first): it is low, high, auto, original or tiles."))
    }
    guard words.count > 1 else {
      return send(.settings(.detail(level)))
        + tell(say("New pictures are attached with detail \(level.rawValue)."))
    }
    guard let number = Int(typed: words[1]), words.count == 2 else { return misused(.detail) }
    let sentCount = sentPictureCount
    let count = sentCount + pictures.waiting.count
    guard (1...max(1, count)).contains(number), count > 0 else {
      return fail(noPicture(words[1], of: count))
    }
    return number <= sentCount
      ? setDetail(level, ofSent: number)
      : send(.attachments(.setDetail(level, at: number - 1 - sentCount)))
  }

  /// Changes the detail of the Nth picture of the conversation.
  mutating func setDetail(_ level: Detail, ofSent number: Int) -> [ChatEffect] {
    guard level != .tiles else {
      return fail(
        say(
          "Picture \(number) is in the conversation already, and only one that waits is cut: /attach PATH tiles"
        ))
    }
    let all = sentPictures
    guard all.indices.contains(number - 1) else {
      return fail(noPicture("\(number)", of: all.count))
    }
    let before = all[..<(number - 1)].count { $0.message.id == all[number - 1].message.id }
    let message = all[number - 1].message.id
    return send(.conversation(.setDetail(level, of: message, picture: before)))
      + tell(
        say("Picture \(number) is sent with detail \(level.rawValue) from now on."),
        offers: offerToSend)
  }

  /// Offers to send the unanswered message again, after a repair.
  var offerToSend: [Offer] {
    let last = leaf.flatMap { conversation.messages[$0] }
    return last?.status == .unsent ? [.send] : []
  }
}
