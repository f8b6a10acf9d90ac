package import Conversation

extension Message {
  /// The message as a request carries it; nil when it is left out or empty.
  package var forRequest: Message? {
    guard omission != .all, status != .streaming else { return nil }
    var message = self
    if omission == .pictures {
      message.parts.removeAll { if case .picture = $0 { true } else { false } }
    }
    return message.parts.isEmpty ? nil : message
  }

  /// Whether it is a reply that ended before its end.
  package var isUnfinished: Bool {
    guard role == .assistant, forRequest != nil else { return false }
    return status == .cutOff || status == .stopped || reply?.finishReason == .length
  }
}
