import CProcesses
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Another program that stays and is spoken with in lines over its standard input and output.
///
/// It has a session of its own, no other descriptor, and only the variables that it is given. One thread
/// serves it for as long as it lives; what it prints is handed over on that thread, in order. Its standard
/// error is read all the time, so that it never blocks, and the end of it is kept.
package final class LineProcess: Sendable {
  /// What the program does.
  package enum Event: Equatable, Sendable {
    /// A line of its standard output, without its line feed.
    case line([UInt8])
    /// It has ended, or closed its output; its exit status as shells count it. Nothing follows.
    case ended(status: Int32)
    /// It wrote a line that is longer than the limit, and is ended for it; `ended` follows.
    case lineTooLong
  }

  private struct Orders {
    var waiting: [UInt8] = []
    var isClosing = false
    var isOver = false
    var errors: [UInt8] = []
    var closers: [CheckedContinuation<Void, Never>] = []
  }

  /// How many bytes of standard error are kept, the last ones.
  private static let errorLimit = 4_096

  private let orders = Mutex(Orders())
  /// Written to wake the thread: there are orders.
  private let wakeup: Int32

  /// Starts the program that `program` describes, without its input and limits.
  ///
  /// `onEvent` is called on the thread that serves it, and must not block. Nil where the program cannot be
  /// run.
  package init?(
    _ program: ChildProgram, lineLimit: Int, onEvent: @escaping @Sendable (Event) -> Void
  ) {
    var pipes = Pipes()
    var wake: [Int32] = [-1, -1]
    guard pipes.open(input: true, output: .captured, errors: true), cprocesses_pipe(&wake) == 0
    else {
      pipes.closeAll()
      return nil
    }
    wakeup = wake[1]
    _ = fcntl(wakeup, F_SETFL, O_NONBLOCK)
    var program = program
    program.output = .captured
    let child = program.start(with: pipes)
    guard let child, let ends = pipes.takeOwnEnds() else {
      pipes.closeAll()
      for end in wake { close(end) }
      return nil
    }
    pipes.closeChildEnds()
    let service = LineService(child: child.id, ends: ends, wakeup: wake[0], lineLimit: lineLimit)
    DispatchQueue(label: "iris.dialogue").async { [self] in
      var service = service
      service.serve(self, onEvent)
      close(wakeup)
    }
  }

  /// The end of what it wrote to standard error.
  package var errors: [UInt8] { orders.withLock { $0.errors } }

  /// Sends a line, to which a line feed is added; nothing where the program has ended.
  package func send(_ line: [UInt8]) {
    order { orders in
      guard !orders.isClosing else { return }
      orders.waiting += line
      orders.waiting.append(0x0A)
    }
  }

  /// Ends it as the Model Context Protocol wants it: its input is closed, then TERM goes to all that it
  /// has started, then KILL; returns when it is gone.
  package func end() async {
    await withCheckedContinuation { continuation in
      let isOver = orders.withLock { orders in
        orders.isClosing = true
        if !orders.isOver { orders.closers.append(continuation) }
        return orders.isOver
      }
      if isOver { continuation.resume() } else { order { _ in } }
    }
  }

  private func order(_ change: (inout Orders) -> Void) {
    orders.withLock { orders in
      change(&orders)
      // Under the lock: the descriptor is closed once it is over.
      if !orders.isOver {
        withUnsafeBytes(of: UInt8(0)) { _ = cprocesses_write(wakeup, $0.baseAddress, 1) }
      }
    }
  }
}

// What the thread does.
extension LineProcess {
  fileprivate var isClosing: Bool { orders.withLock { $0.isClosing } }

  /// Takes all that is to be sent.
  fileprivate func takeWaiting() -> [UInt8] {
    orders.withLock { orders in
      defer { orders.waiting = [] }
      return orders.waiting
    }
  }

  fileprivate func keep(errors bytes: ArraySlice<UInt8>) {
    orders.withLock { orders in
      orders.errors += bytes
      orders.errors = Array(orders.errors.suffix(Self.errorLimit))
    }
  }

  fileprivate func over() {
    let closers = orders.withLock { orders in
      orders.isOver = true
      orders.isClosing = true
      defer { orders.closers = [] }
      return orders.closers
    }
    for closer in closers { closer.resume() }
  }
}

/// The descriptors of a program and the loop that serves them.
private struct LineService {
  /// How long a program may take to end after its input was closed, and after TERM.
  private static let patience = Duration.milliseconds(1_000)
  private static let grace = Duration.milliseconds(500)

