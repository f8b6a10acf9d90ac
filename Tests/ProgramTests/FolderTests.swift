import Foundation
import TerminalEmulator
import Testing

/// Folders with many pictures.
@Suite(.seated) struct FolderTests {
  /// Writes a folder of pictures, each another, and attaches it: the program asks about so many.
  private func attachTrip(
    of count: Int, side: Int, in home: Home
  ) throws -> TerminalProgram {
    try FileManager.default.createDirectory(
      atPath: home.path + "/trip", withIntermediateDirectories: true)
    for number in 1...count {
      try home.write(Samples.png(side + number, 9), to: "trip/\(number).png")
    }
    let program = try home.chat("-m", "demo")
    program.enter("/attach trip")
    try program.waits(for: "Attach \(count) pictures?", within: .slow)
    return program
  }

  @Test func `Two hundred pictures are attached after a question, with their progress`()
    async throws
  {
    try await withServer { (home, log) async throws in
      let program = try attachTrip(of: 200, side: 10, in: home)
      program.type("y")
      try program.waits(for: "of 200. Esc stops.", within: .slow)
      try program.waits(for: "Ready: 200 pictures.", within: .slow)
      program.enter("All of them")
      try program.waits(for: "No parameters were set.", within: .slow)
      #expect(try log.sent().last?.messages.last?.pictures.count == 200)
    }
  }

  @Test func `Ten are attached at once, and eleven after a question that no answers`() async throws
  {
    try await withServer { (home, _) async throws in
      let program = try attachTrip(of: 11, side: 10, in: home)
      program.enter("n")
      try program.waits(untilGone: "Attach 11", within: .slow)
      try home.remove("trip/11.png")
      program.enter("/attach trip")
      try program.waits(for: "Ready: 10 pictures.", within: .slow)
    }
  }

  @Test func `Esc stops, and what was ready stays`() async throws {
    try await withServer { (home, log) async throws in
      let program = try attachTrip(of: 200, side: 3000, in: home)
      program.type("y")
      program.press(.escape)
      try program.waits(for: "Stopped.", within: .slow)
      // Nothing goes on behind the back: the next picture is ready at once.
      program.enter("/detach all")
      // Where Esc came before the first was ready there is nothing to detach, and the line stays.
      try program.waits(untilGone: "Stopped.", within: .slow)
      program.press(.control("u"))
      try home.write(Samples.png(7, 7), to: "one.png")
      program.enter("/attach one.png")
      try program.waits(for: "one.png 7×7", within: .slow)
      try program.asks("One")
      #expect(try log.sent().last?.messages.last?.pictures.count == 1)
    }
  }
}
