#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that Iris starts and waits for: an editor, a pager, a clipboard tool.
package struct ChildProgram {
  /// Where its output goes.
  package enum Output {
    /// To the terminal, which the caller has released.
    case terminal
    case captured
    case nowhere
  }

  /// What became of it.
  package struct Outcome: Equatable {
    /// As shells count: the exit status, 128 and the signal's number, 127 where there is none.
    package var status: Int32
    package var output: [UInt8] = []
  }

  package var arguments: [String]
  package var environment: [String: String]
  /// Written to its standard input; nil for the terminal's own.
  package var input: [UInt8]?
  package var output = Output.captured
  /// The most bytes that are taken from a captured output.
  package var byteLimit = 64 << 20
  /// How long it may keep its pipes open, before it is killed; nil for as long as it likes.
  package var timeLimit: Duration?

  package init(
    arguments: [String], environment: [String: String], input: [UInt8]? = nil,
    output: Output = .captured
  ) {
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.output = output
  }

  /// A command for `/bin/sh`.
  package static func shell(_ command: String, environment: [String: String]) -> ChildProgram {
    ChildProgram(arguments: ["/bin/sh", "-c", command], environment: environment)
  }

  /// Runs it and waits until it ends.
  package func run() -> Outcome {
    var pipes = Pipes()
    defer { pipes.close() }
    guard pipes.open(input: input != nil, output: output) else { return Outcome(status: 127) }
    guard let child = spawn(pipes) else { return Outcome(status: 127) }
    pipes.closeChildEnds()
    let deadline = timeLimit.map { ContinuousClock().now + $0 }
    let bytes = pipes.exchange(input: input ?? [], limit: byteLimit, until: deadline)
    if let deadline, ContinuousClock().now >= deadline { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return Outcome(status: Self.shellStatus(status), output: bytes)
  }

  private static func shellStatus(_ status: Int32) -> Int32 {
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  private func spawn(_ pipes: Pipes) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let read = pipes.childInput {
      posix_spawn_file_actions_adddup2(&actions, read, STDIN_FILENO)
    }
    if let write = pipes.childOutput {
      posix_spawn_file_actions_adddup2(&actions, write, STDOUT_FILENO)
    }
    if output != .terminal {
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    }
    if output == .nowhere {
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    }
    var attributes = Self.freshSignals()
    defer { posix_spawnattr_destroy(&attributes) }
    var child = pid_t()
    let name = arguments.first ?? ""
    let variables = environment.map { "\($0.key)=\($0.value)" }
    let code = withCStrings(arguments) { arguments in
      withCStrings(variables) { variables in
        posix_spawnp(&child, name, &actions, &attributes, arguments, variables)
      }
    }
    return code == 0 ? child : nil
  }

  /// Signals as a program expects them, whatever this one has changed.
  private static func freshSignals() -> posix_spawnattr_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    return attributes
  }
}

/// Lends strings as the null-terminated array that `exec` takes.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
  pointers.append(nil)
  defer { for pointer in pointers { free(pointer) } }
  return pointers.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return withUnsafePointer(to: nil) { body($0) } }
    return body(base)
  }
}
