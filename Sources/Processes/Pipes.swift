import CProcesses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The pipes to and from a child; the parent's ends never block each other.
struct Pipes {
  private(set) var childInput: Int32?
  private(set) var childOutput: Int32?
  private(set) var childErrors: Int32?
  /// What has been read so far.
  private(set) var result: [UInt8] = []
  /// The beginning of what came on standard error.
  private(set) var errors: [UInt8] = []
  /// Whether more came than was to be read.
  private(set) var isCut = false
  private var input: Int32?
  private var output: Int32?
  private var errorOutput: Int32?
  private var rest: ArraySlice<UInt8> = []
  private var limit = 0
  private var errorLimit = 0
  private var keepsInputOpen = false

  /// Makes the pipes that are wanted; false where the process has no descriptor left.
  mutating func open(
    input wantsInput: Bool, output wanted: ChildProgram.Output, errors wantsErrors: Bool = false
  ) -> Bool {
    if wantsInput {
      guard let ends = Self.ends() else { return false }
      (childInput, input) = ends
    }
    if case .captured = wanted {
      guard let ends = Self.ends() else { return false }
      (output, childOutput) = ends
    }
    if wantsErrors {
      guard let ends = Self.ends() else { return false }
      (errorOutput, childErrors) = ends
    }
    return true
  }

  /// The ends of a new pipe: what is written to the second is read from the first.
  private static func ends() -> (Int32, Int32)? {
    var ends: [Int32] = [-1, -1]
    guard cprocesses_pipe(&ends) == 0 else { return nil }
    return (ends[0], ends[1])
  }

  /// This program's ends, which are the caller's to close from now on: what is written to the child, read
  /// from it, and read of its standard error.
  mutating func takeOwnEnds() -> (input: Int32, output: Int32, errors: Int32)? {
    guard let input, let output, let errorOutput else { return nil }
    (self.input, self.output, self.errorOutput) = (nil, nil, nil)
    return (input, output, errorOutput)
  }

  mutating func closeChildEnds() {
    Self.closeEnd(&childInput)
    Self.closeEnd(&childOutput)
    Self.closeEnd(&childErrors)
  }

  mutating func closeAll() {
    closeChildEnds()
    Self.closeEnd(&input)
    Self.closeEnd(&output)
    Self.closeEnd(&errorOutput)
  }

  private static func closeEnd(_ descriptor: inout Int32?) {
    if let open = descriptor { close(open) }
    descriptor = nil
  }
}

extension Pipes {
  var areClosed: Bool { input == nil && output == nil && errorOutput == nil }

  /// Sets out to write all of `bytes`, and to read all, of which up to `limit` is kept, and of standard
  /// error up to `errorLimit`.
  mutating func begin(
    _ bytes: [UInt8], limit: Int, errorLimit: Int = 0, keepingInputOpen: Bool = false
  ) {
    self.errorLimit = errorLimit
    keepsInputOpen = keepingInputOpen
    if let input { _ = fcntl(input, F_SETFL, O_NONBLOCK) }
    rest = bytes[...]
    self.limit = limit
    if rest.isEmpty, !keepsInputOpen { Self.closeEnd(&input) }
  }

  /// Writes and reads what can be at once, after so many milliseconds at most; whether anything
  /// could.
  mutating func exchange(within milliseconds: Int32) -> Bool {
    var entries = [
      pollfd(fd: rest.isEmpty ? -1 : input ?? -1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: output ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errorOutput ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&entries, 3, milliseconds) > 0 else { return false }
    if entries[0].revents != 0 { feed() }
    if entries[1].revents != 0 { readOutput() }
    if entries[2].revents != 0 { readErrors() }
    return true
  }

  /// Reads what a child that has ended left, as far as it is to be kept.
  mutating func drain() {
    Self.closeEnd(&input)
    // What floods on after its end is not waited for.
    var turns = 0
    while output != nil || errorOutput != nil, !isCut, turns < 1_024, exchange(within: 0) {
      turns += 1
    }
  }

  /// Writes to the child what it takes at once.
  private mutating func feed() {
    guard let input else { return }
    let count = rest.withUnsafeBytes { cprocesses_write(input, $0.baseAddress, $0.count) }
    if count > 0 { rest = rest.dropFirst(count) }
    let isOver = rest.isEmpty && !keepsInputOpen || (count < 0 && errno != EAGAIN && errno != EINTR)
    if isOver { Self.closeEnd(&self.input) }
  }

  /// Reads what the child has written, and keeps of it what there is room for.
  private mutating func readOutput() {
    guard let bytes = Self.read(from: &output) else { return }
    let room = limit - result.count
    result += bytes.prefix(room)
    isCut = isCut || bytes.count > room
  }

  private mutating func readErrors() {
    guard let bytes = Self.read(from: &errorOutput) else { return }
    errors += bytes.prefix(errorLimit - errors.count)
  }

  /// The bytes that are there; nil at the end, at which the descriptor is closed.
  private static func read(from descriptor: inout Int32?) -> ArraySlice<UInt8>? {
    guard let open = descriptor else { return nil }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = buffer.withUnsafeMutableBytes { systemRead(open, $0.baseAddress, $0.count) }
    if count > 0 { return buffer[..<count] }
    if count == 0 || errno != EINTR { closeEnd(&descriptor) }
    return nil
  }
}

/// `read(2)`, whose name methods hide.
func systemRead(_ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, start, count)
}
