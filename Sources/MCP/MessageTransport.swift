import JSON

extension RPCMessage {
  /// Tells a server that nobody waits for a request any more (MCP 2025-11-25, cancellation).
  static func cancellation(of request: RPCRequest) -> RPCMessage {
    .notification(
      method: "notifications/cancelled",
      params: ["requestId": JSONValue(request.id), "reason": "The user stopped it."])
  }
}

/// The way that messages take to one server and back.
///
/// May be used from any task; requests may overlap.
protocol MessageTransport: Sendable {
  /// Sends a request, and waits for its outcome without a limit; cancelling the task gives it up, and the
  /// server is told.
  ///
  /// What else the server says because of it goes to `receive`, one message after another.
  func exchange(
    _ request: RPCRequest, _ receive: @escaping @Sendable (RPCMessage) async -> Void
  ) async -> Result<RPCOutcome, MCPError>

  /// Sends a notification, or a response to a request of the server's; whether it arrives shows at the
  /// next exchange.
  func send(_ message: RPCMessage) async

  /// Says which revision was agreed on.
  func agreed(on revision: Revision)

  /// Whether it can still be used.
  var isOpen: Bool { get }

  /// What the server said beside the protocol, its last line: standard error, or log lines among messages.
  var lastWords: String? { get }

  /// Ends the server, or its session; returns when that is done.
  func close() async
}

/// The largest message that is taken, in bytes.
let messageLimit = 64 << 20
