package import Secrets

/// One request to a server that is no model, whose answer is taken as it comes: what other protocols over
/// HTTP stand on.
///
/// It goes the way of every request: through the server's proxy, with its authorities and headers, its key
/// never over plain http to another machine, followed to no other address, traced without what unlocks
/// it. Cancelling the task that takes the answer closes the connection.
package struct ServerExchange: Sendable {
  /// How the server's own address is asked.
  package enum Method: Sendable {
    case get
    /// JSON.
    case post([UInt8])
    case delete
  }

  /// A piece of the answer.
  package enum Event: Sendable {
    case responded(ResponseHead)
    case received([UInt8])
    case finished
  }

  /// The largest part of an error's body that is looked at, in bytes.
  package static let errorLimit = 64 << 10

  private let provider: Provider
  private let transfer: Transfer
  private var trace: ExchangeTrace?

  /// Begins it; the request may be to any address of the provider's.
  init(
    _ request: TransferRequest, of client: ChatClient, at provider: Provider
  ) throws(ChatAPIError) {
    self.provider = provider
    (transfer, trace) = try client.begin(
      request, server: provider.name, hiding: provider.redaction)
  }

  /// What takes the secrets out of all that is shown of the answer.
  package var redaction: Redaction { provider.redaction }

  /// The next piece; nil where the task was cancelled.
  package mutating func next() async throws(ChatAPIError) -> Event? {
    while let event = await transfer.next() {
      trace?.happened(event)
      switch event {
      case .connected: continue
      case .responded(let head): return .responded(head)
      case .received(let bytes): return .received(bytes)
      case .finished: return .finished
      case .failed(.network(let fault)):
        throw ChatAPIError(.network(fault), server: provider.name).redacted(by: redaction)
      case .failed(.request(let fault)):
        throw ChatAPIError(.request(fault), server: provider.name)
      }
    }
    return nil
  }

  /// Waits for no answer: the request is sent all the same, and given up after a second.
  package func leave() { transfer.drain() }

  /// The error that an answer is which is no success.
  package func error(of head: ResponseHead, body: [UInt8]) -> ChatAPIError {
    let fault = ServerFault(answer: body)
    return ChatAPIError(head, fault: fault, server: provider.name, key: provider.apiKey)
      .redacted(by: redaction)
  }
}

extension ChatClient {
  /// Sends a request to the server's own address; `headers` come to those of the server.
  package func begin(
    _ method: ServerExchange.Method, headers: [Provider.Header], to provider: Provider
  ) throws(ChatAPIError) -> ServerExchange {
    var provider = provider
    let names = Set(headers.map { $0.name.lowercased() })
    provider.headers = provider.headers.filter { !names.contains($0.name.lowercased()) } + headers
    let request = try provider.transfer(method.ofTransfer, call: "")
    return try ServerExchange(request, of: self, at: provider)
  }
}

extension ServerExchange.Method {
  fileprivate var ofTransfer: TransferRequest.Method {
    switch self {
    case .get: return .get
    case .delete: return .delete
    case .post(let bytes):
      var body = RequestBody.Writer()
      body.text = bytes
      return .post(body.body())
    }
  }
}

extension ResponseHead {
  /// Whether the answer is a stream of events.
  package var isEventStream: Bool {
    headers["content-type"]?.lowercased().contains("text/event-stream") ?? false
  }
}
