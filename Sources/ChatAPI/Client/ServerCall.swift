package import JSON
package import Language

/// A request that asks for no reply of a chat: its path behind the server's address, and its body with
/// its media type where it has one.
package struct ServerCall: Sendable {
  /// What is done at the path.
  package enum Method: Sendable {
    case get
    case post(RequestBody)
    case delete
  }

  /// Like `/embeddings`.
  package var path: String
  package var method: Method
  package var contentType: String
  /// The media types that are taken, as the request's `Accept` says.
  package var accept = "application/json, text/event-stream"
  /// How long the first byte of the answer may take; nil for as long as a reply's may.
  package var firstByte: Duration?
  /// The largest answer that is taken, in bytes.
  package var byteLimit = 1 << 30
  /// Whether it is made again where the server may have taken it, and its answer did not come: not where
  /// each time costs something, or leaves something on the server.
  package var isRepeated = true

  package init(_ path: String, _ body: RequestBody, contentType: String = "application/json") {
    self.path = path
    method = .post(body)
    self.contentType = contentType
  }

  /// A call without a body.
  package init(_ method: Method, _ path: String) {
    self.path = path
    self.method = method
    contentType = "application/json"
  }
}

/// The answer of a server that took a call, whose bytes are given as they come.
///
/// Cancelling the task that takes them closes the connection.
package struct ServerAnswer: Sendable {
  package let head: ResponseHead
  private var exchange: ServerExchange
  private let server: String

  fileprivate init(_ head: ResponseHead, _ exchange: ServerExchange, server: String) {
    self.head = head
    self.exchange = exchange
    self.server = server
  }

  /// `Content-Type` without its parameters, in lower case; empty where there is none.
  package var mediaType: String { head.mediaType }

  /// The next bytes; nil at the end of the answer.
  ///
  /// - Throws: what broke the connection, or ended the task.
  package mutating func next() async throws(ChatAPIError) -> [UInt8]? {
    while let event = try await exchange.next() {
      switch event {
      case .responded: continue
      case .received(let bytes): return bytes
      case .finished: return nil
      }
    }
    throw ChatAPIError(.network(.connectionLost), server: server)
  }

  /// All the bytes.
  package func bytes() async throws(ChatAPIError) -> [UInt8] {
    var rest = self
    var bytes: [UInt8] = []
    while let more = try await rest.next() { bytes += more }
    return bytes
  }
}

extension ChatClient {
  /// Makes a call, and returns when the server has begun to answer it; a server that is busy, or has no
  /// `/v1`, is asked again as for a reply.
  package func open(
    _ call: ServerCall, at provider: Provider
  ) async throws(ChatAPIError) -> ServerAnswer {
    var retries = RetryState()
    var applied = learnedRules.adaptations(for: "", at: provider)
    while true {
      let error: ChatAPIError
      var head: ResponseHead?
      switch try await attempt(call, at: provider, withoutVersion: applied.contains(.plainPath)) {
      case .success(let answer): return answer
      case .failure(let failure): (error, head) = (failure.error, failure.head)
      }
      if error.mayHaveArrived, !call.isRepeated { throw error }
      let isMissing = error.status == 404 && provider.hasAssumedVersion
      let step = retries.step(
        after: error, asked: isMissing ? .plainPath : nil, applied: applied, head: head,
        jitter: timing.jitter(), now: timing.now())
      switch step {
      case .giveUp: throw error
      case .adapt(let adaptation): applied.insert(adaptation)
      case .retry(_, let delay):
        do { try await timing.sleep(delay) } catch { throw cancelled(provider.name) }
      }
    }
  }

  private struct FailedAttempt: Error {
    var error: ChatAPIError
    var head: ResponseHead?
  }

  /// Sends the call once; throws only what forbids the exchange itself.
  private func attempt(
    _ call: ServerCall, at provider: Provider, withoutVersion: Bool
  ) async throws(ChatAPIError) -> Result<ServerAnswer, FailedAttempt> {
    var request = try provider.transfer(
      call.method.onWire, call: call.path, contentType: call.contentType,
      withoutVersion: withoutVersion)
    for index in request.headers.indices where request.headers[index].name == "Accept" {
      request.headers[index].value = call.accept
    }
    request.limits.firstByte = call.firstByte ?? request.limits.firstByte
    request.byteLimit = call.byteLimit
    var exchange = try ServerExchange(request, of: self, at: provider)
    do throws(ChatAPIError) {
      while let event = try await exchange.next() {
        guard case .responded(let head) = event else { continue }
        if head.isSuccess {
          return .success(ServerAnswer(head, exchange, server: provider.name))
        }
        let error = await refusal(head, &exchange, of: call, at: provider)
        return .failure(FailedAttempt(error: error, head: head))
      }
    } catch {
      guard case .network = error.kind else { throw error }
      return .failure(FailedAttempt(error: error))
    }
    throw cancelled(provider.name)
  }

  /// Reads the error that an answer holds.
  private func refusal(
    _ head: ResponseHead, _ exchange: inout ServerExchange, of call: ServerCall,
    at provider: Provider
  ) async -> ChatAPIError {
    var body: [UInt8] = []
    // What breaks off says what it said so far.
    while body.count < ServerExchange.errorLimit,
      case .received(let bytes)? = try? await exchange.next()
    {
      body += bytes
    }
    return ChatAPIError(
      head, fault: ServerFault(answer: body), server: provider.name, key: provider.apiKey,
      request: RequestFacts(pictureCount: 0, call: call.path)
    ).redacted(by: provider.redaction)
  }
}

extension ServerCall.Method {
  fileprivate var onWire: TransferRequest.Method {
    switch self {
    case .get: .get
    case .post(let body): .post(body)
    case .delete: .delete
    }
  }
}

extension ChatAPIError {
  /// Whether the server may have taken the request, and done what was asked, although no answer came.
  package var mayHaveArrived: Bool {
    switch kind {
    case .network(.firstByteTimeout), .network(.idleTimeout), .network(.totalTimeout),
      .network(.connectionLost):
      true
    default: false
    }
  }

  /// The sentence of a request that is paid for by itself.
  package var phraseOfPaid: Phrase {
    mayHaveArrived ? say("\(phrase) It may be charged all the same.") : phrase
  }
}

extension ChatAPIError {
  /// Whether the server is there, and has nothing at the address of the call.
  package var isMissingCall: Bool {
    switch kind {
    case .answer(.notFound), .answer(.callMissing), .answer(.page): true
    default: false
    }
  }
}

extension ChatAPIError {
  /// The error that JSON tells inside of an answer that began well.
  package init(inside json: JSONValue, of provider: Provider) {
    let fault = ServerFault(json) ?? ServerFault(body: json)
    let error = ChatAPIError(
      ResponseHead(status: 200), fault: fault, server: provider.name, key: provider.apiKey,
      request: RequestFacts(pictureCount: 0))
    self = error.redacted(by: provider.redaction)
  }

  /// The error that JSON tells in place of what was asked for, in whichever shape; nil where it tells none.
  package init?(told json: JSONValue, by provider: Provider) {
    guard ServerFault(json) != nil else { return nil }
    self.init(inside: json, of: provider)
  }
}