  private let child: pid_t
  private var input: Int32?
  private var output: Int32?
  private var errors: Int32?
  private let wakeup: Int32
  private let lineLimit: Int
  private var rest: ArraySlice<UInt8> = []
  private var line: [UInt8] = []

  init(
    child: pid_t, ends: (input: Int32, output: Int32, errors: Int32), wakeup: Int32, lineLimit: Int
  ) {
    self.child = child
    (input, output, errors) = ends
    self.wakeup = wakeup
    self.lineLimit = lineLimit
    for end in [ends.input, wakeup] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
  }

  /// Serves the program until it has ended, and leaves no zombie.
  mutating func serve(
    _ process: LineProcess, _ onEvent: @Sendable (LineProcess.Event) -> Void
  ) {
    while output != nil, !process.isClosing {
      exchange(process, within: -1, onEvent)
      if line.count > lineLimit {
        onEvent(.lineTooLong)
        break
      }
    }
    let status = end(process, onEvent)
    Self.closeEnd(&output)
    Self.closeEnd(&errors)
    close(wakeup)
    process.over()
    onEvent(.ended(status: status))
  }

  /// Closes its input and waits for its end, which it is made to reach in time.
  private mutating func end(
    _ process: LineProcess, _ onEvent: @Sendable (LineProcess.Event) -> Void
  ) -> Int32 {
    let clock = ContinuousClock()
    Self.closeEnd(&input)
    var deadline = clock.now + Self.patience
    var next = [SIGTERM, SIGKILL]
    while true {
      if let status = reap() {
        // What it has started, and is still there, has no business any more.
        kill(-child, SIGTERM)
        return status
      }
      exchange(process, within: 10, onEvent)
      guard clock.now >= deadline, !next.isEmpty else { continue }
      kill(-child, next.removeFirst())
      deadline = clock.now + Self.grace
    }
  }

  private func reap() -> Int32? {
    var status: Int32 = 0
    var found = waitpid(child, &status, WNOHANG)
    while found < 0, errno == EINTR { found = waitpid(child, &status, WNOHANG) }
    guard found != 0 else { return nil }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  /// Writes and reads what can be at once, after so many milliseconds at most; −1 for any time.
  private mutating func exchange(
    _ process: LineProcess, within milliseconds: Int32,
    _ onEvent: @Sendable (LineProcess.Event) -> Void
  ) {
    if rest.isEmpty { rest = process.takeWaiting()[...] }
    var entries = [
      pollfd(fd: rest.isEmpty ? -1 : input ?? -1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: output ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakeup, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&entries, 4, milliseconds) > 0 else { return }
    if entries[3].revents != 0 { _ = Self.read(wakeup) }
    if entries[0].revents != 0 { feed() }
    if entries[2].revents != 0, let errors {
      let bytes = Self.read(errors)
      if let bytes { process.keep(errors: bytes) } else { Self.closeEnd(&self.errors) }
    }
    guard entries[1].revents != 0, let output else { return }
    guard let bytes = Self.read(output) else { return Self.closeEnd(&self.output) }
    cut(bytes, onEvent)
  }

  private mutating func feed() {
    guard let input else { return }
    let count = rest.withUnsafeBytes { cprocesses_write(input, $0.baseAddress, $0.count) }
    if count > 0 { rest = rest.dropFirst(count) }
    guard count < 0, errno != EAGAIN, errno != EINTR else { return }
    Self.closeEnd(&self.input)
    rest = []
  }

  /// Hands over the lines that `bytes` complete.
  private mutating func cut(
    _ bytes: ArraySlice<UInt8>, _ onEvent: @Sendable (LineProcess.Event) -> Void
  ) {
    var bytes = bytes
    while let feed = bytes.firstIndex(of: 0x0A) {
      line += bytes[..<feed]
      onEvent(.line(line))
      line = []
      bytes = bytes[(feed + 1)...]
    }
    line += bytes
  }

  /// The bytes that are there, none where there are none at the moment; nil at the end.
  private static func read(_ descriptor: Int32) -> ArraySlice<UInt8>? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
    if count > 0 { return buffer[..<count] }
    return count < 0 && (errno == EINTR || errno == EAGAIN) ? [] : nil
  }

  private static func closeEnd(_ descriptor: inout Int32?) {
    if let open = descriptor { close(open) }
    descriptor = nil
  }
}
