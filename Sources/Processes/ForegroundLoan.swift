import CProcesses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The terminal's foreground, lent to a child that has a process group of its own (POSIX.1-2017
/// §11.1.4, “Terminal Access Control”).
///
/// What the child leaves behind when it ends is then in the background: the system refuses its reads,
/// so that no key of the user's goes there. Ctrl-C and Ctrl-\ reach the child alone; when Ctrl-Z stops
/// it, this program stops as well, and goes on with it.
struct ForegroundLoan {
  private let terminal: Int32
  private let owner: pid_t
  private let borrower: pid_t

  /// Lends the terminal behind a descriptor to the group of that number.
  init(of terminal: Int32, to borrower: pid_t) {
    self.terminal = terminal
    owner = getpgrp()
    self.borrower = borrower
    // Nothing is continued yet: a key may have stopped the child already, and that must be seen. One that
    // asked for the terminal too early goes on when its stop is answered.
    _ = cprocesses_set_foreground(terminal, borrower)
  }

  /// Whether this program has the foreground of the terminal behind a descriptor, and can lend it.
  static func isPossible(of terminal: Int32) -> Bool { tcgetpgrp(terminal) == getpgrp() }

  /// Makes this program the foreground of the terminal behind a descriptor.
  static func restore(of terminal: Int32) { _ = cprocesses_set_foreground(terminal, getpgrp()) }

  /// How long processes that a key has ended may take to be gone.
  private static let grace = Duration.milliseconds(300)

  /// Takes the foreground back, after the borrower has ended; nothing happens where the terminal is
  /// gone.
  ///
  /// A read that has begun already returns the next key although its process is to end, or is not in
  /// the foreground any more (Linux, `n_tty_read`). So those that are waiting are woken, and after a
  /// key that `isInterrupted` them the dying ones are waited for.
  func end(isInterrupted: Bool) {
    _ = cprocesses_set_foreground(terminal, owner)
    kill(-borrower, SIGTTIN)
    guard isInterrupted else { return }
    let deadline = ContinuousClock.now + Self.grace
    while kill(-borrower, 0) == 0, ContinuousClock.now < deadline { _ = poll(nil, 0, 1) }
  }

  /// Answers a stop of the borrower by that signal.
  ///
  /// One that asked for the terminal before it had it goes on. Else this program stops too, until
  /// whoever watches it continues it in the foreground.
  func stopped(by signal: Int32) {
    if signal != SIGTTIN, signal != SIGTTOU {
      _ = cprocesses_set_foreground(terminal, owner)
      repeat { cprocesses_stop() } while !Self.isPossible(of: terminal) && tcgetpgrp(terminal) > 0
    }
    // A terminal that is gone tells the child so itself, when it reads.
    _ = cprocesses_set_foreground(terminal, borrower)
    kill(-borrower, SIGCONT)
  }
}
