import Foundation
import TerminalEmulator
import Testing

/// The open files of the program, and what of them the programs get that it starts.
@Suite(.seated, .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd")))
struct DescriptorTests {
  /// Lists the shell's own descriptors, from a program beside it.
  private static let listing = "ls -m /proc/$$/fd; true"

  @Test func `A command gets its standard descriptors alone, while a reply streams from the demo`()
    throws
  {
    let home = try Home()
    let program = try home.chat("-m", "demo")
    try program.asks("Hello")
    program.enter("/model demo-slow")
    program.enter("count 100000")
    try program.waits(until: "some came", within: .slow) { $0.lastCounted ?? 0 > 3 }
    program.enter("/pipe \(Self.listing)")
    try program.waits(for: "\(Self.listing): 0, 1, 2", within: .slow)
    #expect(!program.screen.contains("\(Self.listing): 0, 1, 2,"))
    program.press(.escape)
  }

  @Test
  func `While a reply streams and the store is open, every file of ours is closed by an exec`()
    async throws
  {
    try await withServer(pace: .milliseconds(10)) { (home, _) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("count 100000")
      try program.waits(until: "some came", within: .slow) { $0.lastCounted ?? 0 > 20 }
      let open = try leftOpen(of: program.pid)
      #expect(open == [])
      program.press(.escape)
    }
  }

  @Test func `Where too few threads can be started every call says so and ends`() throws {
    let home = try Home()
    // Eight stacks of this size are more than there is room for.
    for call in ["list", "ask hello", "tools", "draw a cat"] {
      let outcome = try home.shell(
        "ulimit -s 131072 && ulimit -v 1000000 && exec \"$IRIS\" \(call)")
      #expect(outcome.status == 69)
      #expect(outcome.errors.contains("The system starts too few threads for Iris here."))
    }
  }

  /// The descriptors from 3 on of a process that an exec leaves open, and what they are (proc(5)).
  ///
  /// Without sockets: libcurl opens its own in this way, and nobody can tell it to do otherwise.
  private func leftOpen(of process: Int32) throws -> [String] {
    let files = FileManager.default
    let numbers = try files.contentsOfDirectory(atPath: "/proc/\(process)/fd").compactMap(Int.init)
    return numbers.filter { $0 > 2 }.compactMap { number in
      let info = try? String(contentsOfFile: "/proc/\(process)/fdinfo/\(number)", encoding: .utf8)
      let line = info?.split(separator: "\n").first { $0.hasPrefix("flags:") }
      let flags = line.flatMap { Int($0.dropFirst(6).filter(\.isNumber), radix: 8) }
      guard let flags, Int32(truncatingIfNeeded: flags) & O_CLOEXEC == 0 else { return nil }
      let target = try? files.destinationOfSymbolicLink(atPath: "/proc/\(process)/fd/\(number)")
      return target.flatMap { $0.hasPrefix("socket:") ? nil : "\(number): \($0)" }
    }
  }
}
