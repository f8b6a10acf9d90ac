import ChatEngine
import Conversation
import Language

extension ChatState {
  /// `/detail LEVEL [N]`: of new pictures; of the Nth waiting one; where none waits, of the
  /// conversation's Nth, as with `/detail LEVEL N sent`.
  mutating func setDetail(_ words: [String]) -> [ChatEffect] {
    guard let first = words.first else {
      return tell(say("New pictures are attached with detail \(session.detail.rawValue)."))
    }
    guard let level = Detail(rawValue: first.lowercased()) else {
      return fail(say("There is no detail \(first): it is low, high, auto or original."))
    }
    guard words.count > 1 else {
      session.detail = level
      return tell(say("New pictures are attached with detail \(level.rawValue)."))
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
    pictures.waiting[number - 1].detail = level
    return fitAgain([number - 1])
  }

  /// Changes the detail of the Nth picture of the conversation.
  private mutating func setDetail(_ level: Detail, ofSent number: Int) -> [ChatEffect] {
    let all = sentPictures
    guard all.indices.contains(number - 1) else {
      return fail(noPicture("\(number)", of: all.count))
    }
    let before = all[..<(number - 1)].count { $0.message.id == all[number - 1].message.id }
    return update(all[number - 1].message.id) { $0.parts.setDetail(level, ofPicture: before) }
      + tell(
        say("Picture \(number) is sent with detail \(level.rawValue) from now on."),
        offers: offerToSend)
  }

  /// Another model looks at pictures otherwise: those that wait are fitted again.
  mutating func fitWaitingAgain() -> [ChatEffect] {
    fitAgain(Array(pictures.waiting.indices))
  }

  private mutating func fitAgain(_ indices: [Int]) -> [ChatEffect] {
    guard !indices.isEmpty else { return [] }
    pictures.beginPreparing(indices.count { pictures.waiting[$0].progress != .preparing })
    return indices.map { index in
      pictures.waiting[index].progress = .preparing
      let attachment = pictures.waiting[index]
      return .picture(
        .prepare(attachment.id, attachment.origin, detail: attachment.detail, for: audience))
    } + setClock()
  }

  /// What comes next after a repair: the message that was not answered is sent again.
  var offerToSend: [String] {
    let last = leaf.flatMap { conversation.messages[$0] }
    return last?.status == .unsent ? ["/send"] : []
  }
}

extension [ContentPart] {
  /// Changes the detail of the `index`th picture among the parts.
  fileprivate mutating func setDetail(_ level: Detail, ofPicture index: Int) {
    let places = indices.filter { self[$0].picture != nil }
    guard places.indices.contains(index), var reference = self[places[index]].picture
    else { return }
    reference.detail = level
    self[places[index]] = .picture(reference)
  }
}
