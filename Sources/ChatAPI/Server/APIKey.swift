import Secrets

/// A server's key, which shows itself to nobody: not printed, not dumped, not logged.
package struct APIKey: Hashable, Sendable {
  /// Only for the request's header, and for what asks the user's own tools to keep it.
  package let secret: String

  /// A key without the blanks and line breaks around it; nil where nothing is left.
  package init?(_ text: String) {
    let secret = text.trimmingBlanks
    guard !secret.isEmpty else { return nil }
    self.secret = secret
  }

  /// `text` with the key taken out, in every spelling that ``Redaction`` knows.
  package func redacting(_ text: String) -> String {
    Redaction([Secret(secret)]).redacting(text)
  }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "APIKey(…)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension String {
  /// The text without the blanks and line breaks around it.
  var trimmingBlanks: String {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
