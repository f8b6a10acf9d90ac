import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// `iris draw` and `/draw`, from the prompt to the file and the screen.
@Suite(.seated) struct DrawTests {
  /// The size that a PNG's header tells.
  private func size(of name: String, in home: Home) throws -> [Int] {
    let png = [UInt8](try Data(contentsOf: URL(filePath: home.path + "/" + name)))
    try #require(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    return [16, 20].map { start in png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
  }

  private func exists(_ name: String, in home: Home) -> Bool {
    FileManager.default.fileExists(atPath: home.path + "/" + name)
  }

  @Test func `A picture is written under a name of its prompt, whose path is all that is printed`()
    async throws
  {
    try await withServer { (home, _) async throws in
      let outcome = try home.run("draw", "--size", "816x816", "A cat,", "in oil")
      #expect(outcome.status == 0)
      #expect(outcome.output == "a-cat-in-oil.png\n")
      #expect(outcome.errors.contains("demo-image 816x816 low: "))
      #expect(try size(of: "a-cat-in-oil.png", in: home) == [816, 816])
      // The same again takes another name, and loses nothing.
      #expect(
        try home.run("draw", "--size", "816x816", "A cat, in oil").output == "a-cat-in-oil-2.png\n")
      #expect(try home.run("usage").output.contains("demo-image"))
      #expect(!exists("cache/arriving", in: home) || isEmpty("cache/arriving", in: home))
    }
  }

  private func isEmpty(_ name: String, in home: Home) -> Bool {
    (try? FileManager.default.contentsOfDirectory(atPath: home.path + "/" + name))?.isEmpty == true
  }

  @Test func `A file that is there is left alone, before anything is asked for`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Array("mine".utf8), to: "cat.png")
      let refused = try home.run("draw", "a cat", "-o", "cat.png")
      #expect(refused.status == 73)
      #expect(
        refused.errors
          == "iris: cat.png is there already: choose another name with -o, or add --force.\n")
      #expect(try home.text(of: "cat.png") == "mine")
      #expect(!log.requests.contains { $0.path.hasSuffix("/generations") })
      #expect(try home.run("draw", "a cat", "-o", "cat.png", "--force").status == 0)
      #expect(try size(of: "cat.png", in: home) == [1024, 1024])
    }
  }

  @Test func `Several pictures get numbers, and are told as JSON`() async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.run(
        "draw", "-n", "2", "--size", "816x816", "-o", "cat.png", "--json", "a cat")
      #expect(outcome.status == 0)
      let list = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let rows = try #require(list as? [[String: Any]])
      #expect(rows.compactMap { $0["path"] as? String } == ["cat-1.png", "cat-2.png"])
      #expect(rows.compactMap { $0["width"] as? Int } == [816, 816])
      let first = try home.text64(of: "cat-1.png")
      #expect(try home.text64(of: "cat-2.png") != first)
    }
  }

  @Test func `Each of several styles is a request of its own`() async throws {
    try await withServer { (home, log) async throws in
      let outcome = try home.run(
        "draw", "--each", "Photo, Cartoon, Illustration", "--size", "816x816", "a cat")
      #expect(outcome.output == "a-cat-1.png\na-cat-2.png\na-cat-3.png\n")
      let bodies = log.requests.filter { $0.path.hasSuffix("/generations") }
        .map { String(decoding: $0.body, as: UTF8.self) }
      #expect(bodies.count == 3)
      #expect(bodies.allSatisfy { $0.contains("a cat") } && bodies[1].contains("Cartoon"))
    }
  }

  @Test func `A server of the other shape gets its settings, and its address is fetched`()
    async throws
  {
    try await withServer { (home, log) async throws in
      let outcome = try home.run(
        "draw", "-m", "demo-dall-e", "--quality", "hd", "--style", "vivid", "--size", "16:9",
        "a cat")
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("iris: The server drew: a cat, in great detail\n"))
      #expect(try size(of: "a-cat.png", in: home) == [1792, 1024])
      let body = try #require(log.requests.last(where: { $0.path.hasSuffix("/generations") })).body
      let json = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
      #expect(json?["response_format"] as? String == "b64_json")
      #expect(json?["style"] as? String == "vivid" && json?["quality"] as? String == "hd")
    }
  }

  @Test func `A picture is changed where the mask is transparent, and nowhere else`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(48, 48), to: "a.png")
      // Its first pixel alone is open.
      try home.write(Samples.mask(48, 48, alpha: 255, first: 0), to: "closed.png")
      try home.write(Samples.mask(48, 48, alpha: 0), to: "open.png")
      for (mask, prompt) in [("closed", "a cat"), ("closed", "a cat!"), ("open", "a cat")] {
        let outcome = try home.run(
          "draw", "-i", "a.png", "--mask", mask + ".png", "--size", "816x816", "--seed", "5", prompt
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
      }
      let edits = log.requests.filter { $0.path.hasSuffix("/edits") }
      #expect(edits.count == 3)
      #expect(
        edits.allSatisfy {
          $0.headers.contains { $0.value.hasPrefix("multipart/form-data; boundary=") }
        })
      // Where next to nothing is to be changed the words change nothing.
      let (cat, dog) = (try home.text64(of: "a-cat.png"), try home.text64(of: "a-cat-2.png"))
      #expect(cat == dog)
      #expect(try home.text64(of: "a-cat-3.png") != cat)
    }
  }

  @Test(
    arguments: [
      ([], 64, "There is no prompt. Write one: iris draw PROMPT"),
      (["refuse this"], 69, "refuses the prompt (demo): word it otherwise."),
      (["refuse picture of it"], 69, "made a picture and held it back (demo)"),
      (["-i", "none.png", "a"], 66, "none.png"),
      (["-i", "text.png", "a"], 65, "text.png"),
      (["--mask", "a.png", "a"], 64, "A mask needs the picture that it is for: add -i PICTURE."),
      (
        ["-i", "a.png", "--mask", "b.png", "a"], 65,
        "The mask has 8×8, the picture 6×4: both must be of one size."
      ),
      (
        ["-i", "a.png", "--mask", "a.png", "a"], 65,
        "The mask has no transparent pixels: those say where the picture is changed."
      ),
      (
        ["-i", "a.png", "--mask", "opaque.png", "a"], 65,
        "The mask has no transparent pixels: those say where the picture is changed."
      ),
      (
        ["--quality", "hd", "-m", "demo-image", "a"], 64,
        "demo-image knows no quality hd. It knows: low, medium, high, auto."
      ),
      (["-m", "demo-error-429", "a"], 69, "wants fewer requests"),
    ] as [([String], Int32, String)]) func `What cannot be drawn is told in one sentence`(
      arguments: [String], status: Int32, sentence: String
    ) async throws
  {
    try await withServer { (home, _) async throws in
      try home.write(Samples.png(6, 4), to: "a.png")
      try home.write(Samples.png(8, 8), to: "b.png")
      try home.write(Samples.mask(6, 4, alpha: 255), to: "opaque.png")
      try home.write(Array("no picture".utf8), to: "text.png")
      let outcome = try home.run(["draw"] + arguments)
      #expect(outcome.status == status, "\(outcome.errors)")
      #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
      #expect(outcome.output == "")
    }
  }

  @Test func `A model that is gone names what replaces it`() async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.run("draw", "-m", "demo-error-404", "a cat")
      #expect(outcome.status == 69)
      #expect(outcome.errors.contains("has no model demo-error-404: name another with --model."))
    }
  }

  @Test func `The prompt may be piped in`() async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.run("draw", "--size", "816x816", input: "a cat\n")
      #expect(outcome.output == "a-cat.png\n")
    }
  }

  // MARK: - On the screen

  @Test func `A drawing is shown, kept, changed, asked about, and there after a kill`() async throws
  {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("/draw --model demo-image --size 816x816 a cat")
      try program.waits(for: "▦ 1 a cat 816×816", within: .slow)
      try program.waits(until: "it is over", within: .slow) { !$0.text.contains("Esc stops") }
      program.enter("/redraw with a hat")
      try program.waits(for: "with a hat 816×816", within: .slow)
      try program.waits(until: "it is over", within: .slow) { !$0.text.contains("Esc stops") }
      program.enter("/save cats")
      try program.waits(for: "cats", within: .slow)
      program.enter("What is on it?")
      // The model gets both: the picture that was changed, and the one that was made of it.
      try program.waits(for: "816×816", within: .slow)
      try program.waits(until: "the reply is there", within: .slow) {
        !$0.text.contains("Esc stops") && log.questionCount == 1
      }
      let question = try #require(try log.sent().last)
      #expect(question.messages.flatMap(\.pictures).count == 2)
      try program.kill()
      let again = try home.chat("--continue", "-m", "demo")
      try again.waits(for: "What is on it?", within: .slow)
      #expect(try again.quits() == .status(0))
      let export = try home.run("export", "cats", "-", "--format", "html")
      #expect(export.output.components(separatedBy: "data:image/png;base64,").count == 3)
    }
  }

  @Test func `A prompt that is refused comes back into the composer`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("/draw --model demo-image refuse this")
      try program.waits(for: "refuses the prompt (demo)", within: .slow)
      try program.waits(for: "▸ /draw --model demo-image --quality low refuse this", within: .slow)
      #expect(log.requests.count { $0.path.hasSuffix("/generations") } == 1)
    }
  }

  @Test func `A part of a picture is marked with keys, and changed alone`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("/draw --model demo-image --size 816x816 a cat")
      try program.waits(for: "▦ 1 a cat 816×816", within: .slow)
      try program.waits(until: "it is over", within: .slow) { !$0.text.contains("Esc stops") }
      program.enter("/mask")
      try program.waits(for: "0 % is marked", within: .slow)
      program.type("b")
      program.type("L")
      program.type("J")
      program.type(" ")
      try program.waits(until: "some is marked", within: .slow) {
        !$0.text.contains("0 % is marked") && $0.text.contains("% is marked")
      }
      program.press(.enter)
      try program.waits(for: "% of picture 1 is marked: /redraw WORDS changes it.", within: .slow)
      program.enter("/redraw a dog")
      try program.waits(for: "a dog 816×816", within: .slow)
      let edit = try #require(log.requests.last(where: { $0.path.hasSuffix("/edits") }))
      #expect(String(decoding: edit.body, as: UTF8.self).contains("name=\"mask\""))
    }
  }
}

extension Home {
  /// A file's bytes as base64, to be compared.
  fileprivate func text64(of name: String) throws -> String {
    try Data(contentsOf: URL(filePath: path + "/" + name)).base64EncodedString()
  }
}
