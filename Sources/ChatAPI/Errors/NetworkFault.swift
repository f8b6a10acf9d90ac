import Language

/// Why no answer came, or not the whole of it, told apart as far as libcurl tells.
package enum NetworkFault: Error, Equatable, Sendable {
  /// What is wrong with a server's certificate.
  package enum Certificate: Equatable, Sendable {
    case expired
    case wrongHost
    case selfSigned
    case unknownAuthority
    /// Anything else, in the words of the TLS library.
    case other(String)
  }

  /// libcurl is not on this machine; the loader's words.
  case libraryMissing(String)
  case nameNotFound
  case connectionRefused
  case connectTimeout
  case firstByteTimeout
  case idleTimeout
  case totalTimeout
  /// The connection ended, or was never whole, before the answer was.
  case connectionLost
  case certificate(Certificate)
  /// No TLS connection could be agreed on, in the words of the TLS library.
  case handshake(String)
  /// The file of authorities (`ca_file`, `SSL_CERT_FILE`) cannot be used.
  case authoritiesUnreadable(String)
  case proxyNameNotFound
  case proxyUnreachable
  /// The proxy answered, and would not connect; with its HTTP status where it speaks HTTP.
  case proxyRefused(status: Int?)
  case tooManyRedirects
  /// A redirect leads to this machine or its network, where the user did not send it.
  case privateTarget(host: String)
  /// The answer's headers are longer than any server's.
  case headTooLong
  /// The answer is compressed in a way that this libcurl cannot undo, or is damaged; its words.
  case encodingUnreadable(String)
  /// The answer is larger than asked for, in bytes.
  case tooLarge(limit: Int)
  /// Anything else, with libcurl's number and words.
  case other(code: Int, message: String)
}

extension NetworkFault {
  /// Whether asking again may help: what OpenAI's SDKs call a connection error or a time-out.
  var isPassing: Bool {
    switch self {
    case .nameNotFound, .connectionRefused, .connectTimeout, .firstByteTimeout, .idleTimeout,
      .connectionLost, .proxyNameNotFound, .proxyUnreachable:
      true
    case .proxyRefused(let status): (status ?? 0) >= 500
    case .libraryMissing, .totalTimeout, .certificate, .handshake, .authoritiesUnreadable,
      .tooManyRedirects, .privateTarget, .tooLarge, .headTooLong, .encodingUnreadable, .other:
      false
    }
  }

  /// What happened with `server`, and what to do.
  func phrase(server: String) -> Phrase {
    switch self {
    case .libraryMissing(let words):
      say("libcurl cannot be loaded (\(words)): install the package libcurl4.")
    case .nameNotFound:
      say("No server is called \(server): check the address, or the network.")
    case .connectionRefused:
      say("\(server) does not take connections: check the address, and that the server runs.")
    case .connectTimeout:
      say("\(server) did not take the connection in time: check the network, and try again.")
    case .firstByteTimeout:
      say("\(server) took the request and did not answer in time: try again.")
    case .idleTimeout:
      say("\(server) stopped sending in mid-reply: try again.")
    case .totalTimeout:
      say("\(server) did not send everything in time: try again.")
    case .connectionLost:
      say("The connection to \(server) broke: check the network, and try again.")
    case .certificate(let fault): certificatePhrase(fault, server: server)
    case .handshake(let words):
      say("No TLS connection to \(server) (\(words)): check the address and its port.")
    case .authoritiesUnreadable(let file):
      say("The file of certificate authorities \(file) cannot be used: check its path.")
    case .proxyNameNotFound, .proxyUnreachable, .proxyRefused: proxyPhrase(server: server)
    case .privateTarget(let host):
      say(
        """
        \(server) sends on to \(host), which is this machine or its network: it was not asked. \
        To trust it, attach its own address.
        """)
    case .tooManyRedirects:
      say("\(server) sends from one address to the next: use the last one.")
    case .headTooLong:
      say("\(server) sends headers without end: check that the address is an API's.")
    case .encodingUnreadable(let words):
      say("The answer of \(server) cannot be decompressed (\(words)): try another server.")
    case .tooLarge(let limit):
      say("What \(server) sends is larger than \(limit / 1_000_000) MB: use a smaller one.")
    case .other(let code, let message):
      say("The request to \(server) failed: \(message) (libcurl \(code)).")
    }
  }

  private func certificatePhrase(_ fault: Certificate, server: String) -> Phrase {
    switch fault {
    case .expired:
      say("The certificate of \(server) has expired: nothing was sent. Check this machine's clock.")
    case .wrongHost:
      say("The certificate is not for \(server): nothing was sent. Check the address.")
    case .selfSigned:
      say("The certificate of \(server) is self-signed: name it in ca_file if you trust it.")
    case .unknownAuthority:
      say("An unknown authority signed for \(server): name its certificate in ca_file.")
    case .other(let words):
      say("The certificate of \(server) is not accepted (\(words)): nothing was sent.")
    }
  }

  private func proxyPhrase(server: String) -> Phrase {
    switch self {
    case .proxyNameNotFound:
      say("The proxy's name is not known: check proxy, HTTPS_PROXY or ALL_PROXY.")
    case .proxyRefused(407?):
      say("The proxy wants a name and a password: write them into its address.")
    case .proxyRefused(let status?):
      say("The proxy will not connect to \(server) (HTTP \(status)): ask who runs it.")
    case .proxyRefused(nil):
      say("The proxy will not connect to \(server): check the address, and the proxy's rules.")
    default:
      say("The proxy does not take connections: check proxy, HTTPS_PROXY or ALL_PROXY.")
    }
  }
}
