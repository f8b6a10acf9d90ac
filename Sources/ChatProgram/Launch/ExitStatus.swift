/// The exit codes that scripts can rely on (BSD `sysexits.h`, and shells' 128 + SIGINT).
package enum ExitStatus: Int32, Sendable {
  case done = 0
  /// An unknown option, a temperature of 7.
  case usage = 64
  /// Input that cannot be used: not an image, a damaged one, an unreadable conversation.
  case unusableInput = 65
  /// A file or a conversation that does not exist.
  case missingInput = 66
  /// The server cannot be reached or answered with an error, or the reply broke off.
  case unavailable = 69
  /// Something could not be written.
  case cannotWrite = 73
  /// The key is missing or refused, or a call that nobody allowed is all that came.
  case keyRefused = 77
  case interrupted = 130
  /// The terminal went away, or a signal asked for the end.
  case hungUp = 129
  case terminated = 143
}
