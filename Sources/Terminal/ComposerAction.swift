/// An action of the program that a key can be bound to; its raw value is readline's name for it.
///
/// The name is what a user writes in `~/.inputrc`, as in `"\C-o": iris-page-up`.
package struct ComposerAction: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Esc: stops a reply, closes an overlay.
  package static let cancel = Self(rawValue: "iris-cancel")
  /// Ctrl-C: stops a reply, clears the composer, quits when pressed twice.
  package static let interrupt = Self(rawValue: "iris-interrupt")
  /// Ctrl-D on an empty composer.
  package static let quit = Self(rawValue: "iris-quit-or-delete")
  /// Enter while an overlay is open.
  package static let accept = Self(rawValue: "iris-accept")
  /// Up and Down while an overlay is open.
  package static let up = Self(rawValue: "iris-up")
  package static let down = Self(rawValue: "iris-down")
  /// Tab while an overlay is open.
  package static let complete = Self(rawValue: "iris-complete")
  package static let pageUp = Self(rawValue: "iris-page-up")
  package static let pageDown = Self(rawValue: "iris-page-down")
  package static let lineUp = Self(rawValue: "iris-line-up")
  package static let lineDown = Self(rawValue: "iris-line-down")
  package static let wheelUp = Self(rawValue: "iris-wheel-up")
  package static let wheelDown = Self(rawValue: "iris-wheel-down")
  package static let transcriptStart = Self(rawValue: "iris-transcript-start")
  package static let transcriptEnd = Self(rawValue: "iris-transcript-end")
  /// Home and End on an empty composer.
  package static let home = Self(rawValue: "iris-home")
  package static let end = Self(rawValue: "iris-end")
  package static let suspend = Self(rawValue: "iris-suspend")
  package static let redraw = Self(rawValue: "iris-redraw")
  package static let editInEditor = Self(rawValue: "iris-edit-in-editor")
  /// F1, and `?` on an empty composer.
  package static let help = Self(rawValue: "iris-help")
  package static let question = Self(rawValue: "iris-help-or-insert")
  package static let nextMatch = Self(rawValue: "iris-next-match")
  package static let previousMatch = Self(rawValue: "iris-previous-match")
  package static let preview = Self(rawValue: "iris-preview")
}
