import Glibc

/// The largest size that the system lets this program's files have (`ulimit -f`, getrlimit(2)).
package enum FileSizeLimit {
  /// Has a write beyond the limit fail with `EFBIG`, which is told as any failed write; SIGXFSZ, which
  /// comes before that, would end the program without a word.
  ///
  /// Programs that are started from here get the signal's default course again.
  package static func failWrites() { signal(SIGXFSZ, SIG_IGN) }
}
