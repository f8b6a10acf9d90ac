import Foundation
import Synchronization
import TerminalEmulator
import Testing

/// Files on servers that answer otherwise than they should, and the list of them that is damaged.
@Suite(.seated) struct UploadFaultTests {
  private static let reply = LiteralServer.events(
    #"{"type":"response.output_text.delta","delta":"A lamp."}"#,
    #"{"type":"response.completed","response":{"status":"completed"}}"#)

  /// A server whose files `upload` answers for, and a home that asks it.
  private func start(
    _ upload: @escaping @Sendable (LiteralServer.Request) -> [UInt8]
  ) throws -> (Home, LiteralServer) {
    let server = try LiteralServer { request in
      switch request.line {
      case "POST /v1/files": upload(request)
      case let line where line.hasPrefix("DELETE"):
        LiteralServer.answer(200, #"{"deleted":true}"#.utf8)
      default: Self.reply
      }
    }
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    return (home, server)
  }

  /// A server that says when a file comes and does not answer before the end, and a home with a picture.
  private func startHolding(
    _ asked: DispatchSemaphore, until end: DispatchSemaphore
  ) throws -> (Home, LiteralServer) {
    let (home, server) = try start { _ in
      asked.signal()
      end.wait()
      return []
    }
    try home.write(Samples.png(40, 30), to: "40.png")
    return (home, server)
  }

  /// Asks about a picture that is put on the server.
  private func ask(_ home: Home, _ side: Int) throws -> Outcome {
    try home.write(Samples.png(side, 30), to: "\(side).png")
    return try home.run(
      "ask", "--api", "responses", "--upload", "-m", "gpt-4o", "-i", "\(side).png", "What is it?")
  }

  private func count(_ server: LiteralServer, _ start: String) -> Int {
    server.requests.count { $0.line.hasPrefix(start) }
  }

  struct Answer: CustomTestStringConvertible {
    var members: String
    var told: String
    var testDescription: String { members }
  }

  private static let noDay = "which says no day on which it goes: iris files prune removes it."

  @Test(arguments: [
    Answer(members: "", told: noDay), Answer(members: #","expires_at":null"#, told: noDay),
    Answer(members: #","expires_at":-1"#, told: noDay),
    // A time that is over says nothing of a file that has just come.
    Answer(members: #","expires_at":1000000000"#, told: noDay),
    Answer(
      members: #","expires_at":\#(Int(Date().timeIntervalSince1970) + 86_400)"#,
      told: "which removes it after a day."),
    Answer(members: #","expires_at":4102444800"#, told: "which removes it on 2100-01-01."),
  ]) func `How long a file lies there is told as the server's answer says`(answer: Answer) throws {
    let (home, server) = try start { _ in
      LiteralServer.answer(200, #"{"id":"file-1"\#(answer.members)}"#.utf8)
    }
    #expect(try ask(home, 40).errors.contains(answer.told))
    // It is known from then on, until it is removed.
    #expect(try ask(home, 40).status == 0)
    #expect(count(server, "POST /v1/files") == 1)
    #expect(try home.run("files", "prune").output == "40.png\n")
    #expect(count(server, "DELETE /v1/files/file-1") == 1)
    #expect(try home.run("files", "prune").output == "")
  }

  @Test func `A server that cannot end files by itself keeps one until it is pruned`() throws {
    let (home, server) = try start { request in
      String(decoding: request.body, as: UTF8.self).contains("expires_after")
        ? LiteralServer.answer(
          400, #"{"error":{"message":"Unknown parameter: 'expires_after'."}}"#.utf8)
        : LiteralServer.answer(200, #"{"id":"file-1"}"#.utf8)
    }
    #expect(try ask(home, 40).errors.contains(Self.noDay))
    #expect(try home.run("files", "prune").output == "40.png\n")
    #expect(count(server, "DELETE") == 1)
  }

  @Test(arguments: [["files", "put"], ["library", "add", "notes"]])
  func `An upload that is not answered is not made again, and may lie there`(
    call: [String]
  ) throws {
    let server = try LiteralServer { request in
      switch request.line {
      case "POST /v1/files": []
      case "POST /v1/vector_stores": LiteralServer.answer(200, #"{"id":"vs_1"}"#.utf8)
      default: LiteralServer.answer(200, #"{"data":[]}"#.utf8)
      }
    }
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    try home.write(Array("Text.\n".utf8), to: "a.txt")
    let outcome = try home.run(call + ["a.txt"])
    #expect(outcome.status == 69)
    #expect(
      outcome.errors.contains("all the same: iris files lists what does."), "\(outcome.errors)")
    #expect(count(server, "POST /v1/files") == 1)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT], [true, false])
  func `A signal while a file is put there says that it may lie there`(
    signal: Int32, isAsking: Bool
  ) throws {
    let (asked, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let (home, server) = try startHolding(asked, until: end)
    defer { end.signal() }
    let asking = ["ask", "--api", "responses", "--upload", "-m", "gpt-4o", "-i", "40.png", "What?"]
    let program = try TerminalProgram(
      Home.program, isAsking ? asking : ["files", "put", "40.png"],
      environment: home.environment, directory: home.path)
    #expect(asked.wait(timeout: .now() + 60) == .success)
    program.signal(signal)
    #expect(try program.waitsForExit(within: .slow) == .status(128 + signal))
    #expect(program.terminal.emulator.text.contains("40.png may lie on"))
    withExtendedLifetime(server) {}
  }

  @Test func `What a killed program put there is found again, and removed`() throws {
    let (asked, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let sent = Mutex<[UInt8]>([])
    let server = try LiteralServer { request in
      switch request.line {
      case "POST /v1/files":
        sent.withLock { $0 = request.body }
        asked.signal()
        end.wait()
        return []
      case let line where line.hasPrefix("DELETE"):
        return LiteralServer.answer(200, #"{"deleted":true}"#.utf8)
      default:
        let now = Int(Date().timeIntervalSince1970)
        let count = sent.withLock { Self.fileLength(in: $0) }
        let files = [("file-lost", "40.png", count, now), ("file-other", "40.png", count + 1, now)]
        let list = files.map { id, name, count, time in
          #"{"id":"\#(id)","filename":"\#(name)","bytes":\#(count),"created_at":\#(time)}"#
        }
        return LiteralServer.answer(200, #"{"data":[\#(list.joined(separator: ","))]}"#.utf8)
      }
    }
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    try home.write(Samples.png(40, 30), to: "40.png")
    let program = try TerminalProgram(
      Home.program,
      ["ask", "--api", "responses", "--upload", "-m", "gpt-4o", "-i", "40.png", "What?"],
      environment: home.environment, directory: home.path)
    #expect(asked.wait(timeout: .now() + 60) == .success)
    program.signal(SIGKILL)
    _ = try program.waitsForExit(within: .slow)
    end.signal()
    let pruned = try home.run("files", "prune")
    #expect(pruned.output == "40.png\n", "\(pruned.errors)")
    let removed = server.requests.map(\.line).filter { $0.hasPrefix("DELETE") }
    #expect(removed == ["DELETE /v1/files/file-lost"])
    #expect(try home.run("files", "prune").output == "")
  }

  /// The bytes of the file in a form, which is its last part.
  private static func fileLength(in form: [UInt8]) -> Int {
    let text = String(decoding: form, as: Unicode.UTF8.self)
    let boundary = form.prefix { $0 != 13 }.count
    let head = text.range(of: "Content-Type: image/png\r\n\r\n")
    let start = head.map { text[..<$0.upperBound].utf8.count } ?? 0
    // Before the last boundary with its two dashes stands a line break, behind it another.
    return form.count - start - boundary - 6
  }

  @Test func `Esc while a file is put there says that it may lie there`() throws {
    let (asked, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let (home, server) = try startHolding(asked, until: end)
    defer { end.signal() }
    let program = try TerminalProgram(
      Home.program, ["--api", "responses", "--upload", "-m", "gpt-4o", "-i", "40.png"],
      environment: home.environment, directory: home.path)
    try program.waits(for: "40.png", within: .slow)
    program.type("What is it?\r")
    #expect(asked.wait(timeout: .now() + 60) == .success)
    program.type("\u{1B}")
    try program.waits(for: "40.png may lie on", within: .slow)
    withExtendedLifetime(server) {}
  }

  @Test(arguments: ["<html>Welcome</html>", "[]", "{}", #"{"id":"a/../b"}"#, ""])
  func `What is no answer about a file has it sent inside the request`(body: String) throws {
    let (home, server) = try start { _ in LiteralServer.answer(200, body.utf8) }
    let asked = try ask(home, 40)
    #expect(asked.output == "A lamp.\n", "\(asked.errors)")
    #expect(asked.errors.contains("40.png is sent inside the request"), "\(asked.errors)")
    let request = try #require(server.requests.last)
    #expect(String(decoding: request.body, as: UTF8.self).contains("base64"))
  }

  @Test func `A file that is written to while it is sent is told`() throws {
    let place = try Home()
    let (home, server) = try start { _ in
      _ = try? place.write(Array("Another text.\n".utf8), to: "a.txt")
      return LiteralServer.answer(200, #"{"id":"file-1"}"#.utf8)
    }
    try place.write(Array("Text.\n".utf8), to: "a.txt")
    let outcome = try home.run("files", "put", place.path + "/a.txt")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("a.txt was changed while it was sent"), "\(outcome.errors)")
    withExtendedLifetime(server) {}
  }

  private static let list = "state/iris/uploads.json"

  struct Damage: CustomTestStringConvertible {
    var testDescription: String
    var saved: Int
    var apply: @Sendable (String) -> String
  }

  @Test(arguments: [
    Damage(testDescription: "cut", saved: 2) { String($0.dropLast()) },
    Damage(testDescription: "cut within a file", saved: 1) { String($0.dropLast(20)) },
    Damage(testDescription: "a number that is none", saved: 1) {
      $0.replacingOccurrences(
        of: #""byteCount":"#, with: #""byteCount":"x","b":"#,
        range: $0.range(of: #""byteCount":"#))
    },
    Damage(testDescription: "too large", saved: 0) {
      String($0.dropLast()) + String(repeating: " ", count: 9_000_000) + "]"
    },
    Damage(testDescription: "something else", saved: 0) { _ in "hello" },
  ]) func `A damaged list is kept and told, and what can be read of it goes on`(
    damage: Damage
  ) throws {
    let number = LiteralServer.Counter()
    let (home, server) = try start { _ in
      LiteralServer.answer(200, #"{"id":"file-\#(number.next())"}"#.utf8)
    }
    for side in [40, 50] { #expect(try ask(home, side).status == 0) }
    let broken = damage.apply(try home.text(of: Self.list))
    try home.write(Array(broken.utf8), to: Self.list)
    let pruned = try home.run("files", "prune")
    #expect(pruned.status == 0)
    #expect(
      pruned.errors.contains("The list of what Iris put on servers was damaged: it is kept as "),
      "\(pruned.errors)")
    #expect(pruned.errors.contains("Read from it: \(damage.saved) file"), "\(pruned.errors)")
    #expect(count(server, "DELETE") == damage.saved)
    let folder = home.path + "/state/iris"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    let kept = try #require(names.first { $0.hasPrefix("uploads.json-damaged-") })
    #expect(try home.text(of: "state/iris/" + kept) == broken)
    // It is told once.
    let next = try ask(home, 60)
    #expect(next.status == 0)
    #expect(!next.errors.contains("damaged"), "\(next.errors)")
  }

  @Test func `A question that finds the list damaged says so, and is asked`() throws {
    let (home, server) = try start { _ in LiteralServer.answer(200, #"{"id":"file-1"}"#.utf8) }
    #expect(try ask(home, 40).status == 0)
    try home.write(Array("hello".utf8), to: Self.list)
    let asked = try ask(home, 40)
    #expect(asked.output == "A lamp.\n")
    #expect(asked.errors.contains("was damaged: it is kept as "), "\(asked.errors)")
    withExtendedLifetime(server) {}
  }
}
