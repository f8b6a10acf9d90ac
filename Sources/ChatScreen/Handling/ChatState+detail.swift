import ChatEngine
import Conversation
import Language

extension ChatState {
  /// `/detail LEVEL [N]`: of new pictures; of the Nth waiting one; where none waits, of the
  /// conversation's Nth, as with `/detail LEVEL N sent`.
  mutating func setDetail(_ words: [String]) -> [ChatEffect] {
    guard let first = words.first else {
      return tell(say("New pictures are attached with detail \(engine.settings.detail.rawValue)."))
    }
    guard let level = Detail(rawValue: first.lowercased()) else {
      return fail(say("There is no detail \(first): it is low, high, auto or original."))
    }
    guard words.count > 1 else {
      return send(.settings(.detail(level)))
        + tell(say("New pictures are attached with detail \(level.rawValue)."))
    }
    let isSent = words.count == 3 && words[2] == "sent"
    guard let number = Int(words[1]), number > 0, words.count == 2 || isSent else {
      return misused(.detail)
    }
    return isSent || pictures.waiting.isEmpty
      ? setDetail(level, ofSent: number) : setDetail(level, ofWaiting: number)
  }

  private mutating func setDetail(_ level: Detail, ofWaiting number: Int) -> [ChatEffect] {
    guard pictures.waiting.indices.contains(number - 1) else {
      return fail(
        noWaitingPicture("\(number)"))
    }
    return send(.attachments(.setDetail(level, at: number - 1)))
  }

  /// Changes the detail of the Nth picture of the conversation.
  mutating func setDetail(_ level: Detail, ofSent number: Int) -> [ChatEffect] {
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

  /// What comes next after a repair: the message that was not answered is sent again.
  var offerToSend: [Offer] {
    let last = leaf.flatMap { conversation.messages[$0] }
    return last?.status == .unsent ? [.send] : []
  }
}
