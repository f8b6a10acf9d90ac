import CTerminal

/// The signals that end the program, and what they leave of the terminal (docs/decisions/0080).
package enum FatalSignals {
  /// Gives the calling thread a signal stack, so that an overflow of its own stack is noticed by the
  /// handler and the terminal given back.
  ///
  /// Any thread may call it, at any time; a second call changes nothing.
  package static func guardThread() { ct_thread_guard() }
}
