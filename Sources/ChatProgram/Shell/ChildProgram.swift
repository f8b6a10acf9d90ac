import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that Iris starts and waits for: an editor, a pager, a clipboard tool.
///
/// One that does not get the terminal has a session of its own: it cannot ask or draw there, and
/// what it has started can be ended with it.
package struct ChildProgram: Sendable {
  /// Where its output goes.
  package enum Output: Sendable {
    /// To the terminal, which the caller has released.
    case terminal
    case captured
    case nowhere
  }

  /// What became of it.
  package struct Outcome: Equatable, Sendable {
    /// As shells count: the exit status, 128 and the signal's number, 127 where there is none.
    package var status: Int32
    package var output: [UInt8] = []
    /// Whether there was more output than was asked for.
    package var isCut = false
  }

  /// What is done when the time is up.
  package enum Lateness: Sendable {
    case kill
    /// It goes on by itself, and counts as done.
    case leave
  }

  package var arguments: [String]
  package var environment: [String: String]
  /// Written to its standard input; nil for the terminal's own.
  package var input: [UInt8]?
  package var output = Output.captured
  /// The most bytes that are kept of a captured output; the rest is read and dropped.
  package var byteLimit = 64 << 20
  /// How long it may take; nil for as long as it likes.
  package var timeLimit: Duration?
  package var lateness = Lateness.kill

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

  /// Runs it and blocks until it ends, or until it is stopped: asked to end, then made to.
  package func run(until isStopped: () -> Bool = { false }) -> Outcome {
    var pipes = Pipes()
    defer { pipes.closeAll() }
    guard pipes.open(input: input != nil, output: output), let child = spawn(pipes) else {
      return Outcome(status: 127)
    }
    pipes.closeChildEnds()
    var course = ChildCourse(of: self, child)
    return course.wait(serving: &pipes, until: isStopped)
  }

  /// Runs it on a thread that no task runs on; cancelling the task stops it.
  package func runBeside() async -> Outcome {
    let stop = Stop()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        DispatchQueue(label: "iris.child").async {
          continuation.resume(returning: run { stop.isAsked.load(ordering: .relaxed) })
        }
      }
    } onCancel: {
      stop.isAsked.store(true, ordering: .relaxed)
    }
  }

  private final class Stop: Sendable {
    let isAsked = Atomic(false)
  }
}

extension ChildProgram {
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
    var attributes = spawnAttributes()
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

  #if canImport(Glibc)
    /// `POSIX_SPAWN_SETSID`, an extension of glibc's that its module does not pass on.
    private static let newSession: Int32 = 0x80
  #else
    private static let newSession = Int32(POSIX_SPAWN_SETSID)
  #endif

  /// Signals as a program expects them, whatever this one has changed; and a session.
  private func spawnAttributes() -> posix_spawnattr_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let session = output == .terminal ? 0 : Self.newSession
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | session))
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
