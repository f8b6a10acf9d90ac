import ChatCore
import Terminal

extension KeyBinding {
  /// The keys of the program, from the table of actions.
  static let iris: [KeyBinding] =
    KeyAction.allCases.compactMap(binding) + [
      KeyBinding(function: "iris-newline", KeyAction.newline.sequences, in: .inserting),
      KeyBinding(function: "delete-char", [#"\e[3~"#]),
      KeyBinding(function: "beginning-of-line", [#"\e[H"#, #"\eOH"#, #"\e[1~"#]),
      KeyBinding(function: "end-of-line", [#"\e[F"#, #"\eOF"#, #"\e[4~"#]),
      KeyBinding(function: "forward-word", [#"\e[1;5C"#]),
      KeyBinding(function: "backward-word", [#"\e[1;5D"#]),
    ]

  /// Where an action is bound, and what its keys do where it is not meant.
  private static func binding(_ key: KeyAction) -> KeyBinding? {
    let action = ComposerAction(rawValue: key.rawValue)
    let keys = key.sequences
    return switch key {
    case .newline: nil
    // Esc stays unbound in vi's insertion map, where it changes to command mode.
    case .cancel: KeyBinding(action, keys, in: [.emacs, .viCommand])
    case .endOfInput: KeyBinding(action, keys, when: .emptyComposer, otherwise: "delete-char")
    case .accept: KeyBinding(action, keys, when: .openOverlay, otherwise: "accept-line")
    case .up: KeyBinding(action, keys, when: .openOverlay, otherwise: "iris-previous-line")
    case .down: KeyBinding(action, keys, when: .openOverlay, otherwise: "iris-next-line")
    case .help:
      KeyBinding(action, keys, in: .inserting, when: .emptyComposer, otherwise: "self-insert")
    default: KeyBinding(action, keys, in: keys[0].hasPrefix(#"\C-x"#) ? .inserting : .all)
    }
  }
}
