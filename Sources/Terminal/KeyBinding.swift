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

  /// When the action is the program's; otherwise the fallback runs.
  package enum Condition: Hashable, Sendable {
    case always
    case emptyComposer
    case openOverlay
  }

  /// The function's name in init files.
  package var function: String
  package var sequences: [String]
  package var maps: Maps
  /// What the program is told; nil where the function is readline's or the composer's own.
  package var action: ComposerAction?
  package var condition: Condition
  /// The readline function that runs where the condition does not hold; nil does nothing.
  package var fallback: String?

  /// Names an action of the program and binds it.
  package init(
    _ action: ComposerAction, _ sequences: [String], function: String? = nil,
    in maps: Maps = .all, when condition: Condition = .always, otherwise fallback: String? = nil
  ) {
    self.function = function ?? action.rawValue
    self.sequences = sequences
    self.maps = maps
    self.action = action
    self.condition = condition
    self.fallback = fallback
  }

  /// Binds a function that readline or the composer has.
  package init(function: String, _ sequences: [String], in maps: Maps = .all) {
    self.function = function
    self.sequences = sequences
    self.maps = maps
    condition = .always
  }
}
