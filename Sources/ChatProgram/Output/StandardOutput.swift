package import Language

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output: what a call was asked for, and nothing else.
package enum StandardOutput {
  /// Where all of it goes.
  package static let sink = OutputSink(descriptor: STDOUT_FILENO)

  /// Writes a whole text; false where nothing more can be written.
  @discardableResult
  package static func write(_ text: String) -> Bool { sink.write(text) }

  static var isTerminal: Bool { sink.isTerminal }

  /// Makes the standard descriptors safe to use; the first thing that the program does.
  ///
  /// Where one was closed by who started the program, the next file that is opened would get its
  /// number, and what is printed would go into that file: the database, for example. A place is
  /// kept instead which refuses what is done with it, as glibc does for set-user-ID programs.
  package static func secureDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO
    where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Ends what was printed: a failure of standard output, or of standard error, is told here, once;
  /// the exit status that the program then has.
  ///
  /// Only a reader who has gone is no failure. A failed call keeps its own status.
  package static func settle(
    _ status: ExitStatus, in language: @autoclosure () -> Language
  ) -> ExitStatus {
    sink.confirm()
    StandardError.sink.confirm()
    var status = status
    if let phrase = sink.failure?.phrase {
      StandardError.say(phrase, in: language())
      if status == .done { status = .cannotWrite }
    }
    // Who closes standard error wants no sentences; one that is full has lost some.
    switch StandardError.sink.failure {
    case nil, .readerGone, .unwritable(EBADF): return status
    case .unwritable: return status == .done ? .cannotWrite : status
    }
  }

  /// Ends the process at once with an exit status (exit(3)).
  ///
  /// The argument parser's own `exit(withError:)` builds the help of the whole program first, half of
  /// what a call that prints one line takes.
  package static func endProcess(_ status: Int32) -> Never { exit(status) }
}
