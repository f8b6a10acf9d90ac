import Conversation
import Language

extension ChatState {
  /// `/retry`: the message before the last reply is answered anew.
  mutating func retry(at moment: Moment) -> [ChatEffect] {
    guard reply.isIdle else { return fail(say("A reply is still coming: Esc stops it.")) }
    guard let last = conversation.messages.path.last else {
      return fail(say("There is no reply to ask for again. Type a message and press Enter."))
    }
    guard last.role == .assistant else { return requestReply(at: moment, isConfirmed: true) }
    conversation.messages.select(leaf: last.parent)
    transcript.jump(to: .bottom)
    return saveConversation() + requestReply(at: moment, isConfirmed: true)
  }

  /// `/edit [N]`: the message comes into the composer; Enter writes it as a branch.
  mutating func edit(_ rest: String) -> [ChatEffect] {
    guard reply.isIdle else { return fail(say("A reply is still coming: Esc stops it.")) }
    let path = conversation.messages.path
    let number = rest.isEmpty ? path.lastIndex { $0.role == .user }.map { $0 + 1 } : Int(rest)
    guard let number, path.indices.contains(number - 1) else {
      return rest.isEmpty || Int(rest) == nil ? misused(.edit) : fail(noMessage(rest))
    }
    let message = path[number - 1]
    session.editing = message.id
    restorePictures(of: message)
    _ = tell(say("Message \(number) is written anew: Enter makes a branch, Esc leaves it."))
    return [.composer(.setText(message.text))]
  }

  mutating func stopEditing() -> [ChatEffect] {
    session.editing = nil
    pictures.waiting.removeAll()
    return [.composer(.setText(""))] + tell(say("The message stays as it was."))
  }

  /// `/undo`: the last of the user's messages, and all after it, leave the path; its text and
  /// pictures come back to be written anew.
  mutating func undo() -> [ChatEffect] {
    let stopped = reply.isIdle ? [] : endReply(as: .stopped)
    guard let last = conversation.messages.path.last(where: { $0.role == .user }) else {
      return stopped + fail(say("There is nothing to take back."))
    }
    conversation.messages.select(leaf: last.parent)
    restorePictures(of: last)
    transcript.jump(to: .bottom)
    return stopped + saveConversation() + [.composer(.setText(last.text))]
      + tell(say("Taken back. What was answered stays stored as a variant."))
  }

  private mutating func restorePictures(of message: Message) {
    pictures.wait(for: message.pictures)
  }

  /// `/fork`: a copy of the path becomes a conversation of its own.
  mutating func fork(at moment: Moment) -> [ChatEffect] {
    guard reply.isIdle else { return fail(say("A reply is still coming: Esc stops it.")) }
    var copy = Conversation(id: moment.makeIdentifier(), created: moment.timestamp)
    copy.instructions = conversation.instructions
    copy.model = conversation.model
    copy.provider = conversation.provider
    copy.parameters = conversation.parameters
    for (index, old) in conversation.messages.path.enumerated() {
      var message = Message(
        id: moment.makeIdentifier(index + 1), parent: copy.messages.leaf, role: old.role,
        parts: old.parts, created: old.created, status: old.status, reply: old.reply)
      message.omission = old.omission
      copy.messages.append(message)
    }
    let old = saveIfStored()
    conversation = copy
    session.isStored = true
    return old + [.store(.insert(copy))]
      + tell(say("This is a copy now; the old conversation stays as it is."))
  }

  /// Alt-Left and Alt-Right: the variants of the message under the eye, or of the last that has
  /// any.
  mutating func showVariant(by step: Int) -> [ChatEffect] {
    guard let id = forkInSight else {
      return fail(say("There are no variants here. /retry and /edit make them."))
    }
    let variants = conversation.messages.variants(of: id)
    guard let index = variants.firstIndex(of: id) else { return [] }
    return choose(variants[(index + step + variants.count) % variants.count])
  }

  mutating func showVariant(_ rest: String) -> [ChatEffect] {
    guard let id = forkInSight else {
      return fail(say("There are no variants here. /retry and /edit make them."))
    }
    let variants = conversation.messages.variants(of: id)
    guard !rest.isEmpty else { return showVariant(by: 1) }
    guard let number = Int(rest), variants.indices.contains(number - 1) else {
      return fail(say("There is no variant \(rest): there are \(variants.count)."))
    }
    return choose(variants[number - 1])
  }

  private mutating func choose(_ id: MessageID) -> [ChatEffect] {
    guard reply.isIdle else { return fail(say("A reply is still coming: Esc stops it.")) }
    conversation.messages.select(leaf: conversation.messages.newestLeaf(below: id))
    let variants = conversation.messages.variants(of: id)
    let number = (variants.firstIndex(of: id) ?? 0) + 1
    return saveConversation() + tell(say("Variant \(number) of \(variants.count)."))
  }

  /// The first message on the screen, or after it, that has variants; else the last before it.
  private var forkInSight: MessageID? {
    let ids = conversation.messages.pathIDs
    let forks = ids.indices.filter { conversation.messages.variants(of: ids[$0]).count > 1 }
    guard transcript.place != .bottom, let first = transcript.report.firstMessage,
      let start = ids.firstIndex(of: first)
    else { return forks.last.map { ids[$0] } }
    return (forks.first { $0 >= start } ?? forks.last).map { ids[$0] }
  }

  func noMessage(_ word: String) -> Phrase {
    say("There is no message \(word): there are \(conversation.messages.pathIDs.count).")
  }
}
