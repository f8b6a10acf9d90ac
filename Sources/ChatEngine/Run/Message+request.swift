package import Conversation

extension Message {
  /// The message as a request carries it; nil when it is left out or empty.
  ///
  /// Texts, reasoning and pictures go out. What this version cannot send does not: calls of tools and
  /// their results, other media, parts and roles that it does not know.
  package var forRequest: Message? {
    guard omission != .all, status != .streaming, Role.written.contains(role) else { return nil }
    var message = self
    message.parts.removeAll { !$0.isSent || (omission == .pictures && $0.picture != nil) }
    return message.hasContent ? message : nil
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
    case .media: picture != nil
    case .toolCall, .toolResult, .unknown: false
    }
  }
}
