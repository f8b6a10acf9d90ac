import ChatAPI
import JSON
import Synchronization

/// A server on the web: each message is a POST of its own, answered by JSON or a stream of events (MCP
/// 2026-07-28 and 2025-11-25, transports/streamable-http).
///
/// Of the older revisions it keeps the session that the server named, and begins another one where the
/// server knows it no more.
final class WebTransport: MessageTransport {
  private struct State {
    var revision: Revision?
    var session: String?
    var isOpen = true
    var lastWords: String?
  }

  private let provider: Provider
  private let client: ChatClient
  private let state = Mutex(State())

  init(_ provider: Provider, _ client: ChatClient) {
    self.provider = provider
    self.client = client
  }

  func exchange(
    _ request: RPCRequest, _ receive: @escaping @Sendable (RPCMessage) async -> Void
  ) async -> Result<RPCOutcome, MCPError> {
    do throws(ChatAPIError) {
      var answer = try client.post(
        request.message.bytes, headers: headers(of: request), to: provider)
      return try await outcome(of: request, &answer, receive)
    } catch {
      return .failure(.unreachable(error.phrase))
    }
  }

  func send(_ message: RPCMessage) async {
    do throws(ChatAPIError) {
      var answer = try client.post(message.bytes, headers: sessionHeaders, to: provider)
      while let event = try await answer.next() {
        if case .finished = event { return }
      }
    } catch {
      state.withLock { $0.lastWords = error.message }
    }
  }

  func agreed(on revision: Revision) { state.withLock { $0.revision = revision } }

  var isOpen: Bool { state.withLock { $0.isOpen } }

  var lastWords: String? { state.withLock { $0.lastWords } }

  /// Nothing runs between requests; a session that is not used ends by itself.
  func close() async { state.withLock { $0.isOpen = false } }
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
  /// Reads the answer up to the response to the request.
  private func outcome(
    of request: RPCRequest, _ answer: inout PostedExchange,
    _ receive: @Sendable (RPCMessage) async -> Void
  ) async throws(ChatAPIError) -> Result<RPCOutcome, MCPError> {
    var head = ResponseHead(status: 0)
    var body: [UInt8] = []
    var parser = ServerSentEventParser(limit: messageLimit)
    while let event = try await answer.next() {
      var events: [ServerSentEvent] = []
      switch event {
      case .responded(let response):
        head = response
        if request.method == "initialize" { keepSession(of: head) }
      case .received(let bytes) where head.isEventStream: events = parser.feed(bytes)
      case .received(let bytes):
        body += bytes
        guard body.count <= messageLimit else { return .failure(.tooLong(limit: messageLimit)) }
      case .finished where head.isEventStream: events = parser.finish()
      case .finished: return result(of: request, head, body, answer)
      }
      guard !parser.hasOverflowed else { return .failure(.tooLong(limit: messageLimit)) }
      for event in events {
        guard let message = JSONValue(parsing: event.data).flatMap(RPCMessage.init) else {
          continue
        }
        if case .response(let id, let outcome) = message, id.integer == request.id {
          return .success(outcome)
        }
        await receive(message)
      }
      if case .finished = event { return .failure(.unintelligible) }
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
    of request: RPCRequest, _ head: ResponseHead, _ body: [UInt8], _ answer: PostedExchange
  ) -> Result<RPCOutcome, MCPError> {
    let message = JSONValue(parsing: body).flatMap(RPCMessage.init)
    if case .response(_, let outcome)? = message {
      guard !isSessionLost(head) else { return .failure(lose()) }
      return .success(outcome)
    }
    guard !isSessionLost(head) else { return .failure(lose()) }
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
