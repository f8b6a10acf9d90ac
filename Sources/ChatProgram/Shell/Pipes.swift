#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The pipes to and from a child; the parent's ends never block each other.
struct Pipes {
  private(set) var childInput: Int32?
  private(set) var childOutput: Int32?
  private var input: Int32?
  private var output: Int32?

  /// Makes the pipes that are wanted; false where the process has no descriptor left.
  mutating func open(input wantsInput: Bool, output wanted: ChildProgram.Output) -> Bool {
    if wantsInput {
      guard let ends = Self.pipe() else { return false }
      (childInput, input) = ends
    }
    if case .captured = wanted {
      guard let ends = Self.pipe() else { return false }
      (output, childOutput) = ends
    }
    return true
  }

  private static func pipe() -> (Int32, Int32)? {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  mutating func closeChildEnds() {
    Self.close(&childInput)
    Self.close(&childOutput)
  }

  mutating func close() {
    closeChildEnds()
    Self.close(&input)
    Self.close(&output)
  }

  private static func close(_ descriptor: inout Int32?) {
    if let open = descriptor { Glibc.close(open) }
    descriptor = nil
  }

  /// Writes all of `bytes` and reads up to `limit`, whichever is ready, until the child closes or
  /// the deadline has passed.
  mutating func exchange(
    input bytes: [UInt8], limit: Int, until deadline: ContinuousClock.Instant? = nil
  ) -> [UInt8] {
    // A child that closes its input early must show as a failed write, not end this program.
    signal(SIGPIPE, SIG_IGN)
    if let input { _ = fcntl(input, F_SETFL, O_NONBLOCK) }
    var rest = bytes[...]
    var result: [UInt8] = []
    if rest.isEmpty { Self.close(&input) }
    while input != nil || output != nil {
      var entries = [
        pollfd(fd: input ?? -1, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: output ?? -1, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&entries, 2, Self.milliseconds(until: deadline))
      guard count > 0 || (count < 0 && errno == EINTR) else { break }
      if entries[0].revents != 0 { write(&rest) }
      if entries[1].revents != 0 { read(into: &result, limit: limit) }
    }
    return result
  }

  /// What is left until a deadline, rounded up; -1 without one.
  private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let left = (deadline - ContinuousClock().now) / .milliseconds(1)
    return Int32(min(max(left.rounded(.up), 0), 86_400_000))
  }

  private mutating func write(_ rest: inout ArraySlice<UInt8>) {
    guard let input else { return }
    let count = rest.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
    if count > 0 { rest = rest.dropFirst(count) }
    let isOver = rest.isEmpty || (count < 0 && errno != EAGAIN && errno != EINTR)
    if isOver { Self.close(&self.input) }
  }

  private mutating func read(into result: inout [UInt8], limit: Int) {
    guard let output else { return }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = buffer.withUnsafeMutableBytes { Glibc.read(output, $0.baseAddress, $0.count) }
    if count > 0 { result += buffer[..<count] }
    let isOver = count == 0 || (count < 0 && errno != EINTR) || result.count > limit
    if isOver { Self.close(&self.output) }
  }
}
