import Synchronization

/// A request as it came off the wire.
package struct RecordedRequest: Sendable {
  package let method: String
  package let path: String
  /// By name as sent.
  package let headers: [String: String]
  package let body: [UInt8]
}

/// Keeps every request that a demo server was sent, for tests that must know what left.
package final class RequestLog: Sendable {
  private let list = Mutex<[RecordedRequest]>([])

  package init() {}

  /// So far, oldest first.
  package var requests: [RecordedRequest] { list.withLock { $0 } }

  func append(_ request: RecordedRequest) { list.withLock { $0.append(request) } }
}
