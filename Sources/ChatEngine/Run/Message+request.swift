package import Conversation

extension Message {
  /// The message as a request carries it; nil when it is left out or empty.
  ///
  /// Texts, reasoning, pictures, documents, sound, calls of tools and their results go out. What this version cannot send
  /// does not: other media, parts and roles that it does not know. Which calls have results is not
  /// looked at: ``Conversation/messagesForRequest`` does.
  package var forRequest: Message? {
    guard omission != .all, status != .streaming, Role.written.contains(role) || role == .tool
    else {
      return nil
    }
    var message = self
    if omission == .pictures { message.parts = parts.withoutPictures }
    // The parts of most messages all go: nothing is copied.
    if message.parts.contains(where: { !isSent($0) }) { message.parts.removeAll { !isSent($0) } }
    return message.hasContent ? message : nil
  }

  /// Whether requests carry a part of this message.
  private func isSent(_ part: ContentPart) -> Bool {
    if part.picture?.isUnfinished == true { return false }
    // No server takes sound but from a user.
    if case .media(let media) = part, media.isSound, role != .user { return false }
    guard role == .tool else { return part.isSent }
    if case .toolResult = part { return true }
    return false
  }

  /// Whether it is a reply that ended before its end.
  package var isUnfinished: Bool {
    guard role == .assistant, forRequest != nil else { return false }
    return status == .cutOff || status == .stopped || reply?.finishReason == .length
  }
}

extension ContentPart {
  /// Whether requests carry parts of its kind.
  fileprivate var isSent: Bool {
    switch self {
    case .text, .reasoning: true
    case .media(let media): media.picture != nil || media.isKeptDocument
    case .toolCall, .toolResult, .hostedCall: true
    case .drawing, .citations, .unknown: false
    }
  }
}

extension [ContentPart] {
  /// The parts without pictures, those of results included.
  fileprivate var withoutPictures: [ContentPart] {
    compactMap { part in
      guard case .toolResult(var result) = part else { return part.picture == nil ? part : nil }
      result.parts = result.parts.withoutPictures
      return .toolResult(result)
    }
  }
}

extension Conversation {
  /// The messages of the path as a request carries them.
  package var messagesForRequest: [Message] {
    var sent: [Message] = []
    sent.reserveCapacity(messages.pathIDs.count)
    for id in messages.pathIDs {
      if let message = messages[id]?.forRequest { sent.append(message) }
    }
    return sent.withAnsweredCallsAlone
  }
}
