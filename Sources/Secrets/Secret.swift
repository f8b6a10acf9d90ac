/// A text that must never be seen: printing, dumping or reflecting it shows three dots.
///
/// It is not `Codable`, and only ``reveal()`` gives it away.
package struct Secret: Hashable, Sendable {
  private let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// The text itself, for the one header it belongs in.
  package func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "•••" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
