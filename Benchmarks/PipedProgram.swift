#if canImport(Glibc)
  import Glibc
#endif

/// A program whose output goes to a pipe that is read to its end, and what it cost.
struct PipedProgram {
  var seconds = 0.0
  var peakMiB = 0.0
  var byteCount = 0
  var status: Int32 = 0

  /// Runs a program to its end; nil where it cannot be started.
  init?(_ arguments: [String], environment: [String: String], input: String = "/dev/null") {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    var child = pid_t()
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    let code = posix_spawnp(&child, arguments[0], &actions, nil, &words, &variables)
    close(ends[1])
    defer { close(ends[0]) }
    guard code == 0 else { return nil }
    follow(child, ends[0])
    var usage = rusage()
    wait4(child, &status, 0, &usage)
    seconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
  }

  /// Reads what a child writes until it has ended, and looks at its memory meanwhile.
  ///
  /// The most that it had is kept by the kernel as long as it lives (`VmHWM`), so that only what
  /// happens in its last five milliseconds can be missed. `ru_maxrss` would be of no use: it is
  /// inherited over execve(2), and is never less than this process's own.
  private mutating func follow(_ child: pid_t, _ descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let isReady = poll(&entry, 1, 5) > 0
      peakMiB = max(peakMiB, ProcessFigures.peakMiB(of: child))
      guard isReady else { continue }
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return }
      byteCount += count
    }
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }
}
