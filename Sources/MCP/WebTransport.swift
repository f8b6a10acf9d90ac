import ChatAPI
import JSON
import Synchronization

/// A server on the web: each message is a POST of its own, answered by JSON or a stream of events (MCP
/// 2026-07-28 and 2025-11-25, transports/streamable-http).
///
/// Of the older revisions it keeps the session that the server named, begins another one where the server
/// knows it no more, goes on with a stream that broke off behind its last event, and ends the session with
/// a DELETE.
final class WebTransport: MessageTransport {
  private struct State {
    var revision: Revision?
    var session: String?
    var isOpen = true
    var lastWords: String?
  }

  private let provider: Provider
  private let client: ChatClient
  /// Waits, and throws when its task is cancelled.
  private let pause: @Sendable (Duration) async throws -> Void
  private let state = Mutex(State())

  init(
    _ provider: Provider, _ client: ChatClient,
    pausing pause: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.provider = provider
    self.client = client
    self.pause = pause
  }

  func exchange(
    _ request: RPCRequest, _ receive: @escaping @Sendable (RPCMessage) async -> Void
  ) async -> Result<RPCOutcome, MCPError> {
    var reading = EventReading(ofRequest: request.id)
    var outcome: Result<RPCOutcome, MCPError>?
    var isBroken = false
    do throws(ChatAPIError) {
      let answer = try client.begin(
        .post(request.message.bytes), headers: headers(of: request), to: provider)
      outcome = try await self.outcome(of: request, answer, &reading, receive)
      isBroken = outcome == nil
    } catch {
      outcome = .failure(.unreachable(error.phrase))
      isBroken = true
    }
    if isBroken, canResume, !Task.isCancelled {
      outcome = await resume(&reading, after: outcome, receive)
    }
    guard Task.isCancelled else { return outcome ?? .failure(.unintelligible) }
    // The end of a connection alone ends a request only since revision 2026-07-28.
    if canResume { tell(.cancellation(of: request)) }
    return .failure(.stopped)
  }

  /// How long a server may take to say that it has a message that needs no answer.
  private static let sendLimit = Duration.seconds(10)

  /// Waits until the server has the message, not for what it answers: some leave that open, and there is
  /// nothing in it.
  func send(_ message: RPCMessage) async {
    let (client, provider, headers) = (client, provider, sessionHeaders)
    let failure = await Deadline(Self.sendLimit).wait(pausing: pause) { () -> String? in
      do throws(ChatAPIError) {
        var answer = try client.begin(.post(message.bytes), headers: headers, to: provider)
        while let event = try await answer.next() {
          guard case .responded = event else { continue }
          answer.leave()
          break
        }
        return nil
      } catch {
        return error.message
      }
    }
    if let words = failure ?? nil { state.withLock { $0.lastWords = words } }
  }

  /// Sends a notification without waiting: the task may be cancelled.
  private func tell(_ message: RPCMessage) {
    try? client.begin(.post(message.bytes), headers: sessionHeaders, to: provider).leave()
  }

  func agreed(on revision: Revision) { state.withLock { $0.revision = revision } }

  var isOpen: Bool { state.withLock { $0.isOpen } }

  var lastWords: String? { state.withLock { $0.lastWords } }

  /// How long a server may take to end a session: the program waits for it at its own end.
  private static let farewellLimit = Duration.seconds(2)

  /// Ends the session, where there is one; a server that ends none says so, and that is all (MCP
  /// 2025-11-25, session management).
  func close() async {
    let headers = sessionHeaders
    let hadSession = state.withLock { state in
      defer { (state.isOpen, state.session) = (false, nil) }
      return state.session != nil
    }
    guard hadSession else { return }
    let (client, provider) = (client, provider)
    let deadline = Deadline(Self.farewellLimit)
    _ = await deadline.wait(pausing: pause) { () -> Bool in
      guard var answer = try? client.begin(.delete, headers: headers, to: provider) else {
        return false
      }
      while let event = try? await answer.next() {
        if case .finished = event { return true }
      }
      return false
    }
  }
}

// MARK: - Headers

extension WebTransport {
  private var sessionHeaders: [Provider.Header] {
    let (revision, session) = state.withLock { ($0.revision, $0.session) }
    let version = revision.map { [Provider.Header("MCP-Protocol-Version", $0.rawValue)] } ?? []
    return version + (session.map { [Provider.Header("Mcp-Session-Id", $0)] } ?? [])
  }

  /// The headers that say again what the body says, and those of the session.
  private func headers(of request: RPCRequest) -> [Provider.Header] {
    let revision = state.withLock { $0.revision }
    guard request.method != "initialize" else { return [] }
    guard revision?.hasSession != true else { return sessionHeaders }
    var headers = [
      Provider.Header("MCP-Protocol-Version", Revision.stateless.rawValue),
      Provider.Header("Mcp-Method", request.method),
    ]
    if let name = request.name {
      headers.append(Provider.Header("Mcp-Name", name.encodedForHeader))
    }
    for (name, value) in request.parameterHeaders.sorted(by: { $0.key < $1.key }) {
      headers.append(Provider.Header("Mcp-Param-" + name, value.encodedForHeader))
    }
    return headers
  }
}

