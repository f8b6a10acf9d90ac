import ChatAPI
import Conversation
import Foundation
import Language
import LoopbackSockets
import ModelCatalog
import Testing

/// What the wire can do to a reply, end to end: retries, cuts, limits and changes of the request.
@Suite struct ReplyFailureTests {
  @Test func `A server that fails twice answers at the third attempt`() async throws {
    let server = try FaultServer(
      answering: answer(500, "{}"), answer(503, "{}"), streamHead + chunk("ok") + done)
    let unhurried = UnhurriedClient()
    let outcome = await Outcome(unhurried.client.reply(to: .hello(), at: try .local(server)))
    #expect(outcome.text == "ok")
    #expect(unhurried.waits == [.milliseconds(500), .seconds(1)])
    let retries = outcome.events.compactMap {
      if case .retrying(let n, _, _) = $0 { n } else { nil }
    }
    #expect(retries == [1, 2])
  }

  @Test func `After two retries the error stands`() async throws {
    let server = try FaultServer(answering: answer(502, "<html><title>Bad Gateway</title>"))
    let outcome = await Outcome(
      UnhurriedClient().client.reply(to: .hello(), at: try .local(server)))
    #expect(server.connections == 3)
    #expect(outcome.error?.kind == .answer(.serverFailed))
    #expect(outcome.error?.message == "Bad Gateway")
  }

  @Test func `The server's own delay is kept`() async throws {
    let server = try FaultServer(
      answering: answer(429, "{}", headers: ["Retry-After: 7"]), streamHead + chunk("ok") + done)
    let unhurried = UnhurriedClient()
    _ = await Outcome(unhurried.client.reply(to: .hello(), at: try .local(server)))
    #expect(unhurried.waits == [.seconds(7)])
  }

  @Test func `A quota that is used up is not asked again`() async throws {
    let body = """
      {"error":{"message":"You exceeded your current quota","type":"insufficient_quota",\
      "code":"insufficient_quota","param":null}}
      """
    let server = try FaultServer(answering: answer(429, body))
    let outcome = await Outcome(
      UnhurriedClient().client.reply(to: .hello(), at: try .local(server)))
    #expect(server.connections == 1)
    #expect(outcome.error?.kind == .answer(.quotaUsedUp))
  }

  @Test func `A reply that broke off keeps its text and is not asked again`() async throws {
    let server = try FaultServer(answering: streamHead + chunk("half"))
    let outcome = await Outcome(
      UnhurriedClient().client.reply(to: .hello(), at: try .local(server)))
    #expect(outcome.text == "half")
    #expect(outcome.error?.kind == .reply(.cutOff))
    #expect(server.connections == 1)
  }

