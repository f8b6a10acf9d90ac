import Dispatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A child that runs: its pipes are served until it has ended.
struct RunningChild {
  /// How long a child that was asked to end may take, before it is made to.
  private static let grace = Duration.milliseconds(500)
  /// The longest time between two looks at the child, in milliseconds.
  private static let longestPause: Int32 = 50

  private let program: ChildProgram
  private let child: pid_t
  /// The terminal's foreground, while the child has it.
  private let loan: ForegroundLoan?
  private let clock = ContinuousClock()
  /// When the child is late; from then on `lateness` says what becomes of it.
  private var deadline: ContinuousClock.Instant?
  private var isStopping = false
  private var isLate = false

  init(of program: ChildProgram, _ child: ChildProgram.Child) {
    self.program = program
    self.child = child.id
    loan = child.loan
    deadline = program.timeLimit.map { clock.now + $0 }
  }

  /// Blocks until the child has ended, and leaves no zombie.
  ///
  /// What it has started itself may go on with its pipes: nobody waits for that.
  mutating func wait(
    serving pipes: inout Pipes, until isStopped: () -> Bool
  ) -> ChildProgram.Outcome {
    pipes.begin(
      program.input ?? [], limit: program.byteLimit, errorLimit: program.errorLimit,
      keepingInputOpen: program.keepsInputOpen)
    var pause: Int32 = 1
    while true {
      let hasMoved = pipes.exchange(within: pause)
      // An editor is waited for without a look in between.
      let isAlone = pipes.areClosed && program.output == .terminal
      if let status = reap(isAlone ? 0 : WNOHANG) {
        loan?.end(isInterrupted: [128 + SIGINT, 128 + SIGQUIT].contains(status))
        if isStopping { endRest() }
        pipes.drain()
        return ChildProgram.Outcome(
          status: status, output: pipes.result, errors: pipes.errors, isCut: pipes.isCut,
          isLate: isLate)
      }
      if !isStopping, isStopped() { askToEnd() }
      if let deadline, clock.now >= deadline, let outcome = endLate(pipes) { return outcome }
      pause = hasMoved ? 1 : min(2 * pause, Self.longestPause)
    }
  }

  /// All that is in the child's session, or group, is meant where it has one of its own.
  private func signal(_ number: Int32) {
    kill(program.output == .terminal && loan == nil ? child : -child, number)
  }

  private mutating func askToEnd() {
    isStopping = true
    guard program.lateness == .kill else {
      deadline = clock.now
      return
    }
    signal(SIGTERM)
    deadline = clock.now + Self.grace
  }

  /// Waits for the others of a session that was asked to end, whose leader has, and makes them end
  /// when the time is up.
  ///
  /// The number is not given to another process while a session has it.
  private func endRest() {
    while let deadline, clock.now < deadline {
      guard kill(-child, 0) == 0 else { return }
      _ = poll(nil, 0, 5)
    }
    signal(SIGKILL)
  }

  /// What became of a child whose time is up; nil where it is made to end, and is waited for.
  private mutating func endLate(_ pipes: Pipes) -> ChildProgram.Outcome? {
    deadline = nil
    guard program.lateness == .leave else {
      signal(SIGKILL)
      isLate = !isStopping
      return nil
    }
    let child = child
    DispatchQueue(label: "iris.child").async { _ = waitpid(child, nil, 0) }
    return ChildProgram.Outcome(status: 0, output: pipes.result)
  }

  /// The child's status as shells count it; nil while it runs.
  ///
  /// Where Iris was started with SIGCHLD ignored, the system throws the status away: it counts as
  /// 0, and what the child has printed decides.
  private func reap(_ options: Int32) -> Int32? {
    var status: Int32 = 0
    // Only whoever lends the terminal can continue a child that Ctrl-Z stopped.
    let options = loan == nil ? options : options | WUNTRACED
    var found = waitpid(child, &status, options)
    while found < 0, errno == EINTR { found = waitpid(child, &status, options) }
    guard found != 0 else { return nil }
    let signal = status & 0x7F
    if found > 0, signal == 0x7F {
      loan?.stopped(by: status >> 8 & 0xFF)
      return nil
    }
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}
