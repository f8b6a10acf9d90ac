import ChatAPI
import Configuration
import Files
import Language
import Screen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file in which `--debug` keeps what went over the wire, without keys; for its owner alone.
///
/// It begins anew with every start. May be written from any thread.
final class DebugLog: Sendable {
  let path: String
  private let file: Int32
  private let sink: OutputSink
  private let start = SystemClock.uptime()

  /// Opens `debug.log` in the folder of the program's state; nil where it cannot be written.
  init?(in folders: Folders) {
    path = folders.state + "/debug.log"
    try? FileSystem.makePrivateFolder(folders.state)
    // Made anew, so that a file of wider access, or a link, is not written to.
    unlink(path)
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { return nil }
    self.file = file
    sink = OutputSink(descriptor: file)
  }

  deinit { close(file) }

  /// What tells the log of everything that is sent and that comes.
  var trace: Trace { Trace { self.write($0) } }

  /// What is to be told where not all of it could be written; nil where it is whole.
  var failure: Phrase? {
    sink.confirm()
    guard case .unwritable(let code) = sink.failure else { return nil }
    return say(
      "The log \(path) is cut off (\(FileError.reason(of: code))). Make room, then run it again.")
  }

  /// Writes a line behind the milliseconds since the start.
  ///
  /// People read a log on their terminals: what would steer one is written as Swift's escapes.
  private func write(_ line: String) {
    // A log that cannot be written must not end a conversation: that is told at the end.
    sink.write("\(SystemClock.uptime() - start) \(TerminalText.escaped(line))\n")
  }
}

extension DebugLog {
  /// The log, where the user asked for one.
  convenience init?(_ installation: Installation) {
    guard installation.invocation.debug else { return nil }
    self.init(in: installation.folders)
  }

  /// What is told of the log at the start; nil where none was asked for.
  static func news(of log: DebugLog?, _ installation: Installation) -> Phrase? {
    guard installation.invocation.debug else { return nil }
    guard let log else {
      let folder = installation.folders.state
      return say("Nothing is logged: \(folder) is not writable. Check its permissions.")
    }
    return say("What is sent and what comes is logged, without keys, in \(log.path).")
  }
}
