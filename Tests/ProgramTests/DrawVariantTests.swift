import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// Several pictures of one prompt, and drawings that did not come to their end, on the screen.
@Suite(.seated) struct DrawVariantTests {
  /// Enters a line, and waits until its picture is whole.
  private func draw(
    _ program: TerminalProgram, _ line: String, shows name: String, _ place: String
  ) throws {
    program.enter(line)
    try program.waits(until: "the picture is whole", within: .slow) {
      $0.text.contains("\(name) 816×816") && $0.text.contains(place)
        && !$0.text.contains("unfinished") && !$0.text.contains("Esc stops")
    }
  }

  @Test func `Each picture of a turn is reached, and the next message takes the one in sight`()
    async throws
  {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      try draw(
        program, "/draw --model demo-image --size 816x816 a cat", shows: "▦ 1 a cat", "demo-image")
      try draw(
        program, "/redraw with a hat", shows: "with a hat", "‹2/2› goes with the next message")
      try draw(program, "/redraw", shows: "with a hat", "‹3/3› goes with the next message")
      try draw(program, "/redraw in snow", shows: "in snow", "‹4/4› goes with the next message")
      for place in 1...3 {
        program.press(.left.withAlt)
        try program.waits(for: "‹\(4 - place)/4› goes with the next message", within: .slow)
      }
      try program.waits(for: "Variant 1 of 4.", within: .slow)
      program.enter("/variant 2")
      try program.waits(for: "Variant 2 of 4.", within: .slow)
      program.enter("What is on it?")
      try program.waits(until: "the reply is there", within: .slow) {
        !$0.text.contains("Esc stops") && log.questionCount == 1
      }
      let question = try #require(try log.sent().last)
      #expect(question.messages.flatMap(\.pictures).count == 2)
      program.enter("/variant 4 2")
      try program.waits(for: "Variant 4 of 4.", within: .slow)
    }
  }

  /// Marks a part of the picture that is open.
  private func mark(_ program: TerminalProgram) throws {
    program.enter("/mask")
    try program.waits(for: "0 % is marked", within: .slow)
    for key in ["b", "L", "J", " "] { program.type(key) }
    try program.waits(until: "some is marked", within: .slow) {
      !$0.text.contains("0 % is marked") && $0.text.contains("% is marked")
    }
    program.press(.enter)
    try program.waits(for: "% of picture 1 is marked: /redraw WORDS changes it.", within: .slow)
  }

  /// Whether an edit that reached the server had a mask, for each of them.
  private func masks(_ log: RequestLog) -> [Bool] {
    log.requests.filter { $0.path.hasSuffix("/edits") }
      .map { String(decoding: $0.body, as: UTF8.self).contains("name=\"mask\"") }
  }

  @Test
  func `A masked change that was killed goes on with its mask, and half of it is sent nowhere`()
    async throws
  {
    try await withServer(pace: .milliseconds(20)) { (home, log) async throws in
      var program = try home.chat("-m", "demo")
      try draw(
        program, "/draw --model demo-image --size 816x816 a cat", shows: "▦ 1 a cat", "demo-image")
      try mark(program)
      try home.waits(untilStored: #""of_reply":true"#)
      try program.kill()
      program = try home.chat("--continue", "-m", "demo")
      try program.waits(for: "Picture 1 is still marked", within: .slow)
      program.enter("/redraw slow dog")
      try program.waits(for: "unfinished", within: .slow)
      try home.waits(untilStored: #""unfinished":true"#)
      try program.kill()
      program = try home.chat("--continue", "-m", "demo")
      try program.waits(for: "/send asks for it again, with the same", within: .slow)
      try program.waits(for: "unfinished", within: .slow)
      program.enter("/redraw a fox")
      try program.waits(until: "the picture is whole", within: .slow) {
        $0.text.contains("a fox 816×816") && !$0.text.contains("unfinished")
          && !$0.text.contains("Esc stops")
      }
      #expect(masks(log) == [true, true])
      program.enter("What is on it?")
      try program.waits(until: "the reply is there", within: .slow) {
        !$0.text.contains("Esc stops") && log.questionCount == 1
      }
      #expect(try log.sent().last?.messages.flatMap(\.pictures).count == 2)
    }
  }
}
