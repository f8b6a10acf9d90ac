package import Language

extension ChatAPIError {
  /// What failed in passing, as a clause without advice, with the HTTP status behind it.
  ///
  /// The advice is followed already: the request is made again. Faults that no retry follows have no
  /// shorter form than their sentence.
  package var fact: Phrase {
    guard let clause else { return phrase }
    return status.map { say("\(clause) (\("HTTP \($0)"))") } ?? clause
  }

  private var clause: Phrase? {
    switch kind {
    case .network(let fault): fault.fact(server: server)
    case .answer(let fault): fault.fact(server: server)
    case .request, .reply: nil
    }
  }
}

extension NetworkFault {
  fileprivate func fact(server: String) -> Phrase? {
    switch self {
    case .nameNotFound: say("No server is called \(server)")
    case .connectionRefused: say("\(server) does not take connections")
    case .connectTimeout: say("\(server) did not take the connection in time")
    case .firstByteTimeout: say("\(server) did not answer in time")
    case .idleTimeout: say("\(server) stopped sending")
    case .connectionLost: say("The connection to \(server) broke")
    case .proxyNameNotFound: say("The proxy's name is not known")
    case .proxyUnreachable: say("The proxy does not take connections")
    case .proxyRefused: say("The proxy will not connect to \(server)")
    case .libraryMissing, .totalTimeout, .certificate, .handshake, .authoritiesUnreadable,
      .tooManyRedirects, .privateTarget, .headTooLong, .encodingUnreadable, .tooLarge, .other:
      nil
    }
  }
}

extension AnswerFault {
  fileprivate func fact(server: String) -> Phrase? {
    switch self {
    case .rateLimited: say("\(server) wants fewer requests")
    case .overloaded: say("\(server) is overloaded")
    case .serverFailed: say("\(server) failed")
    case .badRequest: say("\(server) does not accept the request")
    case .notFound: say("\(server) has nothing at this address")
    default: nil
    }
  }
}
