/// A readline function, the keys that call it unless the user's init file says otherwise, and when.
///
/// The functions of the program are named here; any function of readline may be bound here as well.
/// Sequences are in readline's notation (readline 8.2 §1.3.1): `\\C-x\\C-e`, `\\e[5~`, `\\M-n`.
package struct KeyBinding: Hashable, Sendable {
  /// Readline's keymaps.
  package struct Maps: OptionSet, Hashable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) {
      self.rawValue = rawValue
    }

    package static let emacs = Self(rawValue: 1)
    package static let viInsert = Self(rawValue: 2)
    package static let viCommand = Self(rawValue: 4)
    package static let inserting: Self = [.emacs, .viInsert]
    package static let all: Self = [.emacs, .viInsert, .viCommand]
  }

  /// When the action is the program's; otherwise `fallback` runs.
  package enum Condition: Hashable, Sendable {
    case always
    case emptyComposer
    case openOverlay
  }

  /// The function's name in init files.
  package var function: String
  package var sequences: [String]
  package var maps: Maps
  package var condition: Condition
  /// The readline function that runs where the condition does not hold; nil does nothing.
  package var fallback: String?
  /// Whether the function is the program's own action, and not one that readline has already.
  package var isAction: Bool

  /// Binds an action of the program.
  package init(
    _ action: ComposerAction, _ sequences: [String], in maps: Maps = .all,
    when condition: Condition = .always, otherwise fallback: String? = nil
  ) {
    function = action.rawValue
    self.sequences = sequences
    self.maps = maps
    self.condition = condition
    self.fallback = fallback
    isAction = true
  }

  /// Binds a function that readline has.
  package init(function: String, _ sequences: [String], in maps: Maps = .all) {
    self.function = function
    self.sequences = sequences
    self.maps = maps
    condition = .always
    fallback = nil
    isAction = false
  }
}

extension KeyBinding {
  /// The keys of the program as it comes.
  package static let standard: [Self] = [
    // Esc stays unbound in vi's insertion map, where it changes to command mode.
    Self(.cancel, ["\\e"], in: [.emacs, .viCommand]),
    Self(.interrupt, ["\\C-c"]),
    Self(
      .quit, ["\\C-d"], when: .emptyComposer, otherwise: "delete-char"),
    Self(.accept, ["\\C-m"], when: .openOverlay, otherwise: "accept-line"),
    Self(.complete, ["\\C-i"], in: .inserting, when: .openOverlay, otherwise: "complete"),
    Self(
      .up, ["\\e[A", "\\eOA", "\\C-p"], when: .openOverlay, otherwise: "iris-previous-line"),
    Self(
      .down, ["\\e[B", "\\eOB", "\\C-n"], when: .openOverlay, otherwise: "iris-next-line"),
    Self(.pageUp, ["\\e[5~"]),
    Self(.pageDown, ["\\e[6~"]),
    Self(.lineUp, ["\\e[1;2A"]),
    Self(.lineDown, ["\\e[1;2B"]),
    Self(.wheelUp, ["\\e[<64M"]),
    Self(.wheelDown, ["\\e[<65M"]),
    Self(.transcriptStart, ["\\e[1;5H"]),
    Self(.transcriptEnd, ["\\e[1;5F"]),
    Self(
      .home, ["\\e[H", "\\eOH", "\\e[1~"], when: .emptyComposer, otherwise: "beginning-of-line"),
    Self(.end, ["\\e[F", "\\eOF", "\\e[4~"], when: .emptyComposer, otherwise: "end-of-line"),
    Self(.suspend, ["\\C-z"]),
    Self(.redraw, ["\\C-l"]),
    Self(.editInEditor, ["\\C-x\\C-e"], in: .inserting),
    Self(.editInEditor, ["v"], in: .viCommand),
    Self(.help, ["\\eOP", "\\e[11~"]),
    Self(
      .question, ["?"], in: .inserting, when: .emptyComposer, otherwise: "self-insert"),
    Self(.nextMatch, ["\\C-xn"], in: .inserting),
    Self(.previousMatch, ["\\C-xp"], in: .inserting),
    Self(.preview, ["\\C-xv"], in: .inserting),
    Self(function: "iris-newline", ["\\e\\C-m", "\\C-j"], in: .inserting),
    Self(function: "delete-char", ["\\e[3~"]),
    Self(function: "forward-word", ["\\e[1;5C", "\\e[1;3C"]),
    Self(function: "backward-word", ["\\e[1;5D", "\\e[1;3D"]),
  ]
}
