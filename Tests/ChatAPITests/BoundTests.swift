import ChatAPI
import Conversation
import Foundation
import StartedPrograms
import Testing

/// What a server may do for ever: the client ends it, or is not hurt by it.
@Suite struct BoundTests {
  @Test func `A reply ends soon after its finish reason, and is whole`() async throws {
    let closed = Gate()
    let server = try FaultServer([
      [.request, .text(streamHead + chunk("ok", finish: "stop")), .awaitClose(closed)]
    ])
    var provider = try Provider.local(server)
    provider.timeLimits.afterFinish = .milliseconds(20)
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: provider))
    #expect(outcome.text == "ok")
    #expect(outcome.events.last == .finished(.stop))
    #expect(outcome.error == nil)
    #expect(await closed.passed())
  }

  @Test func `Heartbeats behind the finish reason do not keep a reply open`() async throws {
    let beats = (0..<100_000).map { _ in FaultServer.Step.text(": ping\n\n") }
    let server = try FaultServer([
      [.request, .text(streamHead + chunk("ok", finish: "stop"))] + beats
    ])
    var provider = try Provider.local(server)
    provider.timeLimits.afterFinish = .milliseconds(20)
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: provider))
    #expect(outcome.events.last == .finished(.stop))
  }

  @Test func `Usage behind the finish reason is waited for`() async throws {
    let usage =
      #"data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":5}}"# + "\n\n"
    let gate = Gate()
    let server = try FaultServer([
      [
        .request, .text(streamHead + chunk("ok", finish: "stop")), .pass(gate), .text(usage),
        .awaitClose(Gate()),
      ]
    ])
    var provider = try Provider.local(server)
    provider.timeLimits.afterFinish = .milliseconds(300)
    var events: [ReplyEvent] = []
    for try await event in ChatClient().reply(to: .hello(), at: provider) {
      events.append(event)
      if event == .text("ok") { gate.open() }
    }
    #expect(events.suffix(2) == [.usage(TokenUsage(prompt: 3, completion: 5)), .finished(.stop)])
  }

  @Test func `A completion whose connection stays open is whole with its last bracket`()
    async throws
  {
    let body = #"{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}"#
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    let server = try FaultServer([[.request, .text(head + body), .awaitClose(Gate())]])
    var provider = try Provider.local(server)
    provider.timeLimits.afterFinish = .milliseconds(20)
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: provider))
    #expect(outcome.text == "ok")
    #expect(outcome.error == nil)
  }

  @Test func `A reply that is longer than allowed ends with its connection`() async throws {
    let closed = Gate()
    let server = try FaultServer([
      [.request, .text(streamHead + chunk("12345") + chunk("67890")), .awaitClose(closed)]
    ])
    var provider = try Provider.local(server)
    provider.replyLimit = 9
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: provider))
    #expect(outcome.text == "1234567890")
    #expect(outcome.error?.kind == .reply(.tooLong(limit: 9)))
    #expect(await closed.passed())
  }

  /// Parts that a server opens and closes without an end, in small pieces and in one.
  static let parts: [(String, String)] = [
    ("reasoning", String(repeating: thought + chunk("b"), count: 2000)),
    ("calls", (0..<2000).map { call($0) }.joined()),
    ("pictures", (0..<2000).map { picture($0) }.joined()),
    (
      "calls at once",
      "data: {\"choices\":[{\"delta\":{\"tool_calls\":["
        + (0..<2000).map { piece($0) }.joined(separator: ",") + "]}}]}\n\n"
    ),
  ]

  private static let thought =
    "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"a\"}}]}\n\n"

  private static func picture(_ number: Int) -> String {
    "data: {\"choices\":[{\"delta\":{\"images\":[\"https://a.com/\(number).png\"]}}]}\n\n"
  }

  private static func piece(_ number: Int) -> String {
    #"{"index":\#(number),"id":"c\#(number)","function":{"name":"time","arguments":"{}"}}"#
  }

  private static func call(_ number: Int) -> String {
    "data: {\"choices\":[{\"delta\":{\"tool_calls\":[\(piece(number))]}}]}\n\n"
  }

  @Test(arguments: parts)
  func `A reply of parts without end ends with its connection`(name: String, reply: String)
    async throws
  {
    let closed = Gate()
    let server = try FaultServer([[.request, .text(streamHead + reply), .awaitClose(closed)]])
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    #expect(outcome.error?.kind == .reply(.tooManyParts(limit: 1000)))
    let started = outcome.events.count { event in
      switch event {
      case .partStarted, .media: true
      default: false
      }
    }
    #expect(started == 1000)
    #expect(await closed.passed())
  }

  @Test func `A line of the head without end is not held`() async throws {
    let closed = Gate()
    let piece = String(repeating: "a", count: 60_000)
    let server = try FaultServer([
      [.request, .text("HTTP/1.1 200 OK\r\nX-A: "), .flood(Array(piece.utf8), closed)]
    ])
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    #expect(outcome.error?.kind == .network(.headTooLong))
    #expect(await closed.passed())
  }

  @Test func `Headers without end are not held`() async throws {
    let closed = Gate()
    let line = "X-A: " + String(repeating: "a", count: 1000) + "\r\n"
    let lines = (0..<1000).map { _ in FaultServer.Step.text(line) }
    let server = try FaultServer([
      [.request, .text("HTTP/1.1 200 OK\r\n")] + lines + [.awaitClose(closed)]
    ])
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    #expect(outcome.error?.kind == .network(.headTooLong))
  }

  @Test func `An empty answer is told, and not asked for again`() async throws {
    let server = try FaultServer(answering: streamHead)
    let outcome = await Outcome(
      UnhurriedClient().client.reply(to: .hello(), at: try .local(server)))
    #expect(outcome.error?.kind == .reply(.empty))
    #expect(server.connections == 1)
  }

  /// Encoded once and read from the same bytes, however often it is sent.
  @Test(.timeLimit(.minutes(1))) func `Sending costs what the messages are long`() throws {
    let text = String(repeating: "word ", count: 40)
    let request = ModelRequest(
      model: "m",
      messages: (0..<20_000).map { RequestMessage($0 % 2 == 0 ? .user : .assistant, text) })
    let body = ChatCompletionsEncoder(request, dialect: Dialect()).body
    #expect(body.pieces.count == 1)
    #expect(body.byteCount > 20_000 * text.utf8.count)
  }

  struct Encoding: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var program: String
    var arguments: [String]
  }

  /// Those whose program is on this machine; gzip is everywhere.
  static let encodings = [
    Encoding(testDescription: "gzip", program: "gzip", arguments: ["-c"]),
    Encoding(testDescription: "br", program: "brotli", arguments: ["-c"]),
    Encoding(testDescription: "zstd", program: "zstd", arguments: ["-c", "-q"]),
  ].filter { ChildServer.isInstalled($0.program) }

  @Test(arguments: encodings) func `A compressed answer is read`(_ encoding: Encoding) async throws
  {
    let body = try compressed(chunk("ok", finish: "stop") + done, by: encoding)
    let head =
      "HTTP/1.1 200 OK\r\nContent-Encoding: \(encoding.testDescription)\r\n"
      + "Content-Length: \(body.count)\r\n\r\n"
    let server = try FaultServer([[.request, .text(head), .send(body)]])
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    #expect(outcome.text == "ok")
    #expect(outcome.error == nil)
    // Asked for a stream, a gateway must not hold it back to compress it.
    #expect(server.requests.first?.headers["accept-encoding"] == "identity")
  }

  @Test func `A damaged compression is told as one`() async throws {
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n"
    let server = try FaultServer(answering: head + "no gzip!!")
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    guard case .network(.encodingUnreadable)? = outcome.error?.kind else {
      Issue.record("\(String(describing: outcome.error))")
      return
    }
  }

  private func compressed(_ text: String, by encoding: Encoding) throws -> [UInt8] {
    let (input, output) = (Pipe(), Pipe())
    let process = try StartedProgram(
      "/usr/bin/env", [encoding.program] + encoding.arguments, input: input.fileHandleForReading,
      output: output.fileHandleForWriting)
    defer { process.waitUntilExit() }
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    return Array(try #require(try output.fileHandleForReading.readToEnd()))
  }
}
