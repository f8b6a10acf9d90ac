import ChatEngine
import Conversation
import Language

extension ChatState {
  /// `/edit [N]`: the message comes into the composer; Enter writes it as a branch.
  mutating func edit(_ rest: String) -> [ChatEffect] {
    guard !engine.isBusy else { return failWhileReplyComes() }
    let path = conversation.messages.path
    if rest.isEmpty, !path.contains(where: { $0.role == .user }) {
      return fail(say("There is no message of yours to write anew yet."))
    }
    let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
    let number =
      words.first.map { Int(typed: $0) } ?? path.lastIndex { $0.role == .user }.map { $0 + 1 }
    guard let number else { return misused(.edit) }
    guard path.indices.contains(number - 1) else { return fail(noMessage(rest)) }
    let message = path[number - 1]
    if message.role == .tool, !message.parts.toolResults.isEmpty {
      return editResult(message, number: number, tool: words.dropFirst().first)
    }
    guard words.count < 2 else { return misused(.edit) }
    guard Role.written.contains(message.role) else {
      return fail(
        say("Message \(number) was not written by a person or a model: /copy \(number) takes it."))
    }
    let ended = endEditing() + send(.attachments(.setAside(for: message.parts)))
    session.editing = message.id
    _ = tell(say("Message \(number) is written anew: Enter makes a branch, Esc leaves it."))
    return ended + [.composer(.setText(message.text))]
  }

  /// Leaves the message as it was; what was changed in it goes to the history.
  mutating func stopEditing() -> [ChatEffect] {
    let old = session.editing.flatMap { conversation.messages[$0] }?.text
    let text = composer.draft
    let effects = endEditing() + (text == old ? [] : remember(text)) + giveBack("")
    return effects + tell(say("The message stays as it was."))
  }

  /// Brings back the pictures that waited before a message was written anew, in the place of those
  /// that wait now.
  mutating func endEditing() -> [ChatEffect] {
    guard session.editing != nil else { return [] }
    session.editing = nil
    session.editedCall = nil
    return send(.attachments(.comeBack))
  }

  /// `/undo`: the last of the user's messages, and all after it, leave the path; its text and
  /// pictures come back to be written anew.
  mutating func undo() -> [ChatEffect] {
    guard let last = conversation.messages.path.last(where: { $0.role == .user }) else {
      return fail(say("There is nothing to take back."))
    }
    let stopped = send(.run(.stop)) + endEditing()
    transcript.jump(to: .bottom)
    return stopped + send(.conversation(.select(leaf: last.parent)))
      + send(.attachments(.wait(for: last.parts))) + takeBackMask(of: last) + [
        .composer(.setText(last.drawing?.commandLine(last.text) ?? last.text))
      ]
      + tell(say("Taken back. Alt-Left shows it again, as a variant."))
  }

  /// `/fork`: a copy of the path becomes a conversation of its own.
  mutating func fork(at moment: Moment) -> [ChatEffect] {
    guard !engine.isBusy else { return failWhileReplyComes() }
    var ids = IdentifierSource(entropy: moment.entropy)
    var path = conversation
    path.created = moment.timestamp
    path.messages = MessageTree(messages: path.messages.path, leaf: leaf)
    var copy = path.renumbered(from: &ids)
    let name = nameOfCopy
    copy.name = nil
    copy.draft = Draft()
    let effects = leaveConversation() + enter(.enterCopy(copy))
    guard let name else {
      return effects + tell(say("This is a copy now; the old conversation stays as it is."))
    }
    library.copyName = name
    return effects + send(.conversation(.rename(name))) + [.store(.rename(copy.id, name.text))]
      + tell(say("This is a copy now, “\(name.text)”; the old conversation stays as it is."))
  }

  /// The first of “title 2”, “title 3” … that no conversation has, so that lists tell a copy from its
  /// original; nil where there is no title.
  private var nameOfCopy: Label? {
    let title = conversation.title
    guard !title.isEmpty else { return nil }
    let taken = Set(library.summaries.map(\.title))
    let numbered = { (number: Int) in Label("\(title) \(number)") }
    return (2...).lazy.map(numbered).first { !taken.contains($0.text) }
  }

  /// Alt-Left and Alt-Right: the variants of the message under the eye, or of the last that has
  /// any.
  mutating func showVariant(by step: Int) -> [ChatEffect] {
    let variants = variantsInSight
    guard !variants.isEmpty else { return failWithoutVariants() }
    guard let index = variants.firstIndex(where: conversation.messages.pathIDs.contains) else {
      return choose(step < 0 ? variants[variants.count - 1] : variants[0], of: variants)
    }
    return choose(variants[(index + step + variants.count) % variants.count], of: variants)
  }

  /// `/variant [N [M]]`: the Nth variant in sight, or of message M.
  mutating func showVariant(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else { return showVariant(by: 1) }
    let words = rest.split(separator: " ").map(String.init)
    guard words.count <= 2 else { return misused(.variant) }
    let ids = conversation.messages.pathIDs
    let place = words.dropFirst().first.map { Int(typed: $0) ?? 0 }
    if let place, !ids.indices.contains(place - 1) { return fail(noMessage(words[1])) }
    let variants = place.map { self.variants(nearestIn: [ids[$0 - 1]]) } ?? variantsInSight
    guard !variants.isEmpty else { return failWithoutVariants() }
    guard let number = Int(typed: words[0]), variants.indices.contains(number - 1) else {
      return fail(say("There is no variant \(words[0]): \(thereAre(variants.count))."))
    }
    return choose(variants[number - 1], of: variants)
  }

  private mutating func failWithoutVariants() -> [ChatEffect] {
    fail(say("There are no variants here. /retry and /edit make them."))
  }

  private mutating func choose(_ id: MessageID, of variants: [MessageID]) -> [ChatEffect] {
    guard !engine.isBusy else { return failWhileReplyComes() }
    let number = (variants.firstIndex(of: id) ?? 0) + 1
    return send(.conversation(.select(leaf: conversation.messages.newestLeaf(below: id))))
      + tell(say("Variant \(number) of \(variants.count)."))
  }

  /// The variants of the first message on the screen, or after it, that has any; else of the last
  /// before it.
  ///
  /// At the bottom, what was taken back and followed the last message comes first.
  private var variantsInSight: [MessageID] {
    let messages = conversation.messages
    let ids = messages.pathIDs
    guard transcript.place != .bottom, let first = transcript.report.firstMessage,
      let start = ids.firstIndex(of: first)
    else {
      let takenBack = messages.ends(ofTurnsFrom: messages.children(of: leaf))
      return takenBack.isEmpty ? variants(nearestIn: ids.reversed()) : takenBack
    }
    return variants(nearestIn: ids[start...] + ids[..<start].reversed())
  }

  private func variants(nearestIn ids: some Sequence<MessageID>) -> [MessageID] {
    ids.lazy.map { conversation.messages.turnVariants(of: $0) }.first { $0.count > 1 } ?? []
  }

  func noMessage(_ word: String) -> Phrase {
    say("There is no message \(word): \(thereAre(conversation.messages.pathIDs.count)).")
  }
}
