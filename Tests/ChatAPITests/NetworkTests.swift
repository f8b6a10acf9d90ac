import ChatAPI
import Conversation
import Foundation
import Testing

/// What can go wrong between this machine and a server, each told apart from the others.
@Suite struct NetworkTests {
  private func kind(_ provider: Provider) async -> ChatAPIError.Kind? {
    await Outcome(UnhurriedClient().client.reply(to: .hello(), at: provider)).error?.kind
  }

  @Test func `A name that nobody has`() async throws {
    #expect(await kind(try Provider("https://iris.invalid")) == .network(.nameNotFound))
  }

  @Test func `A server that speaks no TLS`() async throws {
    let server = try FaultServer([[.text("HTTP/1.1 400 Bad Request\r\n\r\n")]])
    guard case .network(.handshake)? = await kind(try Provider("https://127.0.0.1:\(server.port)"))
    else { return #expect(Bool(false), "not told as a handshake that failed") }
  }

  @Test func `An answer that is cut short of its length`() async throws {
    let head = "HTTP/1.1 500 X\r\nContent-Length: 100\r\n\r\n"
    let server = try FaultServer(answering: head + "{\"error\":\"half\"}")
    let outcome = await Outcome(
      UnhurriedClient().client.reply(to: .hello(), at: try .local(server)))
    #expect(outcome.error?.kind == .answer(.serverFailed))
    #expect(outcome.error?.message == "half")
  }

  @Test func `An answer that is no HTTP`() async throws {
    let server = try FaultServer(answering: "SSH-2.0-OpenSSH_9.2\r\n")
    guard case .network(.other)? = await kind(try .local(server)) else {
      return #expect(Bool(false), "not told as a network's fault")
    }
  }

  @Test func `A file of authorities that is not there`() async throws {
    let server = try FaultServer([[.awaitClose(Gate())]])
    var provider = try Provider("https://127.0.0.1:\(server.port)")
    provider.authorityFile = "/nonexistent.pem"
    #expect(await kind(provider) == .network(.authoritiesUnreadable("/nonexistent.pem")))
  }

  @Test func `A server on IPv6`() async throws {
    let provider = try Provider("http://[::1]:1")
    #expect(await kind(provider) == .network(.connectionRefused))
  }
}

@Suite(.enabled(if: ChildServer.isInstalled("openssl"), "openssl is not installed"))
struct CertificateTests {
  /// A reply, or why there is none, from a TLS server with `certificate`.
  private func ask(
    _ certificate: Certificate, trusting file: String? = nil
  ) async throws -> Outcome {
    let server = try ChildServer("openssl", ready: "ACCEPT") { port in
      [
        "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate.path, "-key",
        certificate.keyPath, "-naccept", "1",
      ]
    }
    var provider = try Provider("https://localhost:\(server.port)", apiKey: APIKey("k"))
    provider.authorityFile = file
    try server.type(streamHead + chunk("secret", finish: "stop") + done)
    return await Outcome(UnhurriedClient().client.reply(to: .hello(), at: provider))
  }

  @Test func `An authority of one's own is trusted when it is named`() async throws {
    let authority = try Certificate(for: "ca.example")
    let certificate = try Certificate(for: "localhost", signedBy: authority)
    let outcome = try await ask(certificate, trusting: authority.path)
    #expect(outcome.text == "secret")
    #expect(outcome.error == nil)
  }

  @Test func `A certificate that signs itself`() async throws {
    let certificate = try Certificate(for: "localhost")
    let outcome = try await ask(certificate)
    #expect(outcome.error?.kind == .network(.certificate(.selfSigned)))
    #expect(outcome.events == [.connecting])
  }

  @Test func `A certificate of an authority that nobody knows`() async throws {
    let authority = try Certificate(for: "ca.example")
    let certificate = try Certificate(for: "localhost", signedBy: authority)
    let outcome = try await ask(certificate)
    #expect(outcome.error?.kind == .network(.certificate(.unknownAuthority)))
  }

  @Test func `A certificate that has expired`() async throws {
    let authority = try Certificate(for: "ca.example")
    let certificate = try Certificate(for: "localhost", days: -1, signedBy: authority)
    let outcome = try await ask(certificate, trusting: authority.path)
    #expect(outcome.error?.kind == .network(.certificate(.expired)))
  }

  @Test func `A certificate for another name`() async throws {
    let authority = try Certificate(for: "ca.example")
    let certificate = try Certificate(for: "other.example", signedBy: authority)
    let outcome = try await ask(certificate, trusting: authority.path)
    #expect(outcome.error?.kind == .network(.certificate(.wrongHost)))
  }
}
