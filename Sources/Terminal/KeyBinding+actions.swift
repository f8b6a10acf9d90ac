extension KeyBinding {
  /// The bindings of one of the program's actions, by its name and its keys.
  ///
  /// Most actions are the program's wherever their keys are pressed. A few share a key with editing:
  /// this is the one place that knows with which function of readline, and when.
  package static func bindings(named name: String, _ sequences: [String]) -> [Self] {
    let action = ComposerAction(rawValue: name)
    switch name {
    case "iris-cancel":
      // Esc stays unbound in vi's insertion map, where it changes to command mode.
      return [Self(action, sequences, in: [.emacs, .viCommand])]
    case "iris-quit-or-delete":
      return [Self(action, sequences, when: .emptyComposer, otherwise: "delete-char")]
    case "iris-accept":
      return [Self(action, sequences, when: .openOverlay, otherwise: "accept-line")]
    case "iris-up":
      return [Self(action, sequences, when: .openOverlay, otherwise: "iris-previous-line")]
    case "iris-down":
      return [Self(action, sequences, when: .openOverlay, otherwise: "iris-next-line")]
    case "iris-help":
      return helpBindings(action, sequences)
    // Home and End move in the text, and in the transcript where there is no text.
    case "iris-home":
      return [Self(action, sequences, when: .emptyComposer, otherwise: "iris-beginning-of-line")]
    case "iris-end":
      return [Self(action, sequences, when: .emptyComposer, otherwise: "iris-end-of-line")]
    case "iris-left": return [moving(action, sequences, "backward-char")]
    case "iris-right": return [moving(action, sequences, "forward-char")]
    case "iris-word-left": return [moving(action, sequences, "backward-word")]
    case "iris-word-right": return [moving(action, sequences, "forward-word")]
    case "iris-edit-in-editor":
      return [Self(action, sequences, in: .inserting), Self(action, ["v"], in: .viCommand)]
    case "iris-newline":
      return [Self(function: name, sequences, in: .inserting)]
    default:
      return [Self(action, sequences)]
    }
  }

  /// Where there is no text to move in, the key may move in the transcript.
  private static func moving(
    _ action: ComposerAction, _ sequences: [String], _ function: String
  ) -> Self {
    Self(action, sequences, in: .inserting, when: .emptyComposer, otherwise: function)
  }

  /// Keys that terminals send and readline leaves unbound.
  package static let editing: [Self] = [
    Self(function: "delete-char", ["\\e[3~"]),
    Self(function: "forward-word", ["\\e[1;5C"]),
    Self(function: "backward-word", ["\\e[1;5D"]),
  ]

  /// A key that types something, such as `?`, asks for help only on an empty composer.
  private static func helpBindings(_ action: ComposerAction, _ sequences: [String]) -> [Self] {
    let printing = sequences.filter { $0.unicodeScalars.count == 1 }
    return [
      Self(action, sequences.filter { !printing.contains($0) }),
      Self(
        action, printing, function: "iris-help-or-insert", in: .inserting, when: .emptyComposer,
        otherwise: "self-insert"),
    ]
  }
}
