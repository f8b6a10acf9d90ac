import CProcesses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Another program that stays and is spoken with over a socket, which is its standard input.
///
/// It gets no other descriptor: its output and errors go nowhere. Whoever starts one ends it.
package struct ServiceProcess: Sendable {
  private let id: pid_t

  /// Starts the program at `path` with the other end of `socket`.
  ///
  /// - Throws: `errno` as a ``StartFailure``.
  package init(
    path: String, arguments: [String], environment: [String: String], socket: Int32
  ) throws(StartFailure) {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { throw StartFailure(code: ENOMEM) }
    defer { posix_spawn_file_actions_destroy(&actions) }
    guard posix_spawnattr_init(&attributes) == 0 else { throw StartFailure(code: ENOMEM) }
    defer { posix_spawnattr_destroy(&attributes) }
    guard Self.prepare(&actions, socket), Self.prepare(&attributes) else {
      throw StartFailure(code: ENOMEM)
    }
    var child = pid_t()
    let variables = environment.map { "\($0.key)=\($0.value)" }
    let code = withCStrings([path] + arguments) { arguments in
      withCStrings(variables) { variables in
        posix_spawn(&child, path, &actions, &attributes, arguments, variables)
      }
    }
    guard code == 0 else { throw StartFailure(code: code) }
    id = child
  }

  /// Why a program could not be started.
  package struct StartFailure: Error, Equatable {
    /// An `errno` of posix_spawn(3).
    package var code: Int32

    package init(code: Int32) {
      self.code = code
    }
  }

  /// The socket as its standard input and nothing else of ours; whether there was memory for it.
  private static func prepare(
    _ actions: inout posix_spawn_file_actions_t, _ socket: Int32
  ) -> Bool {
    var codes = [posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO)]
    for output in [STDOUT_FILENO, STDERR_FILENO] {
      codes.append(posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0))
    }
    codes.append(cprocesses_keep_standard(&actions))
    return codes.allSatisfy { $0 == 0 }
  }

  /// Signals as a program expects them, and a session without a terminal, so that no key reaches it.
  private static func prepare(_ attributes: inout posix_spawnattr_t) -> Bool {
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    return posix_spawnattr_setsigmask(&attributes, &none) == 0
      && posix_spawnattr_setsigdefault(&attributes, &all) == 0
      && posix_spawnattr_setflags(&attributes, cprocesses_flags(CPROCESSES_IN_SESSION)) == 0
  }
}

extension ServiceProcess {
  /// The processor time that it has taken; nil where the system does not tell.
  package var processorTime: Duration? {
    #if canImport(Glibc)
      var clock = clockid_t()
      var time = timespec()
      guard clock_getcpuclockid(id, &clock) == 0, clock_gettime(clock, &time) == 0 else {
        return nil
      }
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    #else
      return nil
    #endif
  }

  /// How long it could have run and had no processor; nil where the system does not tell, as outside Linux.
  ///
  /// The second number of schedstat (Linux, Documentation/scheduler/sched-stats, /proc/<pid>/schedstat).
  package var waitingTime: Duration? {
    let file = open("/proc/\(id)/schedstat", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 96)
    let count = read(file, &bytes, bytes.count)
    guard count > 0 else { return nil }
    let numbers = String(decoding: bytes[..<count], as: UTF8.self).split(separator: " ")
    return numbers.dropFirst().first.flatMap { Int64($0) }.map { .nanoseconds($0) }
  }

  /// Ends it at once, if it still runs, and takes back what the system keeps of it.
  package func end() {
    kill(id, SIGKILL)
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 && errno == EINTR {}
  }
}
