extension Provider {
  /// The exchange for one call, with the key and the headers of this server.
  func transfer(
    _ method: TransferRequest.Method, call: String, contentType: String = "application/json",
    withoutVersion: Bool = false
  ) throws(ChatAPIError) -> TransferRequest {
    let address = address(of: call, withoutVersion: withoutVersion)
    var request = TransferRequest(method: method, address: address)
    request.headers = allHeaders
    request.proxy = proxy.proxy(for: address)
    if let fault = plainTextFault(of: request) { throw ChatAPIError(.request(fault), server: name) }
    if case .post = method {
      request.headers.append(Header("Content-Type", contentType))
      // A gateway that compresses a stream holds it back; one that does so unasked is understood.
      if !request.headers.contains(where: { $0.name.lowercased() == "accept-encoding" }) {
        request.headers.append(Header("Accept-Encoding", "identity"))
      }
    }
    if let wrong = request.headers.first(where: { !$0.isValid }) {
      throw ChatAPIError(.request(.headerInvalid(name: wrong.name)), server: name)
    }
    request.authorityFile = authorityFile
    request.limits = timeLimits
    return request
  }

  /// Why a request may not leave readable: it unlocks the server, and passes another machine.
  ///
  /// To this machine itself a key may go in plain http, though not by way of a proxy elsewhere.
  private func plainTextFault(of request: TransferRequest) -> RequestFault? {
    let unlocks =
      apiKey != nil || headers.contains(where: \.mayUnlock) || !base.querySecrets.isEmpty
    guard unlocks, !request.address.isSecure, !allowsKeyOverPlainHTTP else { return nil }
    guard request.address.isLoopback else { return .keyOverPlainHTTP }
    guard let proxy = request.proxy, !ProxySettings.isLoopback(proxy) else { return nil }
    return .keyThroughProxy
  }

  /// The configured headers, and those that they do not replace.
  private var allHeaders: [Header] {
    var usual = [Header("Accept", "application/json, text/event-stream")]
    if let apiKey {
      switch keyHeader {
      case .bearer: usual.append(Header("Authorization", "Bearer " + apiKey.secret))
      case .named(let name): usual.append(Header(name, apiKey.secret))
      }
    }
    if let organization { usual.append(Header("OpenAI-Organization", organization)) }
    if let project { usual.append(Header("OpenAI-Project", project)) }
    let names = Set(headers.map { $0.name.lowercased() })
    return usual.filter { !names.contains($0.name.lowercased()) } + headers
  }
}

extension Provider.Header {
  /// Whether neither part can end the header's line, and the name is a token (RFC 9110 §5.6.2).
  fileprivate var isValid: Bool {
    let marks = "!#$%&'*+-.^_`|~"
    let isToken = name.utf8.allSatisfy { byte in
      byte < 0x80
        && (Character(Unicode.Scalar(byte)).isLetter || byte.isDigit
          || marks.utf8.contains(byte))
    }
    return isToken && !name.isEmpty
      && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
  }
}
