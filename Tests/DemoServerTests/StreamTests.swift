import DemoServer
import FlyingSocks
import Language
import Testing

@Suite struct StreamTests {
  private static let hello = #""messages":[{"role":"user","content":"long"}]"#

  private func ask(_ body: String) async throws -> WireClient.Answer {
    try await withDemo { client, _ in try await client.ask(body) }
  }

  @Test func `A stream is a role, deltas, a finish reason and the end`() async throws {
    let answer = try await ask(#"{"model":"demo","stream":true,\#(Self.hello)}"#)
    #expect(answer.status == 200)
    #expect(answer.headers["content-type"] == "text/event-stream")
    #expect(answer.headers["x-request-id"]?.hasPrefix("req_demo_") == true)
    #expect(answer.events.last == "[DONE]")
    let chunks = try answer.chunks()
    #expect(chunks.first?.choices.first?.delta.role == "assistant")
    #expect(chunks.last?.choices.first?.finishReason == "stop")
    #expect(chunks.dropLast().allSatisfy { $0.choices.first?.finishReason == nil })
    #expect(chunks.allSatisfy { $0.object == "chat.completion.chunk" && $0.model == "demo" })
    #expect(Set(chunks.map(\.id)).count == 1)
    #expect(chunks.allSatisfy { $0.usage == nil })
  }

  @Test func `Usage comes in a chunk of its own where it was asked for`() async throws {
    let body =
      #"{"model":"demo","stream":true,"stream_options":{"include_usage":true},\#(Self.hello)}"#
    let chunks = try await ask(body).chunks()
    let usage = try #require(chunks.last?.usage)
    #expect(chunks.last?.choices.isEmpty == true)
    #expect(chunks.count { $0.usage != nil } == 1)
    #expect(usage.completionTokens == chunks.count - 3)
    #expect(usage.totalTokens == usage.promptTokens + usage.completionTokens)
  }

  @Test(arguments: ["long", "长 2", "count 12"])
  func `A streamed reply says what a whole one says`(words: String) async throws {
    let message = #""messages":[{"role":"user","content":"\#(words)"}]"#
    let streamed = try await ask(#"{"model":"demo","stream":true,\#(message)}"#)
    let whole = try await ask(#"{"model":"demo",\#(message)}"#)
    #expect(whole.headers["content-type"] == "application/json")
    #expect(try whole.decoded(Completion.self).choices.map(\.finishReason) == ["stop"])
    #expect(try streamed.replyText() == whole.replyText())
    #expect(try streamed.chunks().count > 12)
  }

  @Test func `A burst has as many deltas as its name says`() async throws {
    let answer = try await ask(#"{"model":"demo-burst-2500","stream":true,\#(Self.hello)}"#)
    #expect(try answer.chunks().count == 2_500 + 2)
    #expect(answer.isWhole)
  }

  @Test func `A reply that breaks off has text, no end, and no proper close`() async throws {
    let answer = try await ask(#"{"model":"demo-cut","stream":true,\#(Self.hello)}"#)
    #expect(!answer.isWhole)
    #expect(try !answer.replyText().isEmpty)
    #expect(!answer.events.contains("[DONE]"))
  }

  @Test func `An error in mid-stream comes as an event`() async throws {
    let answer = try await ask(#"{"model":"demo-error","stream":true,\#(Self.hello)}"#)
    let last = try #require(answer.events.last)
    let refusal = try decode(Refusal.self, Array(last.utf8))
    #expect(refusal.error.type == "server_error")
    #expect(answer.events.count > 10)
  }

  @Test func `A client that leaves ends its reply`() async throws {
    try await withDemo(pace: .milliseconds(2)) { client, server in
      let socket = try await client.open(
        #"{"model":"demo","stream":true,"messages":[{"role":"user","content":"count 20000"}]}"#)
      _ = try await socket.read(bytes: 400)
      #expect(server.runningReplies == 1)
      try socket.close()
      #expect(try await eventually { server.runningReplies == 0 })
    }
  }

  @Test func `A server that stops breaks off its replies`() async throws {
    let server = try await DemoServer.start(pace: .milliseconds(50))
    let socket = try await WireClient(server).open(
      #"{"model":"demo-slow","stream":true,\#(Self.hello)}"#)
    _ = try await socket.read(bytes: 100)
    await server.stop()
    await server.waitUntilStopped()
    #expect(try await eventually { server.runningReplies == 0 })
  }

  @Test func `A pause stands between two deltas`() async throws {
    let clock = ContinuousClock()
    try await withDemo(pace: .milliseconds(3)) { client, _ in
      var answer: WireClient.Answer?
      let time = try await clock.measure {
        answer = try await client.ask(
          #"{"model":"demo","stream":true,"messages":[{"role":"assistant","content":""},"#
            + #"{"role":"user","content":"count 20"}]}"#)
      }
      #expect(try answer?.replyText().hasSuffix("19 20") == true)
      #expect(time >= .milliseconds(3 * 20))
    }
  }

  @Test func `A port that is taken is told`() async throws {
    let first = try await DemoServer.start()
    let port = try WireClient(first).port
    await #expect(throws: DemoServerError.cannotListen(port: port)) {
      _ = try await DemoServer.start(port: port)
    }
    await first.stop()
  }

  @Test func `Why the demo cannot start is said with what to do`() {
    #expect(
      DemoServerError.cannotListen(port: 8_080).sentence.text()
        == "The demo cannot listen on port 8080 of 127.0.0.1. Choose another port.")
    #expect(
      DemoServerError.cannotListen(port: 0).sentence.text()
        == "The demo cannot listen on 127.0.0.1. "
        + "Set OPENAI_API_KEY to talk to a server instead.")
  }
}
