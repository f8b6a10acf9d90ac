import Foundation
import TerminalEmulator
import Testing

/// A program that waits for its user.
@Suite(.seated) struct IdleTests {
  /// What wakes a process at a time: libdispatch's clock, where it has ever been wound up.
  private static let timer = "anon_inode:[timerfd]"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd")))
  func `After a reply and a picture, nothing is left that would wake it`() async throws {
    try await withServer { (home, _) async throws in
      try home.write(Samples.png(3, 3), to: "a.png")
      let program = try home.chat("-m", "demo")
      program.enter("/attach a.png")
      try program.waits(for: "a.png 3×3", within: .slow)
      try program.asks("Look")
      let open = try descriptors(of: program.pid)
      #expect(!open.isEmpty)
      #expect(!open.contains(Self.timer))
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd")))
  func `After a request that was to be sent again, nothing is left that would wake it`()
    async throws
  {
    try await withServer { (home, _) async throws in
      let program = try home.chat("-m", "demo-error-503", columns: 120)
      program.enter("Hello")
      try program.waits(for: "trying again in 1 s, Esc stops: ", within: .slow)
      try program.waits(for: "not answered yet, /send asks again", within: .slow)
      #expect(!(try descriptors(of: program.pid).contains(Self.timer)))
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd")))
  func `After the store's copy is made, nothing is left that would wake it`() async throws {
    try await withServer { (home, _) async throws in
      let program = try home.chat("-m", "demo")
      try program.asks("Look")
      // Of which the screen says nothing.
      var isMade: Bool {
        FileManager.default.fileExists(atPath: home.path + "/data/iris/iris.sqlite-backup")
      }
      let deadline = ContinuousClock.now + .slow
      while !isMade, ContinuousClock.now < deadline {
        try? program.waits(until: "the copy is made", within: .milliseconds(50)) { _ in isMade }
      }
      try #require(isMade)
      #expect(!(try descriptors(of: program.pid).contains(Self.timer)))
    }
  }

  /// What the descriptors of a process are (proc(5), `/proc/PID/fd`).
  private func descriptors(of process: Int32) throws -> [String] {
    let folder = "/proc/\(process)/fd"
    let files = FileManager.default
    return try files.contentsOfDirectory(atPath: folder).compactMap {
      try? files.destinationOfSymbolicLink(atPath: folder + "/" + $0)
    }
  }
}
