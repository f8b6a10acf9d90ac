import ChatAPI
import Conversation
import Foundation
import JSON
import Testing

@Suite struct ChatClientTests {
  @Test func `A reply streams from the connection to its end`() async throws {
    let server = try FaultServer(
      answering: streamHead + chunk("Hel") + chunk("lo") + chunk("", finish: "stop") + done)
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    #expect(outcome.events.prefix(2) == [.connecting, .waiting])
    #expect(outcome.text == "Hello")
    #expect(outcome.events.last == .finished(.stop))
    #expect(outcome.error == nil)
  }

  @Test func `The request carries the key, the length and the whole history`() async throws {
    let server = try FaultServer(answering: streamHead + done)
    var provider = try Provider.local(server)
    provider.organization = "org-1"
    provider.headers = [Provider.Header("X-Title", "iris")]
    _ = await Outcome(ChatClient().reply(to: .hello(), at: provider))
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /v1/chat/completions HTTP/1.1")
    #expect(request.headers["authorization"] == "Bearer sk-0123456789abcdef0123")
    #expect(request.headers["openai-organization"] == "org-1")
    #expect(request.headers["x-title"] == "iris")
    #expect(request.headers["content-length"] == String(request.body.count))
    #expect(request.headers["expect"] == nil)
    #expect(
      request.json == [
        "model": "m", "messages": [["role": "user", "content": "Hello"]], "stream": true,
        "stream_options": ["include_usage": true],
      ])
  }

  @Test func `A piece of text comes out before the next is sent`() async throws {
    let gate = Gate()
    let server = try FaultServer([
      [.request, .text(streamHead + chunk("one")), .pass(gate), .text(chunk("two") + done)]
    ])
    var texts: [String] = []
    for try await event in ChatClient().reply(to: .hello(), at: try .local(server)) {
      guard let text = event.answer else { continue }
      texts.append(text)
      gate.open()
    }
    #expect(texts == ["one", "two"])
  }

  @Test func `Pieces that waited together come out as one`() async throws {
    let burst = (0..<1000).map { chunk("\($0) ") }.joined()
    let server = try FaultServer(answering: streamHead + burst + done)
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    #expect(outcome.text == (0..<1000).map { "\($0) " }.joined())
    #expect(outcome.events.count < 500)
  }

  @Test func `A cancelled task closes the connection and ends without an error`() async throws {
    let (begun, closed) = (Gate(), Gate())
    let server = try FaultServer([
      [.request, .text(streamHead + chunk("one")), .awaitClose(closed)]
    ])
    let provider = try Provider.local(server)
    let task = Task {
      var outcome: [ReplyEvent] = []
      for try await event in ChatClient().reply(to: .hello(), at: provider) {
        outcome.append(event)
        if event == .text("one") { begun.open() }
      }
      return outcome
    }
    #expect(await begun.passed())
    task.cancel()
    #expect(try await task.value.last == .text("one"))
    #expect(await closed.passed())
  }

  /// What a server may send without an end: nothing that becomes an event, text, and a call of a tool.
  static let floods = [
    String(repeating: ": ping\n", count: 8000), String(repeating: chunk("word "), count: 500),
    String(
      repeating: """
        data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"aaaa"}}]}}]}


        """, count: 500),
  ]

  @Test(arguments: floods.indices)
  func `A cancel ends a reply whose server sends faster than it is read`(kind: Int) async throws {
    let flood = Self.floods[kind]
    let (begun, closed) = (Gate(), Gate())
    let server = try FaultServer([
      [.request, .text(streamHead + chunk("one")), .flood(Array(flood.utf8), closed)]
    ])
    var provider = try Provider.local(server)
    provider.replyLimit = .max
    let task = Task { [provider] in
      // The first piece may be joined with those behind it.
      for try await event in ChatClient().reply(to: .hello(), at: provider)
      where event != .connecting {
        begun.open()
      }
    }
    #expect(await begun.passed(), "nothing came")
    task.cancel()
    #expect(await closed.passed(), "the connection stayed")
    try await task.value
  }

  @Test func `A dropped iterator closes the connection`() async throws {
    let closed = Gate()
    let server = try FaultServer([
      [.request, .text(streamHead + chunk("one")), .awaitClose(closed)]
    ])
    let client = ChatClient()
    for try await event in client.reply(to: .hello(), at: try .local(server))
    where event == .text("one") {
      break
    }
    #expect(await closed.passed())
  }

  @Test func `A cancel while the server has not answered ends at once`() async throws {
    let (asked, closed) = (Gate(), Gate())
    let server = try FaultServer([[.request, .awaitClose(closed)]])
    let provider = try Provider.local(server)
    let task = Task {
      for try await event in ChatClient().reply(to: .hello(), at: provider) where event == .waiting
      {
        asked.open()
      }
    }
    #expect(await asked.passed())
    task.cancel()
    try await task.value
    #expect(await closed.passed())
  }

  @Test func `An answer comes whole, also when nobody holds the client any more`() async throws {
    let gate = Gate()
    let server = try FaultServer([
      [.request, .text("HTTP/1.1 200 OK\r\n\r\none "), .pass(gate), .text("two")]
    ])
    let answer = try await ChatClient().open(
      ServerCall("/audio/speech", RequestBody(json: ["a": 1])), at: try .local(server))
    gate.open()
    #expect(try await answer.bytes() == Array("one two".utf8))
  }

  @Test func `Two replies stream side by side`() async throws {
    let gate = Gate()
    let server = try FaultServer([
      [.request, .text(streamHead + chunk("first")), .pass(gate), .text(done)],
      [.request, .text(streamHead + chunk("second") + done)],
    ])
    let client = ChatClient()
    let provider = try Provider.local(server)
    var first = client.reply(to: .hello(), at: provider).makeAsyncIterator()
    while try await first.next() != .text("first") {}
    let second = await Outcome(client.reply(to: .hello(), at: provider))
    #expect(second.text == "second")
    gate.open()
    var rest: [ReplyEvent] = []
    while let event = try await first.next() { rest.append(event) }
    #expect(rest.joined == [.finished(nil)])
  }

  @Test func `A slow reader gets all of a reply that is larger than the pipe`() async throws {
    let piece = String(repeating: "x", count: 1000)
    let burst = (0..<8000).map { _ in chunk(piece) }.joined()
    let server = try FaultServer(answering: streamHead + burst + done)
    var count = 0
    for try await event in ChatClient().reply(to: .hello(), at: try .local(server)) {
      guard let text = event.answer else { continue }
      count += text.utf8.count
      await Task.yield()
    }
    #expect(count == 8_000_000)
  }

  @Test func `A picture travels from disk as base64 and again on a retry`() async throws {
    let picture = try TemporaryFile(bytes: (0..<200_001).map { UInt8(truncatingIfNeeded: $0 * 7) })
    let server = try FaultServer(
      answering: answer(500, "{}"), streamHead + chunk("seen") + done)
    var request = ModelRequest.hello()
    request.messages[0].parts.append(.picture(picture.picture, .high))
    let outcome = await Outcome(UnhurriedClient().client.reply(to: request, at: try .local(server)))
    #expect(outcome.text == "seen")
    #expect(server.requests.count == 2)
    #expect(server.requests.first?.body == server.requests.last?.body)
    let part = try #require(
      server.requests.first?.content(0) as? [NSDictionary])
    let url = "data:image/png;base64," + Data(picture.bytes).base64EncodedString()
    #expect(
      part == [
        ["type": "text", "text": "Hello"],
        ["type": "image_url", "image_url": ["url": url, "detail": "high"]],
      ])
  }

  @Test func `A picture that shrank since it was measured ends the request`() async throws {
    let server = try FaultServer(answering: streamHead + done)
    let picture = try TemporaryFile(bytes: [1, 2, 3])
    var request = ModelRequest.hello()
    var file = picture.picture
    file.byteCount = 9
    request.messages[0].parts.append(.picture(file, .low))
    let outcome = await Outcome(ChatClient().reply(to: request, at: try .local(server)))
    #expect(outcome.error?.kind == .request(.fileChanged(path: file.path)))
  }

  @Test func `A picture that is gone ends the request`() async throws {
    let server = try FaultServer(answering: streamHead + done)
    var request = ModelRequest.hello()
    let file = PictureFile(path: "/nonexistent.png", mediaType: "image/png", byteCount: 3)
    request.messages[0].parts.append(.picture(file, .low))
    let outcome = await Outcome(ChatClient().reply(to: request, at: try .local(server)))
    #expect(outcome.error?.kind == .request(.fileMissing(path: file.path)))
  }

  @Test func `The key does not travel over plain http to another machine`() async throws {
    let provider = try Provider("http://192.0.2.1/v1", apiKey: APIKey("sk-1"))
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: provider))
    #expect(outcome.events.isEmpty)
    #expect(outcome.error?.kind == .request(.keyOverPlainHTTP))
  }

  @Test func `A header with a line break is refused before anything is sent`() async throws {
    let server = try FaultServer(answering: streamHead + done)
    var provider = try Provider.local(server)
    provider.headers = [Provider.Header("X-A", "b\r\nX-C: d")]
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: provider))
    #expect(outcome.error?.kind == .request(.headerInvalid(name: "X-A")))
    #expect(server.connections == 0)
  }
}
