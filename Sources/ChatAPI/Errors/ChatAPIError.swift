package import Language

/// Why there is no reply, or not the whole of it: the one error of this room.
///
/// Never carries the key: a server's words are stored with the key taken out. They are otherwise as
/// the server wrote them, so sanitise at drawing.
package struct ChatAPIError: Error, Equatable, Sendable {
  /// How far the call had come when it failed.
  package enum Kind: Equatable, Sendable {
    /// Nothing was sent.
    case request(RequestFault)
    /// No answer came.
    case network(NetworkFault)
    /// The server answered with an error.
    case answer(AnswerFault)
    /// The reply began, and broke.
    case reply(ReplyFault)
  }

  package var kind: Kind
  /// The host that was asked.
  package var server: String
  /// The HTTP status, or the one that an error inside a 200 names.
  package var status: Int?
  /// The server's own words, on one line and at most 500 characters long.
  package var message: String?
  package var code: String?
  package var parameter: String?
  /// The `x-request-id` of the answer, for the server's support.
  package var requestID: String?
  /// How long the server asked to wait, where it did.
  package var retryAfter: Duration?

  package init(_ kind: Kind, server: String, status: Int? = nil, message: String? = nil) {
    self.kind = kind
    self.server = server
    self.status = status
    self.message = message
  }
}

extension ChatAPIError {
  /// One sentence that says what happened and what to do, then in brackets the status, the server's
  /// own words, how long it asks to wait and the request's identifier.
  package var phrase: Phrase { phrase(saying: sentence) }

  /// The same with the sentence of a caller that knows better what was asked.
  package func phrase(saying sentence: Phrase) -> Phrase {
    let details = details
    return details.isEmpty ? sentence : say("\(sentence) (\(details))")
  }

  private var sentence: Phrase {
    switch kind {
    case .request(let fault): fault.phrase(server: server)
    case .network(let fault): fault.phrase(server: server)
    case .answer(let fault): fault.phrase(server: server)
    case .reply(let fault): fault.phrase(server: server)
    }
  }

  private var details: String {
    let http = status.map { "HTTP \($0)" }
    let words = [http, message].compactMap(\.self).joined(separator: ": ")
    let wait = retryAfter.flatMap { $0 > .zero ? "retry-after \($0.components.seconds) s" : nil }
    return [words.isEmpty ? nil : words, wait, requestID.map { "x-request-id \($0)" }]
      .compactMap(\.self).joined(separator: ", ")
  }

  /// Whether a picture was refused for its pixels or bytes, and the server said how many it takes.
  package var namesPictureSize: Bool {
    guard case .answer(.pictureRefused(let refusal)) = kind else { return false }
    switch refusal.reason {
    case .tooLarge(.some), .tooHeavy(.some): return true
    default: return false
    }
  }

  /// Whether the key is missing or refused (exit code 77).
  package var isAboutKey: Bool {
    switch kind {
    case .answer(.keyMissing), .answer(.keyRefused), .request(.keyOverPlainHTTP),
      .request(.keyThroughProxy):
      true
    default: false
    }
  }
}

extension String {
  /// The text on one line, with blanks folded, and cut to `limit` characters.
  func folded(to limit: Int) -> String {
    let line = prefix(limit * 8).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > limit ? line.prefix(limit - 1) + "…" : line
  }
}
