import CTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A signal that concerns a full-screen program, as the loop sees it.
package enum TerminalSignal: Hashable, Sendable {
  /// The window has another size (SIGWINCH).
  case resized
  /// The program shall end: SIGTERM, SIGINT, or SIGHUP.
  case end(number: Int32)
  /// The program shall stop, sent from outside: Ctrl-Z itself arrives as a key (SIGTSTP).
  case stop
  /// The program was continued (SIGCONT).
  case continued

  init?(number: Int32) {
    switch number {
    case SIGWINCH: self = .resized
    case SIGTSTP: self = .stop
    case SIGCONT: self = .continued
    case SIGTERM, SIGINT, SIGHUP: self = .end(number: number)
    default: return nil
    }
  }
}
