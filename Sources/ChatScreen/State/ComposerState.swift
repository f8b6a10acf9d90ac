/// The line being edited, as the composer last reported it.
package struct ComposerSnapshot: Equatable, Sendable {
  package var text: String
  /// The cursor's place in `text`, as a UTF-8 byte offset.
  package var cursor: Int
  /// What stands before the text in place of the prompt: an incremental search, a count.
  package var message: String?
  /// The mode indicator of vi editing (`ins`, `cmd`), nil in Emacs mode.
  package var mode: String?

  package init(text: String = "", cursor: Int = 0, message: String? = nil, mode: String? = nil) {
    self.text = text
    self.cursor = cursor
    self.message = message
    self.mode = mode
  }
}

/// The line being edited.
package struct ComposerState: Equatable, Sendable {
  package var line = ComposerSnapshot()
  /// The line before its text went away, as Enter takes it.
  package var former = ComposerSnapshot()
  /// What Tab found, until the next change.
  package var candidates: [String] = []
  /// The text that an overlay took the place of.
  package var stash: String?
  /// The text as the editor got it last.
  package var textInEditor = ""
  /// Whether the next change of the text was ordered here: it was not typed.
  package var changesByOrder = false
  /// How many screens of `candidates` were passed by pressing Tab again.
  package var candidateScreens = 0
  /// A message that looks like a key, or like leaving, and was held back: sent again, it goes.
  package var heldText: String?
  /// The command that was typed last, until something else is typed: its line is given back should
  /// it fail after all.
  package var pending: PendingCommand?

  package init() {}

  package var text: String { line.text }

  /// Has another text stand in the line, in the mode of editing that there is.
  mutating func setLine(_ text: String) {
    line = ComposerSnapshot(text: text, cursor: text.utf8.count, mode: line.mode)
  }

  /// Puts the text away for an overlay's own line.
  mutating func giveWay() -> [ChatEffect] {
    stash = stash ?? line.text
    setLine("")
    candidates = []
    return [.composer(.setText(""))]
  }

  /// Brings back what an overlay had put away.
  mutating func comeBack() -> [ChatEffect] {
    let text = stash ?? ""
    stash = nil
    setLine(text)
    return [.composer(.setText(text))]
  }

  /// Brings back the line of an overlay that another one had covered.
  mutating func show(_ text: String) -> [ChatEffect] {
    setLine(text)
    return [.composer(.setText(text))]
  }

  /// What is being written, also behind an overlay.
  package var draft: String { stash ?? text }
}
