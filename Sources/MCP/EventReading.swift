import ChatAPI
import JSON

/// The reading of one request's stream of events, over all connections that it comes on.
struct EventReading {
  /// Where a stream can be gone on with, and how long to wait before.
  struct ResumptionPoint: Equatable {
    var eventID: String
    var delay: Duration
  }

  private let requestID: Int
  private var eventID: String?
  private var delayMilliseconds = 1_000

  init(ofRequest id: Int) {
    requestID = id
  }

  /// Nil where the server gave its events no identifiers.
  var resumptionPoint: ResumptionPoint? {
    guard let eventID, !eventID.isEmpty else { return nil }
    // A server must not be asked without a pause, nor be waited for longer than a user would.
    let delay = Duration.milliseconds(min(max(delayMilliseconds, 100), 30_000))
    return ResumptionPoint(eventID: eventID, delay: delay)
  }

  /// Reads one connection's events up to the response; nil where they end before.
  ///
  /// What else the server says goes to `receive`.
  mutating func outcome(
    of answer: inout ServerExchange, _ receive: @Sendable (RPCMessage) async -> Void
  ) async throws(ChatAPIError) -> Result<RPCOutcome, MCPError>? {
    var parser = ServerSentEventParser(limit: messageLimit)
    while let event = try await answer.next() {
      var events: [ServerSentEvent] = []
      switch event {
      case .responded: continue
      case .received(let bytes): events = parser.feed(bytes)
      case .finished: events = parser.finish()
      }
      guard !parser.hasOverflowed else { return .failure(.tooLong(limit: messageLimit)) }
      for event in events {
        guard let message = JSONValue(parsing: event.data).flatMap(RPCMessage.init) else {
          continue
        }
        if case .response(let id, let outcome) = message, id.integer == requestID {
          return .success(outcome)
        }
        await receive(message)
      }
      eventID = parser.lastEventID ?? eventID
      delayMilliseconds = parser.reconnectionMilliseconds ?? delayMilliseconds
      if case .finished = event { return nil }
    }
    return .failure(.stopped)
  }
}
