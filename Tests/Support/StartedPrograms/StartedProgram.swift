import CProcesses
package import Foundation
import Processes
import Synchronization

/// A program that a test has started with posix_spawn(3), in a process group of its own, with signals as
/// programs expect them and the standard descriptors alone.
///
/// Why not Foundation's `Process`: up to Swift 6.3 on Linux its `run()` copies 256 bytes of each directory
/// entry of `/proc/self/fd`, whatever the entry's length is, and so ends the test now and then
/// (swift-corelibs-foundation, pull request 5472).
package final class StartedProgram: Sendable {
  package let id: Int32
  /// How it ended, as shells count; nil while nobody has waited for it.
  private let status = Mutex<Int32?>(nil)

  /// Starts the program at `path`.
  ///
  /// Nil stands for what this program has itself. The handles become the program's own: they are closed
  /// here, so that a reader of a pipe sees its end.
  ///
  /// - Throws: `POSIXError` where it cannot be started.
  package init(
    _ path: String, _ arguments: [String], environment: [String: String]? = nil,
    folder: String? = nil, input: FileHandle? = nil, output: FileHandle? = nil,
    errors: FileHandle? = nil
  ) throws {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    var codes = [
      posix_spawn_file_actions_init(&actions), posix_spawnattr_init(&attributes),
      Self.clearSignals(&attributes),
    ]
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (handle, place) in [
      (input, STDIN_FILENO), (output, STDOUT_FILENO), (errors, STDERR_FILENO),
    ] {
      guard let handle else { continue }
      codes.append(posix_spawn_file_actions_adddup2(&actions, handle.fileDescriptor, place))
    }
    codes.append(cprocesses_keep_standard(&actions))
    var child = pid_t()
    let words = Self.words(path, arguments, folder: folder)
    let program = folder == nil ? path : Self.shell
    let variables = (environment ?? ProcessInfo.processInfo.environment)
      .map { "\($0.key)=\($0.value)" }
    codes.append(
      withCStrings(words) { words in
        withCStrings(variables) { variables in
          posix_spawn(&child, program, &actions, &attributes, words, variables)
        }
      })
    if let code = codes.first(where: { $0 != 0 }) {
      throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL)
    }
    id = child
    for handle in [input, output, errors] { try handle?.close() }
  }

  private static let shell = "/bin/sh"

  /// The path and what follows it; of a program in another folder, those of a shell that goes there first.
  private static func words(_ path: String, _ arguments: [String], folder: String?) -> [String] {
    guard let folder else { return [path] + arguments }
    return [shell, "-c", "cd \"$0\" && exec \"$@\"", folder, path] + arguments
  }

  private static func clearSignals(_ attributes: inout posix_spawnattr_t) -> Int32 {
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    let codes = [
      posix_spawnattr_setsigmask(&attributes, &none),
      posix_spawnattr_setsigdefault(&attributes, &all),
      posix_spawnattr_setflags(&attributes, cprocesses_flags(CPROCESSES_IN_GROUP)),
    ]
    return codes.first { $0 != 0 } ?? 0
  }

  /// Whether it has not ended yet.
  package var isRunning: Bool { reap(WNOHANG) == nil }

  /// Blocks until it has ended: its exit status, or 128 and the signal's number (POSIX 2.8.2).
  @discardableResult
  package func waitUntilExit() -> Int32 {
    // Without the lock, and without taking the status: somebody may have to signal it meanwhile.
    var end = siginfo_t()
    while waitid(P_PID, id_t(id), &end, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return reap(0) ?? 0
  }

  package func signal(_ number: Int32) {
    status.withLock { if $0 == nil { kill(id, number) } }
  }

  private func reap(_ options: Int32) -> Int32? {
    status.withLock { status in
      if let status { return status }
      var word: Int32 = 0
      var found = waitpid(id, &word, options)
      while found < 0, errno == EINTR { found = waitpid(id, &word, options) }
      guard found != 0 else { return nil }
      let signal = word & 0x7F
      status = signal == 0 ? word >> 8 & 0xFF : 128 + signal
      return status
    }
  }
}
