import ChatEngine
import ChatScreen
import Terminal

extension KeyBinding {
  /// The keys of the program, from the table of actions.
  static let iris =
    editing + KeyAction.allCases.flatMap { bindings(named: $0.rawValue, $0.sequences) }
}
