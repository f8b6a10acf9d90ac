package import Secrets

extension Provider {
  /// What takes everything out of a text that is sent to this server and unlocks something: the
  /// key, the values of configured headers, and what stands behind the address's question mark.
  ///
  /// A header's value counts whole, and by the words in it that have eight letters or more.
  package var redaction: Redaction {
    var redaction = Redaction()
    if let apiKey { redaction.add(Secret(apiKey.secret)) }
    for header in headers where header.mayUnlock {
      redaction.add(Secret(header.value))
      for word in header.value.split(separator: " ") { redaction.add(Secret(String(word))) }
    }
    for value in base.querySecrets { redaction.add(Secret(value)) }
    return redaction
  }
}

extension Provider.Header {
  /// Whether the name is one of those that carry keys.
  var mayUnlock: Bool {
    let name = name.lowercased()
    let signs = ["auth", "key", "token", "secret", "passw", "cookie", "credential", "signature"]
    return signs.contains { name.contains($0) }
  }
}

extension ChatAPIError {
  /// The same error without the secrets in anything that came from outside.
  func redacted(by redaction: Redaction) -> ChatAPIError {
    var error = self
    error.kind = kind.redacted(by: redaction)
    error.server = redaction.redacting(server)
    error.message = message.map(redaction.redacting)
    error.code = code.map(redaction.redacting)
    error.parameter = parameter.map(redaction.redacting)
    error.requestID = requestID.map(redaction.redacting)
    return error
  }
}

extension ChatAPIError.Kind {
  fileprivate func redacted(by redaction: Redaction) -> ChatAPIError.Kind {
    switch self {
    case .answer(.redirected(let target?)):
      .answer(.redirected(to: redaction.redacting(WebAddress.shown(target))))
    case .answer(.parameterRefused(let name?)):
      .answer(.parameterRefused(name: redaction.redacting(name)))
    case .answer(.moderated(let stage, let categories)):
      .answer(.moderated(stage: stage, categories: categories.map(redaction.redacting)))
    case .network(.certificate(.other(let words))):
      .network(.certificate(.other(redaction.redacting(words))))
    case .network(.handshake(let words)): .network(.handshake(redaction.redacting(words)))
    case .network(.other(let code, let message)):
      .network(.other(code: code, message: redaction.redacting(message)))
    case .request, .network, .answer, .reply: self
    }
  }
}

extension WebAddress {
  /// The values behind the question mark that may unlock something: all but Azure's `api-version`.
  package var querySecrets: [String] {
    (query ?? "").split(separator: "&").compactMap { item in
      let parts = item.split(separator: "=", maxSplits: 1)
      return parts.count == 2 && parts[0].lowercased() != "api-version" ? String(parts[1]) : nil
    }
  }

  /// An address as sentences show it: without a name and password before the host, and without what
  /// stands behind a question mark, which may both unlock something.
  static func shown(_ text: String) -> String {
    let rest = text.firstRange(of: "://").map { text[$0.upperBound...] } ?? text[...]
    let scheme = text[..<rest.startIndex]
    let authority = rest.prefix { !"/?#".contains($0) }
    let host = authority.lastIndex(of: "@").map { authority[$0...].dropFirst() } ?? authority
    let path = rest[authority.endIndex...].prefix { !"?#".contains($0) }
    let isCut = path.endIndex < rest.endIndex
    return (host.startIndex > authority.startIndex ? scheme + "…@" : scheme) + host + path
      + (isCut ? "?…" : "")
  }
}