  @Test func `A connection that is reset in mid-reply keeps its text`() async throws {
    let gate = Gate()
    let server = try FaultServer([
      [.request, .text(streamHead + chunk("half")), .pass(gate), .reset]
    ])
    var text = ""
    let error = await #expect(throws: ChatAPIError.self) {
      for try await event in ChatClient().reply(to: .hello(), at: try .local(server)) {
        guard let piece = event.answer else { continue }
        text += piece
        gate.open()
      }
    }
    #expect(text == "half")
    #expect(error?.kind == .reply(.cutOff))
  }

  @Test func `A connection that closes without an answer is tried again`() async throws {
    let server = try FaultServer([[.request], [.request, .text(streamHead + chunk("ok") + done)]])
    let outcome = await Outcome(
      UnhurriedClient().client.reply(to: .hello(), at: try .local(server)))
    #expect(outcome.text == "ok")
  }

  @Test func `A server that is not there is tried three times`() async throws {
    let port = try SilentPort()
    let unhurried = UnhurriedClient()
    let provider = try Provider("http://127.0.0.1:\(port.number)")
    let outcome = await Outcome(unhurried.client.reply(to: .hello(), at: provider))
    withExtendedLifetime(port) {}
    #expect(outcome.error?.kind == .network(.connectionRefused))
    #expect(unhurried.waits.count == 2)
  }

  @Test func `A server that takes the request and says nothing runs out of time`() async throws {
    let server = try FaultServer([[.request, .awaitClose(Gate())]])
    var provider = try Provider.local(server)
    provider.timeLimits.firstByte = .milliseconds(50)
    let outcome = await Outcome(UnhurriedClient().client.reply(to: .hello(), at: provider))
    #expect(outcome.error?.kind == .network(.firstByteTimeout))
  }

  @Test func `A server that stops in mid-reply runs out of time, and the text stays`() async throws
  {
    let server = try FaultServer([
      [.request, .text(streamHead + chunk("half")), .awaitClose(Gate())]
    ])
    var provider = try Provider.local(server)
    provider.timeLimits.idle = .milliseconds(50)
    let outcome = await Outcome(UnhurriedClient().client.reply(to: .hello(), at: provider))
    #expect(outcome.text == "half")
    #expect(outcome.error?.kind == .network(.idleTimeout))
  }

  @Test func `A parameter that is refused is left out, said once, and remembered`() async throws {
    let refusal = answer(
      400,
      """
      {"error":{"message":"Unsupported value: 'temperature' does not support 0 with this model.",\
      "type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}
      """)
    let server = try FaultServer(answering: refusal, streamHead + chunk("ok") + done)
    let client = ChatClient()
    var parameters = Parameters()
    parameters.temperature = 0
    let provider = try Provider.local(server)
    let first = await Outcome(client.reply(to: .hello(parameters), at: provider))
    #expect(first.text == "ok")
    let said = first.events.filter { if case .adapted = $0 { true } else { false } }
    #expect(said == [.adapted(Adaptation.omit("temperature").phrase(server: provider.name))])
    let second = await Outcome(client.reply(to: .hello(parameters), at: provider))
    #expect(second.events.prefix(2) == [.connecting, .waiting])
    #expect(server.requests.map { $0.json?["temperature"] != nil } == [true, false, false])
    #expect(
      client.learnedRules.adaptations(for: "m", at: provider) == [.omit("temperature")])
  }

  @Test func `A base without a version is tried with one, then without`() async throws {
    let server = try FaultServer(
      answering: answer(404, "{\"detail\":\"Not Found\"}"), streamHead + chunk("ok") + done)
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    #expect(outcome.text == "ok")
    #expect(server.requests.map(\.target) == ["/v1/chat/completions", "/chat/completions"])
  }

  @Test func `A redirect is not followed`() async throws {
    let server = try FaultServer(
      answering: answer(307, "", headers: ["Location: http://127.0.0.1:1/other"]))
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    #expect(outcome.error?.kind == .answer(.redirected(to: "http://127.0.0.1:1/other")))
    #expect(server.connections == 1)
  }

  @Test func `A key that the server echoes is not repeated`() async throws {
    let body = "{\"error\":{\"message\":\"Incorrect API key provided: sk-0123456789abcdef0123.\"}}"
    let server = try FaultServer(answering: answer(401, body, headers: ["x-request-id: req_7"]))
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    let error = try #require(outcome.error)
    #expect(error.kind == .answer(.keyRefused))
    #expect(error.message == "Incorrect API key provided: ….")
    #expect(error.requestID == "req_7")
    #expect(!error.phrase.text().contains("0123456789"))
  }

  @Test func `A cancel during the wait for a retry ends the reply`() async throws {
    let server = try FaultServer(answering: answer(500, "{}"))
    let provider = try Provider.local(server)
    var timing = ChatClient.Timing()
    let waiting = Gate()
    timing.sleep = { _ in
      waiting.open()
      try await Task.sleep(for: .seconds(100))
    }
    let client = ChatClient(timing: timing)
    let task = Task { await Outcome(client.reply(to: .hello(), at: provider)) }
    #expect(await waiting.passed())
    task.cancel()
    #expect(await task.value.error == nil)
    #expect(server.connections == 1)
  }

  @Test func `A large body that is refused before it was read is told by its answer`() async throws
  {
    let picture = try TemporaryFile(bytes: [UInt8](repeating: 7, count: 3_000_000))
    let closed = Gate()
    let server = try FaultServer([
      [.take(1000), .text(answer(413, "{}", headers: ["Connection: close"])), .awaitClose(closed)]
    ])
    var request = ModelRequest.hello()
    request.messages[0].parts.append(.picture(picture.picture, .high))
    let outcome = await Outcome(UnhurriedClient().client.reply(to: request, at: try .local(server)))
    #expect(outcome.error?.kind == .answer(.tooLarge))
    #expect(await closed.passed())
  }

  @Test func `An error of many megabytes is not read to its end`() async throws {
    let closed = Gate()
    let page = "HTTP/1.1 400 X\r\n\r\n<title>Long</title>" + String(repeating: "x", count: 1 << 21)
    let server = try FaultServer([[.request, .text(page), .awaitClose(closed)]])
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    #expect(outcome.error?.message == "Long")
    #expect(await closed.passed())
  }

  @Test func `No more than three changes are made to a request`() async throws {
    let names = ["temperature", "top_p", "seed", "stop"]
    let server = try FaultServer(
      names.map { name in
        let error =
          "{\"error\":{\"message\":\"no\",\"code\":\"unsupported_parameter\",\"param\":\"\(name)\"}}"
        return [.request, .text(answer(400, error))]
      })
    var parameters = Parameters()
    parameters.temperature = 1
    parameters.topP = 1
    parameters.seed = 1
    parameters.stop = ["a"]
    let outcome = await Outcome(
      ChatClient().reply(to: .hello(parameters), at: try .local(server)))
    #expect(server.connections == 4)
    #expect(outcome.error?.kind == .answer(.parameterRefused(name: "stop")))
  }

  @Test func `A setting that the model's family refuses is left out and said once`() async throws {
    let server = try FaultServer(answering: streamHead + chunk("ok") + done)
    let client = ChatClient()
    var parameters = Parameters()
    parameters.temperature = 1
    let request = ModelRequest.hello(parameters, model: "o3")
    let sentence = ReplyEvent.adapted(Adaptation.omit("temperature").phrase(server: "o3"))
    let provider = try Provider.local(server)
    let first = await Outcome(client.reply(to: request, at: provider))
    let second = await Outcome(client.reply(to: request, at: provider))
    #expect(first.events.first == sentence)
    #expect(!second.events.contains(sentence))
    #expect(server.requests.allSatisfy { $0.json?["temperature"] == nil })
  }

  @Test func `DeepSeek is given its reasoning back once it demands it`() async throws {
    let demand = "The reasoning_content in the thinking mode must be passed back to the API."
    let server = try FaultServer(
      answering: answer(400, "{\"error\":{\"message\":\"\(demand)\"}}"),
      streamHead + chunk("ok") + done)
    var request = ModelRequest.hello()
    request.messages.append(RequestMessage(role: .assistant, parts: [.text("a")], reasoning: "hm"))
    let outcome = await Outcome(ChatClient().reply(to: request, at: try .local(server)))
    #expect(outcome.text == "ok")
    let replies = server.requests.map { request in
      (request.json?["messages"] as? [NSDictionary])?.last?["reasoning_content"] as? String
    }
    #expect(replies == [nil, "hm"])
  }

  @Test func `A picture that the server would not fetch is told before anything is sent`()
    async throws
  {
    let server = try FaultServer(answering: answer(200, "{}"))
    var provider = try Provider.local(server)
    provider.limits.takesURLs = false
    var request = ModelRequest.hello()
    request.messages[0].parts.append(.pictureURL("data:image/png;base64,AA", .low))
    request.messages[0].parts.append(.pictureURL("https://e.org/a.png", .low))
    let outcome = await Outcome(ChatClient().reply(to: request, at: provider))
    #expect(
      outcome.error?.kind == .request(.pictureURLNotAccepted(url: "https://e.org/a.png")))
    #expect(server.requests.isEmpty)
  }
}
