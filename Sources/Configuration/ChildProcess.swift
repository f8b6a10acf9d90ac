import Glibc

/// A program that is run to its end in a limited time, with its output kept.
///
/// It gets a process group of its own, so that all it has started ends with it when the time is up;
/// therefore it cannot ask anything on the terminal. What it writes to standard error is dropped.
struct ChildProcess {
  /// How it ended, and what it wrote to standard output (64 KiB at most).
  struct Outcome {
    /// The exit status, or 128 and the signal's number, as shells say it.
    let status: Int32
    let output: [UInt8]
  }

  /// The absolute path of the program, and its arguments.
  var arguments: [String]
  var environment: [String: String]
  /// What it reads from standard input; at most 4096 bytes, which every pipe holds (POSIX PIPE_BUF).
  var input: [UInt8] = []
  var limit: Duration

  /// Runs it and waits; nil when it did not end in time.
  ///
  /// A program that cannot be started has the status 127, as in shells.
  func run() -> Outcome? {
    guard let output = Pipe(), let input = Pipe(holding: input) else {
      return Outcome(status: 127, output: [])
    }
    guard let child = spawn(reading: input.readEnd, writing: output.writeEnd) else {
      return Outcome(status: 127, output: [])
    }
    output.closeWriteEnd()
    return Running(child: child, descriptor: output.readEnd, limit: limit).wait()
  }

  private func spawn(reading input: Int32, writing output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let variables = environment.map { "\($0.key)=\($0.value)" }
    var child = pid_t()
    let path = arguments.first ?? ""
    let code = withStringPointers(arguments) { arguments in
      withStringPointers(variables) { variables in
        posix_spawn(&child, path, &actions, &attributes, arguments, variables)
      }
    }
    return code == 0 ? child : nil
  }
}

/// A child whose output is being read.
private struct Running {
  let child: pid_t
  let descriptor: Int32
  let limit: Duration

  /// Reads until the child has ended; kills its group when the time is up.
  func wait() -> ChildProcess.Outcome? {
    let deadline = ContinuousClock.now + limit
    var output: [UInt8] = []
    var isOpen = true
    while true {
      if isOpen { isOpen = read(into: &output) }
      if let status = reap(WNOHANG) {
        while isOpen, isReadable(within: 0) { isOpen = read(into: &output) }
        return ChildProcess.Outcome(status: status, output: output)
      }
      guard ContinuousClock.now < deadline else { break }
    }
    kill(-child, SIGKILL)
    _ = reap(0)
    return nil
  }

  private func read(into output: inout [UInt8]) -> Bool {
    guard isReadable(within: 20) else { return true }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    if count < 0 { return errno == EINTR }
    output += buffer.prefix(min(count, 65_536 - output.count))
    return count > 0
  }

  private func isReadable(within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) > 0
  }

  /// The child's status, or nil while it runs.
  private func reap(_ options: Int32) -> Int32? {
    var status: Int32 = 0
    var result = waitpid(child, &status, options)
    while result < 0, errno == EINTR { result = waitpid(child, &status, options) }
    guard result != 0 else { return nil }
    // Where the program ignores SIGCHLD the system has thrown the status away: output decides.
    guard result == child else { return 0 }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}

/// Both ends of a pipe; closed with the value, and not inherited by children.
private final class Pipe {
  let readEnd: Int32
  private(set) var writeEnd: Int32

  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  /// A pipe whose content is in it already, with its end closed.
  convenience init?(holding bytes: [UInt8]) {
    self.init()
    guard bytes.count <= 4096, write(writeEnd, bytes, bytes.count) == bytes.count else {
      return nil
    }
    closeWriteEnd()
  }

  deinit {
    close(readEnd)
    closeWriteEnd()
  }

  func closeWriteEnd() {
    guard writeEnd >= 0 else { return }
    close(writeEnd)
    writeEnd = -1
  }
}

/// Calls `body` with the strings as C's argument vectors are: pointers that end with a null one.
private func withStringPointers<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers + [nil])
}
