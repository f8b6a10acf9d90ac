import Processes
import Synchronization

/// Decoding processes that wait for work; as many run as pictures are decoded at once.
///
/// Any thread may use it. Processes end with the pool, or when this program does: the end of their
/// socket tells them.
final class DecodingPool: Sendable {
  private struct Idle {
    var process: DecodingProcess
    var since: ContinuousClock.Instant
  }

  private let program: String
  private let arguments: [String]
  private let idle = Mutex<[Idle]>([])

  init(program: String, arguments: [String]) {
    self.program = program
    self.arguments = arguments
  }

  deinit {
    endIdle(for: .zero)
  }

  /// A process of that kind: the one that was used last, or a new one.
  func process(for kind: DecodingKind) throws(ServiceProcess.StartFailure) -> DecodingProcess {
    while let process = takeIdle(kind) {
      if process.isReady { return process }
      process.end()
    }
    return try DecodingProcess(kind, program: program, arguments: arguments)
  }

  private func takeIdle(_ kind: DecodingKind) -> DecodingProcess? {
    idle.withLock { idle in
      idle.lastIndex { $0.process.kind == kind }.map { idle.remove(at: $0).process }
    }
  }

  /// Keeps a process that has done its work for the next picture.
  func giveBack(_ process: DecodingProcess) {
    guard !process.isWornOut else { return process.end() }
    idle.withLock { $0.append(Idle(process: process, since: .now)) }
  }

  /// Ends processes that have had nothing to do for so long.
  func endIdle(for duration: Duration) {
    let now = ContinuousClock.now
    let ended = idle.withLock { idle in
      let ended = idle.filter { now - $0.since >= duration }
      idle.removeAll { now - $0.since >= duration }
      return ended
    }
    for entry in ended { entry.process.end() }
  }
}
