import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// Pictures that a model makes in its reply, from the question to the file and the screen.
@Suite(.seated) struct PictureToolTests {
  @Test func `ask prints the reply alone, and writes the picture where draw would`() async throws {
    try await withServer { (home, log) async throws in
      let call = [
        "ask", "-m", "demo", "--pictures", "--set", "picture_size=816x816", "draw a red cat",
      ]
      let outcome = try home.run(call)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("What was sent") && !outcome.output.contains(".png"))
      #expect(outcome.errors.contains("The reply has a picture: draw-a-red-cat.png"))
      let png = try Data(contentsOf: URL(filePath: home.path + "/draw-a-red-cat.png"))
      #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
      let sent = try #require(log.requests.first { $0.path == "/v1/responses" })
      #expect(sent.text.contains(#""type":"image_generation""#))
      // Nobody would see unfinished ones, and they cost tokens.
      #expect(!sent.text.contains("partial_images"))
      #expect(try home.run(call).errors.contains("draw-a-red-cat-2.png"))
    }
  }

  @Test func `Without being asked for, no picture is offered`() async throws {
    try await withServer { (home, log) async throws in
      #expect(try home.run("ask", "-m", "demo", "--web", "draw a cat").status == 0)
      #expect(log.requests.allSatisfy { !$0.text.contains("image_generation") })
    }
  }

  @Test func `On chat it is told that there is no such tool, and what works`() async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.run(
        "ask", "-m", "demo", "--api", "chat", "--pictures", "draw a cat")
      #expect(outcome.status == 0)
      #expect(
        outcome.errors.contains(
          "/chat/completions has no tool that makes pictures: it is left out. /draw and iris draw make them."
        ))
    }
  }

  @Test func `A folder that cannot be written to is told before anything is asked for`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try FileManager.default.createDirectory(
        atPath: home.path + "/shut", withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o500])
      let outcome = try home.shell(
        "cd shut && $IRIS ask -m demo --pictures draw a cat < /dev/null")
      guard getuid() != 0 else { return }
      #expect(outcome.status == 73, "\(outcome.errors)")
      #expect(!log.requests.contains { $0.path == "/v1/responses" })
    }
  }

  @Test func `The screen shows the picture, which goes back with the next question`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("/pictures on")
      try program.waits(for: "The model may make pictures in its replies", within: .slow)
      program.enter("/set picture_size 816x816")
      try program.waits(for: "picture_size", within: .slow)
      try program.asks("draw a cat")
      try program.waits(for: "a cat, in great detail", within: .slow)
      let first = try #require(log.requests.last { $0.path == "/v1/responses" })
      #expect(first.text.contains(#""partial_images":2"#))
      program.enter("What is on it?")
      try program.waits(for: "3. user: [picture 1, from above] What is on it?", within: .slow)
      let next = try #require(log.requests.last { $0.path == "/v1/responses" })
      #expect(next.text.contains(#""image_url":"data:image/png;base64,"#))
      program.enter("/export talk.md")
      try program.waits(for: "talk.md", within: .slow)
      #expect(try home.text(of: "talk.md").contains("A picture, made by the server"))
    }
  }

  @Test func `What the server keeps is named to it`() async throws {
    try await withServer { (home, log) async throws in
      try FileManager.default.createDirectory(
        atPath: home.path + "/config/iris", withIntermediateDirectories: true)
      try home.write(Array("store: on\n".utf8), to: "config/iris/config.yaml")
      let options = ["-m", "demo", "--pictures"]
      #expect(
        try home.run(
          ["ask", "--save", "talk", "--set", "picture_size=816x816"] + options + ["draw a cat"]
        ).status == 0)
      #expect(try home.run(["ask", "--load", "talk"] + options + ["And now?"]).status == 0)
      let next = try #require(log.requests.last { $0.path == "/v1/responses" })
      #expect(next.text.contains(#"{"type":"item_reference","id":"ig_demo"}"#))
      #expect(!next.text.contains("data:image/png"))
    }
  }

  @Test func `A reply that breaks off between two states keeps the last one`() async throws {
    try await withServer { (home, _) async throws in
      let program = try home.chat("-m", "demo-cut")
      program.enter("/pictures on")
      try program.waits(for: "The model may make pictures in its replies", within: .slow)
      program.enter("/set picture_size 816x816")
      try program.waits(for: "picture_size", within: .slow)
      program.enter("draw a cat")
      try program.waits(for: "cut off", within: .slow)
      try program.waits(for: "816×816", within: .slow)
    }
  }
}
