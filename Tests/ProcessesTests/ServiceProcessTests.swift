import Foundation
import Processes
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that stays, seen from whoever started it.
@Suite struct ServiceProcessTests {
  /// Two programs that do nothing but compute, on one processor.
  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/taskset"),
      "needs taskset(1) to keep two programs on one processor"))
  func `A program that waits for a processor is told from one that rests`() throws {
    let programs = try (0..<2).map { _ in
      try start("/usr/bin/taskset", ["-c", "0", "/bin/sh", "-c", "while :; do :; done"])
    }
    let resting = try start("/bin/sleep", ["1000"])
    defer { for program in programs + [resting] { program.end() } }
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(60)
    while !programs.allSatisfy({ ($0.waitingTime ?? .zero) > .milliseconds(20) }) {
      guard clock.now < deadline else {
        Issue.record("neither had to wait: \(programs.map(\.waitingTime))")
        return
      }
      _ = poll(nil, 0, 10)
    }
    // It rests once it sleeps: then no time is added.
    var former = resting.waitingTime
    while clock.now < deadline {
      _ = poll(nil, 0, 50)
      if resting.waitingTime == former { return }
      former = resting.waitingTime
    }
    Issue.record("a program that sleeps waits for a processor")
  }

  private func start(_ path: String, _ arguments: [String]) throws -> ServiceProcess {
    let socket = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(socket) }
    return try ServiceProcess(path: path, arguments: arguments, environment: [:], socket: socket)
  }
}
