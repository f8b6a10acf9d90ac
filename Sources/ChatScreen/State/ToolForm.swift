package import ChatEngine
package import Conversation

/// The question of a tool's server, and what was answered so far.
package struct ToolForm: Equatable, Sendable {
  /// What the composer's line is for.
  package enum Entry: Equatable, Sendable {
    /// A letter that decides.
    case letters
    /// The value of the field with that number, from 0.
    case field(Int)
  }

  package let question: ToolQuestion
  package var entry = Entry.letters
  /// What was typed, by the field's number; nil for one that was left empty.
  package var typed: [Int: String] = [:]
  /// The first row that is shown.
  package var offset = 0
  /// Uptime in milliseconds of the last letter that belonged to the message being typed, at first of the
  /// form's appearance.
  package var lastTyped: Int64

  package init(_ question: ToolQuestion, at uptime: Int64) {
    self.question = question
    lastTyped = uptime
    for (number, field) in fields.enumerated() { typed[number] = field.initial }
  }

  package var elicitation: Elicitation { question.elicitation }

  package var fields: [ElicitationField] {
    if case .form(let fields) = elicitation.kind { fields } else { [] }
  }

  /// The address to visit, where it is one of the web; others are shown, and never opened.
  package var webAddress: String? {
    guard case .url(let url) = elicitation.kind else { return nil }
    let isWeb = ["https://", "http://"].contains { url.lowercased().hasPrefix($0) }
    return isWeb && SafeURL(rawValue: url) != nil ? url : nil
  }

  /// The first field that needs another value before the answer can go; nil where none does.
  package var openField: Int? { fields.indices.first { !fields[$0].accepts(typed[$0] ?? "") } }
}
