import Foundation
import TerminalEmulator
import Testing

/// Folders with many pictures.
@Suite(.seated) struct FolderTests {
  /// A folder of pictures, each another.
  private func fill(_ home: Home, _ count: Int, side: Int) throws {
    try FileManager.default.createDirectory(
      atPath: home.path + "/trip", withIntermediateDirectories: true)
    for number in 1...count {
      try home.write(Samples.png(side + number, 9), to: "trip/\(number).png")
    }
  }

  @Test func `Two hundred pictures are attached after a question, with their progress`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try fill(home, 200, side: 10)
      let program = try home.chat("-m", "demo")
      program.enter("/attach trip")
      try program.waits(for: "Attach 200 pictures?", within: .slow)
      program.type("y")
      try program.waits(for: "of 200 pictures are done. Esc stops.", within: .slow)
      try program.waits(for: "200 pictures are ready.", within: .slow)
      program.enter("All of them")
      try program.waits(for: "No parameters were set.", within: .slow)
      #expect(try log.sent().last?.messages.last?.pictures.count == 200)
    }
  }

  @Test func `Ten are attached at once, and eleven after a question that no answers`() async throws
  {
    try await withServer { (home, _) async throws in
      try fill(home, 11, side: 10)
      let program = try home.chat("-m", "demo")
      program.enter("/attach trip")
      try program.waits(for: "Attach 11 pictures?", within: .slow)
      program.enter("n")
      try program.waits(untilGone: "Attach 11", within: .slow)
      try home.remove("trip/11.png")
      program.enter("/attach trip")
      try program.waits(for: "10 pictures are ready.", within: .slow)
    }
  }

  @Test func `Esc stops, and what was ready stays`() async throws {
    try await withServer { (home, log) async throws in
      try fill(home, 200, side: 3000)
      let program = try home.chat("-m", "demo")
      program.enter("/attach trip")
      try program.waits(for: "Attach 200 pictures?", within: .slow)
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
