package import ChatEngine
package import Conversation

/// The question whether calls of tools may be made, each with a mark of its own.
package struct CallQuestion: Equatable, Sendable {
  /// What the composer's line is for.
  package enum Entry: Equatable, Sendable {
    /// A letter that decides.
    case letters
    /// Why a call is refused, for the model.
    case reason
    /// Other arguments.
    case arguments
    /// A letter that agrees to the rule that “always” writes down.
    case rule
  }

  /// The reply that asks.
  package let message: MessageID
  /// The call that letters are about, counted from 0 among those that are asked about.
  package var selection = 0
  package var decisions: [CallKey: CallDecision] = [:]
  /// The first row of the arguments that is shown.
  package var offset = 0
  package var entry = Entry.letters
  /// Uptime in milliseconds of the last letter that belonged to the message being typed, at first of the
  /// question's appearance.
  package var lastTyped: Int64

  /// Milliseconds without a key before letters answer: whoever is typing when a question appears does
  /// not mean it.
  package static let pause: Int64 = 800

  package init(message: MessageID, at uptime: Int64) {
    self.message = message
    lastTyped = uptime
  }
}
