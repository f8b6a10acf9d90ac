import Foundation
import LoopbackSockets
import Synchronization

/// A loopback server that answers each request with bytes that the test gives, and closes.
///
/// It runs on threads of its own, so that a test that blocks cannot block it, and ends with the test's
/// last reference.
final class LiteralServer: Sendable {
  /// A request as it came.
  struct Request: Sendable {
    /// Like `POST /v1/images/generations`.
    var line: String
    var body: [UInt8]
  }

  /// Numbers from 1 on, for answers that differ; from any thread.
  final class Counter: Sendable {
    private let last = Mutex(0)

    func next() -> Int {
      last.withLock { last in
        last += 1
        return last
      }
    }
  }

  /// The base to send requests to.
  let baseURL: String
  private let listener: Int32
  private let answer: @Sendable (Request) -> [UInt8]
  private let halfway: @Sendable () -> Void
  private let log = Mutex<[Request]>([])

  var requests: [Request] { log.withLock { $0 } }

  /// A server whose answers, heads included, `answer` gives; `halfway` is run when half of one is sent.
  init(
    halfway: @escaping @Sendable () -> Void = {},
    _ answer: @escaping @Sendable (Request) -> [UInt8]
  ) throws {
    self.answer = answer
    self.halfway = halfway
    let (listener, port) = try LoopbackSocket.bound(backlog: 8)
    self.listener = listener
    baseURL = "http://127.0.0.1:\(port)/v1"
    Thread.detachNewThread { [weak self] in
      defer { close(listener) }
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        guard let self else {
          close(connection)
          return
        }
        Thread.detachNewThread { self.serve(connection) }
      }
    }
  }

  /// A server that says nothing until it is let go on, and what does that.
  static func silent() throws -> (server: LiteralServer, end: () -> Void) {
    let isOver = DispatchSemaphore(value: 0)
    let server = try LiteralServer { _ in
      isOver.wait()
      isOver.signal()
      return []
    }
    return (server, { isOver.signal() })
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    guard let request = Self.request(from: connection) else { return }
    log.withLock { $0.append(request) }
    let whole = answer(request)
    guard put(whole.prefix(whole.count / 2), to: connection) else { return }
    halfway()
    _ = put(whole.dropFirst(whole.count / 2), to: connection)
  }

  private func put(_ bytes: ArraySlice<UInt8>, to connection: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Reads a head and a body of the length that it tells; nil where the client left before.
  private static func request(from connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let text = String(decoding: bytes.prefix(65_536), as: UTF8.self)
      if let end = text.range(of: "\r\n\r\n") {
        let head = text[..<end.lowerBound].split(separator: "\r\n")
        let length = head.first { $0.lowercased().hasPrefix("content-length:") }
          .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
        let body = bytes.dropFirst(text[..<end.upperBound].utf8.count)
        if body.count >= length ?? 0 {
          let line = head.first?.split(separator: " ").prefix(2).joined(separator: " ")
          return Request(line: line ?? "", body: Array(body))
        }
      }
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
    }
  }

  /// An answer of this status, with a body of JSON unless another type is named.
  static func answer(
    _ status: Int = 200, _ body: some Sequence<UInt8>, type: String = "application/json",
    length: Int? = nil
  ) -> [UInt8] {
    let body = Array(body)
    let head =
      "HTTP/1.1 \(status) X\r\nContent-Type: \(type)\r\nConnection: close\r\n"
      + "Content-Length: \(length ?? body.count)\r\n\r\n"
    return Array(head.utf8) + body
  }

  /// A stream of events with this data.
  static func events(_ data: String...) -> [UInt8] {
    answer(200, data.map { "data: \($0)\n\n" }.joined().utf8, type: "text/event-stream")
  }
}
