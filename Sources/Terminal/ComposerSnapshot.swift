/// What the composer shows: its text, the cursor, and what readline is in the middle of.
package struct ComposerSnapshot: Hashable, Sendable {
  /// How readline takes keys (`editing-mode`).
  package enum Mode: Hashable, Sendable {
    case emacs
    case viInsert
    case viCommand
  }

  package var text = ""
  /// Where the cursor stands, as an offset into `text.utf8`.
  package var cursorByteOffset = 0
  /// What readline shows in the place of a prompt, such as ``(reverse-i-search)`walk': ``.
  package var message: String?
  package var mode = Mode.emacs
  /// The marked region as offsets into `text.utf8`, to be highlighted.
  package var region: Range<Int>?

  package init(
    text: String = "", cursorByteOffset: Int = 0, message: String? = nil, mode: Mode = .emacs,
    region: Range<Int>? = nil
  ) {
    self.text = text
    self.cursorByteOffset = cursorByteOffset
    self.message = message
    self.mode = mode
    self.region = region
  }
}

/// What a key, a paste or a command did to the composer.
package enum ComposerEvent: Hashable, Sendable {
  /// A key that is bound to an action of the program was pressed.
  case action(ComposerAction)
  /// A text was accepted with Enter; the composer is empty again.
  case lineAccepted(String)
  /// Completions to choose from, sorted; names of files without their folder.
  case candidates([String])
  /// The text, the cursor or readline's message changed: look at the snapshot.
  case changed
}
