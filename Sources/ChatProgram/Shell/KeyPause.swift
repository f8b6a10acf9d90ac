#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A wait for any key, so that what stands on the ordinary screen can be read.
struct KeyPause {
  /// The terminal; the caller keeps it open.
  let terminal: Int32

  /// Shows `text` and waits for a key, or for the terminal's end.
  ///
  /// Ctrl-C is a key, too. What was typed before does not count, and the rest of a key of several
  /// bytes is dropped.
  func wait(saying text: String) {
    var original = termios()
    guard tcgetattr(terminal, &original) == 0 else { return }
    var silent = original
    silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { return }
    defer { tcsetattr(terminal, TCSAFLUSH, &original) }
    let bytes = Array("\n\(text)".utf8)
    var key: UInt8 = 0
    guard write(terminal, bytes, bytes.count) == bytes.count else { return }
    while read(terminal, &key, 1) < 0, errno == EINTR {}
    // What the next program says there begins on a line of its own.
    _ = write(terminal, "\n", 1)
  }
}