extension String {
  /// The text as a header's value: as it is where that is visible ASCII, else in base64 (MCP 2026-07-28,
  /// transports/streamable-http, value encoding).
  var encodedForHeader: String {
    let isPlain = utf8.allSatisfy { (0x20...0x7E).contains($0) }
    let isMarked = hasPrefix("=?base64?") && hasSuffix("?=")
    let isPadded = first == " " || last == " "
    guard !isPlain || isMarked || isPadded else { return self }
    return "=?base64?" + Base64.text(of: Array(utf8)) + "?="
  }
}

// MARK: - Answers

extension WebTransport {
  /// Reads the answer up to the response to the request; nil where a stream of events ends before.
  private func outcome(
    of request: RPCRequest, _ answer: ServerExchange, _ reading: inout EventReading,
    _ receive: @Sendable (RPCMessage) async -> Void
  ) async throws(ChatAPIError) -> Result<RPCOutcome, MCPError>? {
    var answer = answer
    var head = ResponseHead(status: 0)
    var body: [UInt8] = []
    while let event = try await answer.next() {
      switch event {
      case .responded(let response):
        head = response
        if request.method == "initialize" { keepSession(of: head) }
        if head.isEventStream { return try await reading.outcome(of: &answer, receive) }
      case .received(let bytes):
        body += bytes
        guard body.count <= messageLimit else { return .failure(.tooLong(limit: messageLimit)) }
      case .finished: return result(of: request, head, body, answer)
      }
    }
    return .failure(.stopped)
  }

  private func keepSession(of head: ResponseHead) {
    let session = head.headers["mcp-session-id"]
    // It goes back as a header: one that could not be one is none.
    let isUsable = session?.utf8.allSatisfy { (0x21...0x7E).contains($0) } ?? false
    state.withLock { $0.session = isUsable ? session : nil }
  }

  /// The outcome that a whole answer is.
  private func result(
    of request: RPCRequest, _ head: ResponseHead, _ body: [UInt8], _ answer: ServerExchange
  ) -> Result<RPCOutcome, MCPError> {
    guard !isSessionLost(head) else { return .failure(lose()) }
    if case .response(_, let outcome)? = JSONValue(parsing: body).flatMap(RPCMessage.init) {
      return .success(outcome)
    }
    // A server of older revisions refuses what it does not know in its own words, with a status that
    // says that it is the request's fault.
    let isProbe = request.method == "server/discover"
    if isProbe, (400..<500).contains(head.status), ![401, 403, 407, 429].contains(head.status) {
      return .success(.error(RPCError(code: 0, message: "HTTP \(head.status)")))
    }
    guard head.isSuccess else {
      return .failure(.unreachable(answer.error(of: head, body: body).phrase))
    }
    return .failure(.unintelligible)
  }

  /// Whether the server has forgotten the session (MCP 2025-11-25, session management).
  private func isSessionLost(_ head: ResponseHead) -> Bool {
    head.status == 404 && state.withLock { $0.session != nil }
  }

  /// Gives the session up; the next use begins another one.
  private func lose() -> MCPError {
    state.withLock { state in
      state.isOpen = false
      state.session = nil
    }
    return .sessionLost
  }
}

// MARK: - Streams that break off

extension WebTransport {
  /// How many times in a row a server may not be reached.
  private static let failureLimit = 5

  /// Whether the revision has streams that can be gone on with, and requests that outlive a connection.
  private var canResume: Bool { state.withLock { $0.revision?.hasSession == true } }

  /// Goes on with a stream behind its last event, as often as it takes (MCP 2025-11-25, resumability and
  /// redelivery); what it had come to where the server does not go on.
  ///
  /// The caller's limit bounds it.
  private func resume(
    _ reading: inout EventReading, after first: Result<RPCOutcome, MCPError>?,
    _ receive: @Sendable (RPCMessage) async -> Void
  ) async -> Result<RPCOutcome, MCPError>? {
    var failures = 0
    while let point = reading.resumptionPoint, failures < Self.failureLimit {
      do { try await pause(point.delay) } catch { return .failure(.stopped) }
      let headers = sessionHeaders + [Provider.Header("Last-Event-ID", point.eventID)]
      do throws(ChatAPIError) {
        var answer = try client.begin(.get, headers: headers, to: provider)
        guard case .responded(let head)? = try await answer.next() else {
          return .failure(.stopped)
        }
        guard !isSessionLost(head) else { return .failure(lose()) }
        guard head.isSuccess, head.isEventStream else { return first }
        failures = 0
        if let outcome = try await reading.outcome(of: &answer, receive) { return outcome }
      } catch {
        failures += 1
      }
    }
    return first
  }
}
