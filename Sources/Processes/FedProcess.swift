import CProcesses
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Another program whose standard input is fed piece by piece, such as a player of sound.
///
/// It has a session of its own and no other descriptor of ours; its output goes nowhere, and the end of what
/// it writes to standard error is kept. A thread of its own writes, so that a program which takes its time
/// holds up nobody. May be used from any task.
package final class FedProcess: Sendable {
  private struct State {
    var input: Int32?
    var isStopped = false
    /// Whether all that it was given so far could be written.
    var hasTakenAll = true
    var errors: [UInt8] = []
    /// The status once it has ended.
    var status: Int32?
  }

  /// How many bytes of standard error are kept, the last ones.
  private static let errorLimit = 2_048

  private let child: pid_t
  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "iris.feeding")
  /// Entered until all of what it writes is read.
  private let reading = DispatchGroup()
  /// How long its last words are waited for where something that it started keeps its output open.
  private static let patience = DispatchTimeInterval.seconds(1)

  /// Starts the program that `program` describes, without its input and limits; nil where it cannot be run.
  package init?(_ program: ChildProgram) {
    var pipes = Pipes()
    var program = program
    program.output = .captured
    guard pipes.open(input: true, output: .captured, errors: true),
      let child = program.start(with: pipes), let ends = pipes.takeOwnEnds()
    else {
      pipes.closeAll()
      return nil
    }
    pipes.closeChildEnds()
    self.child = child.id
    state = Mutex(State(input: ends.input))
    watch(output: ends.output, errors: ends.errors)
  }

  /// The end of what it wrote to standard error.
  package var errors: [UInt8] { state.withLock { $0.errors } }

  /// Whether it has taken all that it was given so far.
  package var hasTakenAll: Bool { state.withLock { $0.hasTakenAll } }

  /// Has `bytes` written behind those before, as the program takes them, and does not wait for that; false
  /// where it takes none any more.
  package func feed(_ bytes: [UInt8]) -> Bool {
    queue.async { self.write(bytes) }
    return state.withLock { $0.hasTakenAll && !$0.isStopped }
  }

  /// Closes its input and waits until it has ended, and its last words are read; its exit status as shells
  /// count it.
  ///
  /// Cancelling the task stops the program.
  package func finish() async -> Int32 {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue.async {
          self.closeInput()
          let status = self.waitForEnd()
          _ = self.reading.wait(timeout: .now() + Self.patience)
          continuation.resume(returning: status)
        }
      }
    } onCancel: {
      stop()
    }
  }

  /// Ends it at once, with all that it has started.
  package func stop() {
    state.withLock { state in
      state.isStopped = true
      // Not reaped under its number before the status is there.
      if state.status == nil { kill(-child, SIGKILL) }
    }
  }

  private func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let input = state.withLock { $0.isStopped ? nil : $0.input }
      let count =
        input.map { input in
          rest.withUnsafeBytes { cprocesses_write(input, $0.baseAddress, $0.count) }
        } ?? 0
      if count > 0 { rest = rest.dropFirst(count) }
      guard input != nil, count >= 0 || errno == EINTR else {
        return state.withLock { $0.hasTakenAll = false }
      }
    }
  }

  private func closeInput() {
    state.withLock { state in
      if let input = state.input { close(input) }
      state.input = nil
    }
  }

  /// Reads what it writes until it closes both, on a thread of its own.
  private func watch(output: Int32, errors: Int32) {
    DispatchQueue(label: "iris.feeding.output").async(group: reading) { [self] in
      var open = [output, errors]
      while open.contains(where: { $0 >= 0 }) {
        var entries = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&entries, 2, -1) > 0 else { continue }
        for index in open.indices where entries[index].revents != 0 {
          var buffer = [UInt8](repeating: 0, count: 4_096)
          let count = buffer.withUnsafeMutableBytes {
            systemRead(open[index], $0.baseAddress, $0.count)
          }
          if count > 0 {
            if index == 1 { keep(buffer[..<count]) }
          } else if count == 0 || errno != EINTR {
            close(open[index])
            open[index] = -1
          }
        }
      }
    }
  }

  private func keep(_ bytes: ArraySlice<UInt8>) {
    state.withLock { state in
      state.errors = Array((state.errors + bytes).suffix(Self.errorLimit))
    }
  }

  private func waitForEnd() -> Int32 {
    if let status = state.withLock({ $0.status }) { return status }
    var info = siginfo_t()
    // The number stays its own until the status is noted, so that a stop reaches nobody else.
    while waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    return state.withLock { state in
      var status: Int32 = 0
      while waitpid(child, &status, 0) < 0, errno == EINTR {}
      let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
      state.status = code
      return code
    }
  }
}
