import ChatAPI
import Conversation
import Synchronization
import Testing

@Suite struct ConnectionTests {
  private let chunkedHead =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

  /// A piece of a chunked body (RFC 9112 §7.1).
  private func piece(_ text: String) -> String {
    String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n"
  }

  @Test func `A reply that is over leaves its connection to the next one`() async throws {
    let gate = Gate()
    let reply = chunkedHead + piece(chunk("ok", finish: "stop") + done)
    let server = try FaultServer([
      [
        .request, .text(reply), .pass(gate), .text("0\r\n\r\n"), .request,
        .text(reply + "0\r\n\r\n"),
      ]
    ])
    let client = ChatClient()
    let provider = try Provider.local(server)
    #expect(await Outcome(client.reply(to: .hello(), at: provider)).text == "ok")
    gate.open()
    #expect(await server.hasSent("0\r\n\r\n"))
    #expect(await Outcome(client.reply(to: .hello(), at: provider)).text == "ok")
    #expect(server.connections == 1)
  }

  @Test func `A connection that the server keeps open behind the reply is closed`() async throws {
    let closed = Gate()
    let server = try FaultServer([
      [.request, .text(streamHead + chunk("ok") + done), .awaitClose(closed)]
    ])
    let client = ChatClient()
    #expect(await Outcome(client.reply(to: .hello(), at: try .local(server))).text == "ok")
    #expect(await closed.passed())
  }

  @Test func `A kept connection that the server closed meanwhile is not missed`() async throws {
    let whole = chunkedHead + piece(chunk("ok", finish: "stop") + done) + "0\r\n\r\n"
    let server = try FaultServer([[.request, .text(whole)]])
    let client = ChatClient()
    let provider = try Provider.local(server)
    for _ in 0..<3 {
      #expect(await Outcome(client.reply(to: .hello(), at: provider)).text == "ok")
    }
    #expect(server.connections == 3)
  }

  @Test func `A trace tells everything but the key`() async throws {
    let lines = Mutex<[String]>([])
    let server = try FaultServer(
      answering: answer(400, "{\"error\":\"sk-0123456789abcdef0123 is\\nbad\"}"))
    let client = ChatClient(trace: Trace { line in lines.withLock { $0.append(line) } })
    var provider = try Provider.local(server)
    provider.headers = [Provider.Header("X-Relay", "relay-0123456789")]
    _ = await Outcome(client.reply(to: .hello(), at: provider))
    let told = lines.withLock { $0 }
    #expect(told.first?.hasPrefix("> POST \(server.address)/v1/chat/completions, ") == true)
    #expect(told.contains("> Authorization: Bearer …"))
    #expect(told.contains("> X-Relay: …"))
    #expect(told.contains { $0.hasPrefix("> {\"model\":\"m\"") })
    #expect(told.contains("< HTTP 400"))
    #expect(told.contains("< content-type: application/json"))
    #expect(told.contains("< {\"error\":\"… is\\nbad\"}"))
    #expect(!told.contains { $0.contains("0123456789") })
  }

  @Test func `A trailer behind the body is not taken for another answer`() async throws {
    let reply = chunkedHead + piece(chunk("ok", finish: "stop")) + "0\r\nX-A: b\r\n\r\n"
    let server = try FaultServer(answering: reply)
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    #expect(outcome.events.joined == [.connecting, .waiting, .text("ok"), .finished(.stop)])
  }

  @Test func `An early hint before the answer is passed over`() async throws {
    let hint = "HTTP/1.1 103 Early Hints\r\nX-A: b\r\n\r\n"
    let server = try FaultServer(answering: hint + streamHead + chunk("ok") + done)
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: try .local(server)))
    #expect(outcome.text == "ok")
  }
}
