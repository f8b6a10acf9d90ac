import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// Files on the server: what is put there, named in requests, listed and removed again.
@Suite(.seated) struct UploadTests {
  /// A PDF that is too large to go inside every request.
  private static let largePDF =
    Array("%PDF-1.4\n".utf8) + [UInt8](repeating: 10, count: 5_000_000)

  private static let poppler = [
    "pdfinfo": "echo 'Pages:           2'",
    "pdftotext": #"printf 'The first page.\f\nThe second page.\n\f'"#,
  ]

  /// Runs `body` where the server `big` is the demo, taken for OpenAI.
  private func withBig(_ body: (Home, RequestLog) async throws -> Void) async throws {
    try await withServer { (plain, log) async throws in
      let home = try plain.equipped(with: Self.poppler)
      let address = home.environment["OPENAI_BASE_URL"] ?? ""
      try FileManager.default.createDirectory(
        atPath: home.path + "/config/iris", withIntermediateDirectories: true)
      let settings = "providers: {big: {like: openai, base_url: \"\(address)\", model: demo}}\n"
      try home.write(Array(settings.utf8), to: "config/iris/config.yaml")
      try await body(home, log)
    }
  }

  @Test func `A large document is put there once, and every request names it`() async throws {
    try await withBig { (home, log) async throws in
      try home.write(Self.largePDF, to: "big.pdf")
      let first = try home.run(
        "ask", "--provider", "big", "-i", "big.pdf", "--save", "talk", "Sum it up")
      #expect(first.status == 0)
      #expect(first.output.contains("big.pdf: PDF, \(Self.largePDF.count) bytes"))
      #expect(
        first.errors.contains("big.pdf (5.0 MB) is put on 127.0.0.1"), "\(first.errors)")
      let second = try home.run("ask", "--provider", "big", "--load", "talk", "And now?")
      #expect(second.status == 0)
      #expect(log.count(of: "POST", "/v1/files") == 1)
      let asked = log.requests.filter { $0.path == "/v1/responses" }
      #expect(asked.count == 2)
      for request in asked {
        #expect(request.body.count < 10_000)
        #expect(request.text.contains(#"{"type":"input_file","file_id":"file-demo"#))
      }
    }
  }

  @Test func `A picture under another ending goes there without its metadata, as a picture`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(40, 30), to: "notes.txt")
      let outcome = try home.run("files", "put", "notes.txt")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let form = try #require(log.requests.first { $0.path == "/v1/files" })
      #expect(String(decoding: form.body, as: UTF8.self).contains("vision"))
    }
  }

  @Test func `A small document goes inside the request`() async throws {
    try await withBig { (home, log) async throws in
      try home.write(Array(Self.largePDF.prefix(1_000)), to: "small.pdf")
      #expect(
        try home.run("ask", "--provider", "big", "-i", "small.pdf", "Sum it up").status == 0)
      #expect(log.count(of: "POST", "/v1/files") == 0)
    }
  }

  @Test func `A picture is put there once where that is wanted, whatever conversation names it`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(40, 30), to: "a.png")
      for _ in 0..<2 {
        let outcome = try home.run(
          "ask", "-m", "demo", "--api", "responses", "--upload", "-i", "a.png", "What is it?")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("40×30"))
      }
      #expect(log.count(of: "POST", "/v1/files") == 1)
      let asked = log.requests.filter { $0.path == "/v1/responses" }
      #expect(asked.count == 2)
      #expect(asked.allSatisfy { $0.text.contains(#""type":"input_image","file_id":"file-demo"#) })
      #expect(asked.allSatisfy { !$0.text.contains("base64") })
    }
  }

  @Test func `A file that is gone is sent again inside the request, and put there the next time`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(40, 30), to: "a.png")
      let ask = [
        "ask", "-m", "demo", "--api", "responses", "--upload", "-i", "a.png", "What is it?",
      ]
      #expect(try home.run(ask).status == 0)
      // Somebody else removes it: nothing here knows.
      var stranger = try Home()
      for name in ["OPENAI_BASE_URL", "OPENAI_API_KEY"] {
        stranger.environment[name] = home.environment[name]
      }
      #expect(try stranger.run("files", "rm", "a.png").status == 0)
      let healed = try home.run(ask)
      #expect(healed.status == 0)
      #expect(healed.output.contains("40×30"))
      #expect(healed.errors.contains("has a.png no longer: it goes inside the request."))
      #expect(log.requests.last?.text.contains("base64") == true)
      #expect(try home.run(ask).status == 0)
      #expect(log.count(of: "POST", "/v1/files") == 2)
      #expect(log.requests.last?.text.contains("file_id") == true)
    }
  }

  @Test func `Files are put, listed, fetched and removed by their names`() async throws {
    try await withServer { (home, log) async throws in
      let picture = Samples.png(7, 7)
      try home.write(picture, to: "a.png")
      try home.write(Array("hello".utf8), to: "notes.txt")
      let put = try home.run("files", "put", "a.png", "notes.txt", "--days", "2")
      #expect(put.output == "a.png\nnotes.txt\n")
      let form = try #require(log.requests.first?.text)
      #expect(form.contains("name=\"purpose\"\r\n\r\nvision\r\n"))
      #expect(form.contains("name=\"expires_after[seconds]\"\r\n\r\n172800\r\n"))
      let list = try home.run("files").output.split(separator: "\n")
      #expect(list.map { $0.split(separator: "\t").first } == ["notes.txt", "a.png"])
      try home.remove("a.png")
      #expect(try home.run("files", "get", "a.png").output == "a.png\n")
      #expect(try Data(contentsOf: URL(filePath: home.path + "/a.png")) == Data(picture))
      let twice = try home.run("files", "get", "a.png")
      #expect(twice.status == 73)
      #expect(twice.errors.contains("a.png is there already: name another path."))
      #expect(try home.run("files", "rm", "a.png", "notes.txt").status == 0)
      #expect(try home.run("files").output == "")
      let gone = try home.run("files", "rm", "a.png")
      #expect(gone.status == 66)
      #expect(gone.errors.contains("There is no file a.png on 127.0.0.1"))
    }
  }

  @Test func `Of several files of one name each has a number`() async throws {
    try await withServer { (home, _) async throws in
      for text in ["one", "two"] {
        try home.write(Array(text.utf8), to: "notes.txt")
        #expect(try home.run("files", "put", "notes.txt").status == 0)
      }
      let list = try home.run("files").output.split(separator: "\n")
      #expect(list.map { $0.split(separator: "\t").first } == ["notes.txt#1", "notes.txt#2"])
      let unclear = try home.run("files", "rm", "notes.txt")
      #expect(unclear.status == 64)
      #expect(unclear.errors.contains("are called notes.txt: add its number, as in notes.txt#1."))
      #expect(try home.run("files", "rm", "notes.txt#2").status == 0)
      #expect(try home.run("files").output.hasPrefix("notes.txt\t"))
    }
  }

  @Test func `What no conversation names any more is removed from the server`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(40, 30), to: "a.png")
      let asked = try home.run(
        "ask", "-m", "demo", "--api", "responses", "--upload", "-i", "a.png", "--save", "talk",
        "What is it?")
      #expect(asked.status == 0)
      #expect(try home.run("files", "prune").output == "")
      #expect(try home.run("files").output.contains("talk"))
      let program = try home.chat("--load", "talk", "-m", "demo")
      // A conversation that opens closes the pages before it.
      try program.waits(for: "1 picture", within: .slow)
      program.enter("/files")
      try program.waits(for: "in “talk”", within: .slow)
      program.press(.escape)
      try program.waits(untilGone: "Esc close", within: .slow)
      program.enter("/delete")
      try program.waits(for: "Delete", within: .slow)
      program.type("y")
      try program.waits(for: "is deleted", within: .slow)
      let isRemoved = {
        log.requests.contains { $0.method == "DELETE" && $0.path.hasPrefix("/v1/files/") }
      }
      // It goes on behind the sentence, and leaving ends it.
      let deadline = ContinuousClock.now + .slow
      while !isRemoved(), ContinuousClock.now < deadline { _ = poll(nil, 0, 2) }
      #expect(isRemoved())
      _ = try program.quits()
    }
  }

  @Test func `A server that keeps no files is told of`() async throws {
    try await withServer { (plain, _) async throws in
      var home = plain
      home.environment["OPENAI_BASE_URL"]? += "/nowhere"
      let outcome = try home.run("files")
      #expect(outcome.status == 69)
      #expect(outcome.errors.contains("keeps no files: pictures and documents go inside"))
    }
  }

  @Test func `A file steers no terminal that it goes to, and is refused where it is no text`()
    throws
  {
    let text = "a\u{1B}]0;PWN\u{7}b \u{1B}[31mred\u{202E} 利率\n"
    let server = try LiteralServer { request in
      if request.line.contains("/files/file-1/") { return LiteralServer.answer(200, text.utf8) }
      if request.line.contains("/files/file-2/") {
        return LiteralServer.answer(200, [0, 1, 2, 0xFF])
      }
      return LiteralServer.answer(
        200,
        #"{"object":"list","has_more":false,"data":[\#(Self.file(1, "steers.txt")),\#(Self.file(2, "raw.bin"))]}"#
          .utf8)
    }
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    #expect(try home.run("files", "get", "steers.txt", "-o", "-").output == text)
    let shown = try TerminalProgram(
      Home.program, ["files", "get", "steers.txt", "-o", "-"], environment: home.environment,
      directory: home.path, columns: 120)
    #expect(try shown.waitsForExit(within: .slow) == .status(0))
    // A terminal that took it for a title would show nothing of it.
    #expect(shown.screen.contains("PWN") && shown.screen.contains("利率"), "\(shown.screen)")
    let refused = try TerminalProgram(
      Home.program, ["files", "get", "raw.bin", "-o", "-"], environment: home.environment,
      directory: home.path, columns: 120)
    #expect(try refused.waitsForExit(within: .slow) == .status(64))
    #expect(refused.screen.contains("raw.bin is no text. Send it to a file or a pipe: -o FILE"))
  }

  private static func file(_ number: Int, _ name: String) -> String {
    #"{"id":"file-\#(number)","object":"file","bytes":9,"created_at":1,"filename":"\#(name)","purpose":"user_data"}"#
  }
}

extension RequestLog {
  func count(of method: String, _ path: String) -> Int {
    requests.count { $0.method == method && $0.path == path }
  }
}

extension RecordedRequest {
  var text: String { String(decoding: body, as: UTF8.self) }
}
