import CCodecs
import Processes

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One confined process that decodes pictures, one at a time, for whoever holds this value.
struct DecodingProcess: Sendable {
  let kind: DecodingKind
  private let process: ServiceProcess
  private let socket: Int32

  /// Why a picture was not decoded; the process is of no more use.
  enum Fault: Error, Equatable {
    /// It ended by itself, or was killed.
    case gone
    case stopped(after: Duration)
    case cancelled
  }

  /// The time that decoding may take.
  struct Allowance {
    /// Of a processor, for one picture.
    var processorTime: Duration
    /// Without taking any processor time: a process that waits for something, or is stopped.
    ///
    /// One that only waits for its turn on a busy machine is not at rest.
    var rest: Duration
  }

  init(
    _ kind: DecodingKind, program: String, arguments: [String]
  ) throws(ServiceProcess.StartFailure) {
    var ends: [Int32] = [-1, -1]
    guard codec_make_sockets(&ends) == 0 else { throw ServiceProcess.StartFailure(code: errno) }
    defer { close(ends[1]) }
    do {
      process = try ServiceProcess(
        path: program, arguments: arguments + [kind.rawValue], environment: Self.environment,
        socket: ends[1])
    } catch {
      close(ends[0])
      throw error
    }
    self.kind = kind
    socket = ends[0]
  }

  /// Where its libraries are, and fonts; nothing else of the user's environment is its business.
  private static let environment: [String: String] = {
    var environment: [String: String] = [:]
    for name in ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "HOME"] {
      environment[name] = getenv(name).map { String(cString: $0) }
    }
    return environment
  }()

  /// Whether it waits for work, which one that was killed meanwhile does not.
  var isReady: Bool {
    var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) == 0
  }

  /// The processor time after which it is not used again, well before its limit (confine.c).
  var isWornOut: Bool { process.processorTime.map { $0 > .seconds(300) } ?? false }

  func end() {
    process.end()
    close(socket)
  }

  /// Decodes the picture in `file` into the memory behind `pixels`.
  func decode(
    _ job: codec_job, file: Int32, pixels: Int32, within allowance: Allowance,
    isCancelled: () -> Bool
  ) throws(Fault) -> codec_status {
    var job = job
    guard codec_send_job(socket, &job, file, pixels) else { throw .gone }
    var watch = Watch(process, allowance)
    var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    while poll(&entry, 1, 50) <= 0 {
      guard !isCancelled() else { throw .cancelled }
      if let time = watch.overrun() { throw .stopped(after: time) }
    }
    var status: UInt32 = 0
    guard codec_receive_status(socket, &status) else { throw .gone }
    return codec_status(rawValue: status)
  }

  /// Looks now and then at how long a process has been at one picture.
  private struct Watch {
    private let process: ServiceProcess
    private let allowance: Allowance
    private let start: Duration
    private var last: Duration
    private var lastWait = Duration.zero
    private var moved = ContinuousClock.now

    init(_ process: ServiceProcess, _ allowance: Allowance) {
      self.process = process
      self.allowance = allowance
      start = process.processorTime ?? .zero
      last = start
    }

    /// The allowance that is used up, or nil.
    mutating func overrun() -> Duration? {
      // Where the system does not tell processor time, the clock on the wall has to do.
      let time = process.processorTime ?? last
      let wait = process.waitingTime ?? lastWait
      if time - last > .milliseconds(5) || wait - lastWait > .milliseconds(5) {
        (last, lastWait, moved) = (time, wait, ContinuousClock.now)
      }
      if time - start > allowance.processorTime { return allowance.processorTime }
      return ContinuousClock.now - moved > allowance.rest ? allowance.rest : nil
    }
  }
}
