import Dispatch
import Synchronization

/// A program that Iris starts and waits for: an editor, a clipboard tool, a command that has a key.
///
/// It gets its standard descriptors and no other file of Iris, and signals as programs expect them.
/// One that does not get the terminal has a session of its own: it cannot ask or draw there, and
/// what it has started can be ended with it; what it writes to standard error is dropped.
package struct ChildProgram: Sendable {
  /// Where its output goes.
  package enum Output: Sendable {
    /// To the terminal, which the caller has released; what it writes to standard error as well.
    case terminal
    case captured
    case nowhere
  }

  /// What became of it.
  package struct Outcome: Equatable, Sendable {
    /// As shells count: the exit status, 128 and the signal's number, 127 where there is none.
    package var status: Int32
    package var output: [UInt8] = []
    /// The beginning of what it wrote to standard error, where that was asked for.
    package var errors: [UInt8] = []
    /// Whether there was more output than was asked for.
    package var isCut = false
    /// Whether it was ended because its time was up.
    package var isLate = false

    /// The last line that it wrote to standard error, which mostly says why it failed; nil where it wrote none.
    package var lastWords: String? {
      String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline).last.map(
        String.init)
    }
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
  /// Whether its standard input stays open behind `input` until it has ended: the end of Iris, however it
  /// comes, is then the end of its input.
  package var keepsInputOpen = false
  package var output = Output.captured
  /// How many bytes are kept of what it writes to standard error; 0 to drop it all.
  ///
  /// Only of a program that does not have the terminal.
  package var errorLimit = 0
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
    let keepsErrors = errorLimit > 0 && output != .terminal
    guard pipes.open(input: input != nil, output: output, errors: keepsErrors),
      let child = start(with: pipes)
    else {
      return Outcome(status: 127)
    }
    pipes.closeChildEnds()
    var course = RunningChild(of: self, child)
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
