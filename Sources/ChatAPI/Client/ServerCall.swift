package import JSON

/// A request that asks for no reply of a chat: its path behind the server's address, and its body with
/// its media type.
package struct ServerCall: Sendable {
  /// Like `/embeddings`.
  package var path: String
  package var body: RequestBody
  package var contentType: String
  /// The media types that are taken, as the request's `Accept` says.
  package var accept = "application/json, text/event-stream"
  /// How long the first byte of the answer may take; nil for as long as a reply's may.
  package var firstByte: Duration?
  /// The largest answer that is taken, in bytes.
  package var byteLimit = 1 << 30

  package init(_ path: String, _ body: RequestBody, contentType: String = "application/json") {
    self.path = path
    self.body = body
    self.contentType = contentType
  }
}

/// The answer of a server that took a call, whose bytes are given as they come.
///
/// Cancelling the task that takes them closes the connection.
package struct ServerAnswer: Sendable {
  package let head: ResponseHead
  private let server: String
  private let transfer: Transfer

  fileprivate init(_ head: ResponseHead, _ transfer: Transfer, server: String) {
    self.head = head
    self.server = server
    self.transfer = transfer
  }

  /// `Content-Type` without its parameters, in lower case; empty where there is none.
  package var mediaType: String { head.mediaType }

  /// The next bytes; nil at the end of the answer.
  ///
  /// - Throws: what broke the connection, or ended the task.
  package func next() async throws(ChatAPIError) -> [UInt8]? {
    while let event = await transfer.next() {
      switch event {
      case .connected, .responded: continue
      case .received(let bytes): return bytes
      case .finished: return nil
      case .failed(.network(let fault)): throw ChatAPIError(.network(fault), server: server)
      case .failed(.request(let fault)): throw ChatAPIError(.request(fault), server: server)
      }
    }
    throw ChatAPIError(.network(.connectionLost), server: server)
  }

  /// All the bytes.
  package func bytes() async throws(ChatAPIError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let more = try await next() { bytes += more }
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
      let isMissing = error.status == 404 && provider.hasAssumedVersion
      let step = retries.step(
        after: error, asked: isMissing ? .plainPath : nil, applied: applied, head: head,
        jitter: timing.jitter(), now: timing.now())
      switch step {
      case .giveUp: throw error
      case .adapt(let adaptation): applied.insert(adaptation)
      case .retry(_, let delay):
        do { try await timing.sleep(delay) } catch { throw cancelled(provider) }
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
      .post(call.body), call: call.path, contentType: call.contentType,
      withoutVersion: withoutVersion)
    for index in request.headers.indices where request.headers[index].name == "Accept" {
      request.headers[index].value = call.accept
    }
    request.limits.firstByte = call.firstByte ?? request.limits.firstByte
    request.byteLimit = call.byteLimit
    let transfer: Transfer
    do throws(NetworkFault) { transfer = try start(request) } catch {
      throw ChatAPIError(.network(error), server: provider.name)
    }
    var trace = self.trace.map { ExchangeTrace($0, hiding: provider.redaction) }
    trace?.sent(request)
    while let event = await transfer.next() {
      trace?.happened(event)
      switch event {
      case .responded(let head) where head.isSuccess:
        return .success(ServerAnswer(head, transfer, server: provider.name))
      case .responded(let head):
        let error = await refusal(head, transfer, of: call, at: provider)
        return .failure(FailedAttempt(error: error, head: head))
      case .failed(.network(let fault)):
        let error = ChatAPIError(.network(fault), server: provider.name)
        return .failure(FailedAttempt(error: error.redacted(by: provider.redaction)))
      case .failed(.request(let fault)):
        throw ChatAPIError(.request(fault), server: provider.name)
      case .connected, .received, .finished: continue
      }
    }
    throw cancelled(provider)
  }

  /// Reads the error that an answer holds.
  private func refusal(
    _ head: ResponseHead, _ transfer: Transfer, of call: ServerCall, at provider: Provider
  ) async -> ChatAPIError {
    var body: [UInt8] = []
    while body.count < ServerExchange.errorLimit, case .received(let bytes)? = await transfer.next()
    {
      body += bytes
    }
    return ChatAPIError(
      head, fault: ServerFault(answer: body), server: provider.name, key: provider.apiKey,
      request: RequestFacts(pictureCount: 0, call: call.path)
    ).redacted(by: provider.redaction)
  }

  private func cancelled(_ provider: Provider) -> ChatAPIError {
    ChatAPIError(.network(.connectionLost), server: provider.name)
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
}
