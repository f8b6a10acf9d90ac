/// An action of the program that a key can be bound to; its raw value is readline's name for it.
///
/// The name is what a user writes in `~/.inputrc`, as in `"\C-o": iris-page-up`.
package struct ComposerAction: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Ctrl-D on an empty composer, or whatever else means the end of input to readline.
  package static let endOfInput = Self(rawValue: "iris-quit-or-delete")
}
