import Foundation
import TerminalEmulator
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// `iris draw` at servers that answer otherwise than they should: one sentence, and what came is kept.
@Suite(.seated) struct DrawFaultTests {
  private static let png = Samples.png(64, 48)

  private static func data(_ items: String...) -> [UInt8] {
    LiteralServer.answer(200, #"{"created":1,"data":[\#(items.joined(separator: ","))]}"#.utf8)
  }

  private static func item(_ bytes: some Sequence<UInt8>) -> String {
    #"{"b64_json":"\#(Data(bytes).base64EncodedString())"}"#
  }

  private func home(_ server: LiteralServer) throws -> Home {
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    return home
  }

  private func draw(
    _ arguments: String..., answer: @escaping @Sendable (LiteralServer.Request) -> [UInt8]
  ) throws -> (Outcome, Home, LiteralServer) {
    let server = try LiteralServer(answer)
    let home = try home(server)
    return (try home.run(["draw", "-m", "flux"] + arguments), home, server)
  }

  private func bytes(of name: String, in home: Home) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: home.path + "/" + name)))
  }

  @Test func `A picture that is cut short is written as it came, and told`() throws {
    let cut = Array(Samples.png(640, 480).prefix(20_000))
    let (outcome, home, _) = try draw("a cat") { _ in Self.data(Self.item(cut)) }
    #expect(outcome.status == 69)
    #expect(outcome.output == "a-cat.png\n")
    #expect(
      outcome.errors.contains(
        "The picture is damaged or cut short: a-cat.png is what came. Ask again for a whole one."))
    #expect(try bytes(of: "a-cat.png", in: home) == cut)
  }

  @Test func `A picture whose pixels are damaged is found, though its header is whole`() throws {
    var damaged = Self.png
    // The first bytes of the pixels say how they are packed.
    damaged.replaceSubrange(41..<44, with: [0, 0, 0])
    let (outcome, _, _) = try draw("a cat") { [damaged] _ in Self.data(Self.item(damaged)) }
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("damaged or cut short"), "\(outcome.errors)")
  }

  @Test func `What is no picture is kept under a name that says so`() throws {
    let (outcome, home, _) = try draw("a cat") { _ in Self.data(Self.item("sorry, no".utf8)) }
    #expect(outcome.status == 69)
    #expect(
      outcome.errors.contains(
        "What came is no picture: a-cat.bin holds it. Ask again, or try another model."))
    #expect(try bytes(of: "a-cat.bin", in: home) == Array("sorry, no".utf8))
  }

  @Test(arguments: [
    // Letters that are none, and a connection that breaks off within the second picture.
    data(item(png), #"{"b64_json":"a!b"}"#),
    LiteralServer.answer(
      200, #"{"data":[\#(item(png)),{"b64_json":"iVBORw0KGgo"#.utf8, length: 100_000),
  ]) func `The first picture is kept where the second does not come`(answer: [UInt8]) throws {
    let (outcome, home, _) = try draw("-n", "2", "a cat") { _ in answer }
    #expect(outcome.status == 69, "\(outcome.errors)")
    #expect(outcome.output == "a-cat-1.png\n")
    #expect(try bytes(of: "a-cat-1.png", in: home) == Self.png)
  }

  @Test(arguments: [
    #""b64_json":"!!""#, #""b64_json":"iVBORw0KGgoAAAANSUhEUg""#, #""b64_json":"aGVsbG8=""#,
    #""url":"/made/gone.png""#,
  ]) func `A preview that cannot be read is left out, and the picture is written`(
    preview: String
  ) throws {
    let (outcome, home, server) = try draw("a cat") { _ in
      LiteralServer.events(
        #"{"type":"image_generation.partial_image",\#(preview)}"#,
        #"{"type":"image_generation.completed","b64_json":"\#(Data(Self.png).base64EncodedString())"}"#
      )
    }
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "a-cat.png\n")
    #expect(try bytes(of: "a-cat.png", in: home) == Self.png)
    #expect(server.requests.count == 1)
  }

  @Test func `What came of a picture before letters that are no base64 is written, and told`()
    throws
  {
    let whole = Data(Samples.png(640, 480)).base64EncodedString()
    let (outcome, home, _) = try draw("-n", "2", "a cat") { _ in
      Self.data(
        #"{"b64_json":"\#(whole.prefix(8000))!\#(whole.dropFirst(8000))"}"#, Self.item(Self.png))
    }
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("a-cat-1.png is what came."), "\(outcome.errors)")
    #expect(try bytes(of: "a-cat-1.png", in: home) == Array(Samples.png(640, 480).prefix(6000)))
    #expect(try bytes(of: "a-cat-2.png", in: home) == Self.png)
  }

  @Test func `An address that has died is told, and the other pictures are written`() throws {
    let (outcome, home, _) = try draw("a cat") { request in
      guard request.line.hasPrefix("GET") else {
        return Self.data(#"{"url":"/made/1.png"}"#, #"{"url":"/made/gone.png"}"#)
      }
      return request.line.contains("gone")
        ? LiteralServer.answer(403, "expired".utf8)
        : LiteralServer.answer(200, Self.png, type: "image/png")
    }
    #expect(outcome.status == 69)
    #expect(outcome.output == "a-cat.png\n")
    #expect(
      outcome.errors.contains("/made/gone.png does not give it (HTTP 403): ask for it again."),
      "\(outcome.errors)")
    #expect(try bytes(of: "a-cat.png", in: home) == Self.png)
  }

  @Test func `More pictures than were asked for are all written`() throws {
    let (outcome, _, _) = try draw("a cat") { _ in
      Self.data(Self.item(Self.png), Self.item(Self.png))
    }
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "a-cat.png\na-cat-2.png\n")
  }

  @Test(arguments: ["none/cat.png", "file/cat.png"])
  func `Where nothing can be written nothing is asked for`(path: String) throws {
    let server = try LiteralServer { _ in Self.data(Self.item(Self.png)) }
    let home = try home(server)
    try home.write([], to: "file")
    let outcome = try home.run("draw", "-m", "flux", "-o", path, "a cat")
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("cannot be written to ("), "\(outcome.errors)")
    #expect(server.requests.isEmpty)
  }

  @Test func `A folder gets a file that is named for the prompt`() throws {
    let server = try LiteralServer { _ in Self.data(Self.item(Self.png)) }
    let home = try home(server)
    try FileManager.default.createDirectory(
      atPath: home.path + "/made", withIntermediateDirectories: false)
    #expect(try home.run("draw", "-m", "flux", "-o", "made", "a cat").output == "made/a-cat.png\n")
    #expect(
      try home.run("draw", "-m", "flux", "-o", "made/", "a cat").output == "made/a-cat-2.png\n")
  }

  @Test func `A file that appeared meanwhile is left alone, and the picture is written beside it`()
    throws
  {
    let place = try Home()
    let (outcome, home, _) = try draw("-o", place.path + "/cat.png", "a cat") { _ in
      _ = try? place.write(Array("mine".utf8), to: "cat.png")
      return Self.data(Self.item(Self.png))
    }
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == place.path + "/cat-2.png\n")
    #expect(try place.text(of: "cat.png") == "mine")
    withExtendedLifetime(home) {}
  }

  @Test func `Pictures without figures are counted, and told as JSON`() throws {
    let (_, home, _) = try draw("a cat") { _ in Self.data(Self.item(Self.png)) }
    let outcome = try home.run("usage", "--json")
    let rows = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]]
    #expect(rows?.count == 1)
    #expect(rows?.first?["model"] as? String == "flux")
    #expect(rows?.first?["pictures"] as? Int == 1)
  }

  @Test func `A picture alone is varied, and a server that cannot is told so`() throws {
    let server = try LiteralServer { request in
      request.line.hasSuffix("/variations")
        ? LiteralServer.answer(501, "{}".utf8) : Self.data(Self.item(Self.png))
    }
    let home = try home(server)
    try home.write(Self.png, to: "cat.png")
    for _ in 0..<2 {
      let outcome = try home.run("draw", "-m", "flux", "-i", "cat.png")
      #expect(outcome.status == 69)
      #expect(
        outcome.errors.contains("has no /images/variations: say in words what to change."),
        "\(outcome.errors)")
      // The second time nobody is asked.
      #expect(server.requests.count == 1)
    }
  }

  @Test func `Where the cache cannot be written to, the picture comes beside its file`() throws {
    let server = try LiteralServer { _ in Self.data(Self.item(Self.png)) }
    let home = try home(server)
    try home.write([], to: "cache")
    let outcome = try home.run("draw", "-m", "flux", "-o", "cat.png", "a cat")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try bytes(of: "cat.png", in: home) == Self.png)
    let left = try FileManager.default.contentsOfDirectory(atPath: home.path)
    #expect(!left.contains { $0.hasSuffix(".part") })
  }

  @Test func `What a program left that was killed is removed after a day`() throws {
    let server = try LiteralServer { _ in Self.data(Self.item(Self.png)) }
    let home = try home(server)
    let folder = home.path + "/cache/iris/arriving"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let (old, young) = ("cache/iris/arriving/a.part", "cache/iris/arriving/b.part")
    for name in [old, young] { try home.write([1], to: name) }
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -100_000)],
      ofItemAtPath: home.path + "/" + old)
    #expect(try home.run("draw", "-m", "flux", "a cat").status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["b.part"])
  }

  @Test(arguments: [(SIGTERM, Int32(143)), (SIGHUP, Int32(129)), (SIGINT, Int32(130))])
  func `A signal stops a drawing, says what it may cost, and is the status`(
    signal: Int32, status: Int32
  ) throws {
    let end = DispatchSemaphore(value: 0)
    let server = try LiteralServer { _ in
      end.wait()
      return []
    }
    defer { end.signal() }
    let home = try home(server)
    let program = try TerminalProgram(
      Home.program, ["draw", "-m", "gpt-image-2", "--size", "1024x1024", "a cat"],
      environment: home.environment, directory: home.path)
    try program.waits(until: "the server draws", within: .slow) { _ in !server.requests.isEmpty }
    program.signal(signal)
    #expect(try program.waitsForExit(within: .slow) == .status(status))
    let sentence = "Stopped. What was asked for may be charged all the same."
    #expect(program.terminal.emulator.text.contains(sentence))
    // It is counted as what it was to be.
    #expect(try home.run("usage").output.contains("≈200"))
  }

  @Test func `Where the answer does not come, it is asked for once, and what it may cost is said`()
    throws
  {
    let server = try LiteralServer { _ in [] }
    let home = try home(server)
    let outcome = try home.run("draw", "-m", "gpt-image-2", "--size", "1024x1024", "a cat")
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains(" It may be charged all the same."), "\(outcome.errors)")
    #expect(server.requests.count == 1)
    // It is counted as what it was to be.
    #expect(try home.run("usage").output.contains("≈200"))
  }

  @Test func `Where nothing was sent, nothing is said of its price`() throws {
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = "http://127.0.0.1:1/v1"
    home.environment["OPENAI_API_KEY"] = "sk-test"
    let outcome = try home.run("draw", "-m", "gpt-image-2", "a cat")
    #expect(outcome.status == 69)
    #expect(!outcome.errors.contains("charged"), "\(outcome.errors)")
    #expect(try !home.run("usage").output.contains("gpt-image-2"))
  }

  @Test func `A GIF that moves and an SVG are kept as they come`() throws {
    let svg = Array(
      #"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="6"><rect width="8" height="6"/></svg>"#
        .utf8)
    let gif = Samples.gif(frameCount: 2)
    let (outcome, home, _) = try draw("-n", "2", "a cat") { _ in
      Self.data(Self.item(gif), Self.item(svg))
    }
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "a-cat-1.gif\na-cat-2.svg\n")
    #expect(try bytes(of: "a-cat-1.gif", in: home) == gif)
    #expect(try bytes(of: "a-cat-2.svg", in: home) == svg)
  }

  @Test(arguments: [40, 2000])
  func `Of pictures without end some more than asked for are written, and the rest is told`(
    count: Int
  ) throws {
    let items = [String](repeating: Self.item(Self.png), count: count).joined(separator: ",")
    let (outcome, _, _) = try draw("a cat") { _ in
      LiteralServer.answer(200, #"{"created":1,"data":[\#(items)]}"#.utf8)
    }
    #expect(outcome.status == 69)
    #expect(outcome.output.split(separator: "\n").count == 5, "\(outcome.output)")
    #expect(
      outcome.errors.contains(
        "sent more pictures than were asked for: those after the first 5 are left out."),
      "\(outcome.errors)")
  }

  @Test func `A stream of pictures without end is left after some more than asked for`() throws {
    let event = #"data: {"type":"image_generation.completed",\#(Self.item(Self.png).dropFirst())"#
    let body = [String](repeating: event + "\n\n", count: 200).joined()
    let (outcome, _, _) = try draw("a cat") { _ in
      LiteralServer.answer(200, body.utf8, type: "text/event-stream", length: 1 << 40)
    }
    #expect(outcome.status == 69)
    #expect(outcome.output.split(separator: "\n").count == 5, "\(outcome.output)")
  }
}
