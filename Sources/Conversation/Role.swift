/// Whose message it is.
///
/// On the wire `system` may become `developer` for model families that ask so.
package enum Role: Hashable, Sendable {
  case system
  case user
  case assistant
  /// What a called tool answered.
  case tool
  /// A role that this version does not know, as it was read: its messages are kept, and sent
  /// nowhere.
  case unknown(String)

  /// The roles whose messages people write.
  package static let written: [Role] = [.system, .user, .assistant]

  /// The role that people name by `word`; nil for any other word.
  package init?(written word: String) {
    guard let role = Self.written.first(where: { $0.rawValue == word }) else { return nil }
    self = role
  }
}

extension Role: RawRepresentable, Codable {
  package init(rawValue: String) {
    self =
      switch rawValue {
      case "system": .system
      case "user": .user
      case "assistant": .assistant
      case "tool": .tool
      default: .unknown(rawValue)
      }
  }

  package var rawValue: String {
    switch self {
    case .system: "system"
    case .user: "user"
    case .assistant: "assistant"
    case .tool: "tool"
    case .unknown(let word): word
    }
  }
}
