import ChatAPI
import Foundation
import Testing

/// Proxies that are scripted, for their refusals, and real ones from Debian, for their service.
@Suite struct ProxyTests {
  private func ask(
    _ address: String, through proxy: String
  ) async throws -> Outcome {
    var provider = try Provider(address, apiKey: APIKey("sk-0123456789"))
    provider.allowsKeyOverPlainHTTP = true
    provider.proxy = ProxySettings(proxy: proxy)
    return await Outcome(UnhurriedClient().client.reply(to: .hello(), at: provider))
  }

  @Test func `A plain request goes to the proxy with its whole address`() async throws {
    let proxy = try FaultServer(answering: streamHead + chunk("ok") + done)
    let outcome = try await ask("http://iris.invalid/v1", through: proxy.address)
    #expect(outcome.text == "ok")
    #expect(proxy.requests.first?.target == "http://iris.invalid/v1/chat/completions")
  }

  @Test func `A name and a password in the proxy's address are sent to it`() async throws {
    let proxy = try FaultServer(answering: streamHead + chunk("ok") + done)
    _ = try await ask("http://iris.invalid/v1", through: "http://me:it@127.0.0.1:\(proxy.port)")
    let expected = "Basic " + Data("me:it".utf8).base64EncodedString()
    #expect(proxy.requests.first?.headers["proxy-authorization"] == expected)
  }

  @Test(arguments: [403, 407, 502]) func `A tunnel that the proxy refuses`(status: Int) async throws
  {
    let proxy = try FaultServer(answering: "HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n")
    let outcome = try await ask("https://iris.invalid/v1", through: proxy.address)
    #expect(outcome.error?.kind == .network(.proxyRefused(status: status)))
    #expect(proxy.requests.first?.line == "CONNECT iris.invalid:443 HTTP/1.1")
    #expect(proxy.requests.first?.headers["authorization"] == nil)
  }

  @Test func `A proxy that wants a password for a plain request`() async throws {
    let proxy = try FaultServer(answering: answer(407, ""))
    let outcome = try await ask("http://iris.invalid/v1", through: proxy.address)
    #expect(outcome.error?.kind == .network(.proxyRefused(status: 407)))
  }

  @Test func `A proxy that is not there`() async throws {
    let outcome = try await ask("https://iris.invalid/v1", through: "http://127.0.0.1:1")
    #expect(outcome.error?.kind == .network(.proxyUnreachable))
  }

  @Test func `A proxy whose name nobody has`() async throws {
    let outcome = try await ask("https://a.com/v1", through: "http://proxy.invalid:1")
    #expect(outcome.error?.kind == .network(.proxyNameNotFound))
  }

  @Test func `A SOCKS proxy is given the name to look up`() async throws {
    let name = Array("iris.invalid".utf8)
    let proxy = try FaultServer([
      [
        .take(4), .send([5, 0]), .take(4 + 1 + name.count + 2),
        .send([5, 0, 0, 1, 127, 0, 0, 1, 0, 80]), .request,
        .text(streamHead + chunk("ok") + done),
      ]
    ])
    let outcome = try await ask(
      "http://iris.invalid/v1", through: "socks5h://127.0.0.1:\(proxy.port)")
    #expect(outcome.text == "ok")
    #expect(proxy.requests[1].body == [5, 1, 0, 3, UInt8(name.count)] + name + [0, 80])
  }

  @Test func `A SOCKS proxy that refuses`() async throws {
    let proxy = try FaultServer([
      [.take(4), .send([5, 0]), .take(19), .send([5, 2, 0, 1, 0, 0, 0, 0, 0, 0])]
    ])
    let outcome = try await ask(
      "http://iris.invalid/v1", through: "socks5h://127.0.0.1:\(proxy.port)")
    #expect(outcome.error?.kind == .network(.proxyRefused(status: nil)))
  }

  @Test(.enabled(if: ChildServer.isInstalled("tinyproxy"), "tinyproxy is not installed"))
  func `A real HTTP proxy carries a reply`() async throws {
    let server = try FaultServer(answering: streamHead + chunk("ok") + done)
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("iris-\(UUID().uuidString).conf")
    defer { try? FileManager.default.removeItem(at: file) }
    let proxy = try ChildServer("tinyproxy") { port in
      let rules = "Port \(port)\nListen 127.0.0.1\nAllow 127.0.0.1\nLogLevel Critical\n"
      try Data(rules.utf8).write(to: file)
      return ["-d", "-c", file.path]
    }
    let outcome = try await ask(server.address, through: "http://127.0.0.1:\(proxy.port)")
    #expect(outcome.text == "ok")
    #expect(server.requests.first?.headers["via"] != nil)
  }

  @Test(.enabled(if: ChildServer.isInstalled("microsocks"), "microsocks is not installed"))
  func `A real SOCKS proxy carries a reply, with a name and a password`() async throws {
    let server = try FaultServer(answering: streamHead + chunk("ok") + done)
    let proxy = try ChildServer("microsocks") { port in
      ["-i", "127.0.0.1", "-p", "\(port)", "-u", "me", "-P", "it"]
    }
    let right = try await ask(server.address, through: "socks5://me:it@127.0.0.1:\(proxy.port)")
    #expect(right.text == "ok")
    let wrong = try await ask(server.address, through: "socks5h://me:no@127.0.0.1:\(proxy.port)")
    #expect(wrong.error?.kind == .network(.proxyRefused(status: nil)))
  }
}
