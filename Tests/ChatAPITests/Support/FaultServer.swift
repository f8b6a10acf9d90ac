import Foundation
import LoopbackSockets
import Synchronization

/// A loopback server that plays a script over raw sockets: any bytes, any cut, any delay.
///
/// Each connection plays the next script, the last one again and again. It runs on threads of its
/// own, so that a test that blocks cannot block it, and ends with the test's last reference.
final class FaultServer: Sendable {
  /// One thing that the server does on a connection.
  enum Step: Sendable {
    /// Reads a whole request, head and body.
    case request
    /// Reads so many bytes, and notes them as a request's body.
    case take(Int)
    case send([UInt8])
    /// Sends the same again and again, until the client has closed, then opens the gate.
    case flood([UInt8], Gate)
    /// Waits until the test opens the gate.
    case pass(Gate)
    /// Waits until the client has closed, then opens the gate.
    case awaitClose(Gate)
    /// Closes with a reset in place of an end.
    case reset

    static func text(_ text: String) -> Step { .send(Array(text.utf8)) }
  }

  let port: Int
  private let listener: Int32
  private let scripts: [[Step]]
  private let log = Mutex<[ReceivedRequest]>([])
  private let connectionCount = Mutex(0)
  private let sent = Mutex<[[UInt8]]>([])

  init(_ scripts: [[Step]]) throws {
    self.scripts = scripts
    (listener, port) = try LoopbackSocket.bound(backlog: 64)
    let listener = listener
    // The thread closes the listener, not `deinit`: a number closed under it could be another
    // server's by the next `accept`, whose connection it would take and leave without an answer.
    Thread.detachNewThread { [weak self] in
      defer { close(listener) }
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        guard let self else {
          close(connection)
          return
        }
        let script = self.nextScript()
        Thread.detachNewThread { self.play(script, on: connection) }
      }
    }
  }

  /// A server whose every connection reads a request, sends `answer` and closes.
  convenience init(answering answers: String...) throws {
    try self.init(answers.map { [.request, .text($0)] })
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  var address: String { "http://127.0.0.1:\(port)" }
  var requests: [ReceivedRequest] { log.withLock { $0 } }
  var connections: Int { connectionCount.withLock { $0 } }

  /// Waits until a step has sent exactly `text`; whether it has.
  func hasSent(_ text: String) async -> Bool {
    await within(Gate.patience) { sent.withLock { $0.contains(Array(text.utf8)) } }
  }

  private func nextScript() -> [Step] {
    let index = connectionCount.withLock { count in
      defer { count += 1 }
      return count
    }
    return scripts[min(index, scripts.count - 1)]
  }

  private func play(_ script: [Step], on connection: Int32) {
    defer { close(connection) }
    for step in script {
      switch step {
      case .request:
        guard let request = ReceivedRequest(readingFrom: connection) else { return }
        log.withLock { $0.append(request) }
      case .take(let count):
        guard let bytes = connection.receive(exactly: count) else { return }
        log.withLock { $0.append(ReceivedRequest(bytes: bytes)) }
      case .send(let bytes):
        guard connection.sendAll(bytes) else { return }
        sent.withLock { $0.append(bytes) }
      case .flood(let bytes, let gate):
        while connection.sendAll(bytes) {}
        gate.open()
      case .pass(let gate): guard gate.wait() else { return }
      case .awaitClose(let gate):
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) > 0 {}
        gate.open()
      case .reset:
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
          connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        return
      }
    }
    shutdown(connection, Int32(SHUT_WR))
  }

  static func canConnect(to port: Int) -> Bool {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(connection) }
    var address = loopback(port: port)
    return withUnsafeBytes(of: &address) { bytes in
      let raw = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
      return connect(connection, raw, socklen_t(bytes.count)) == 0
    }
  }

  private static func loopback(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    return address
  }
}

/// A door that a test opens and a server's thread waits at, or the other way round.
final class Gate: Sendable {
  private let isOpen = Mutex(false)

  func open() { isOpen.withLock { $0 = true } }

  /// How long a gate is waited for: far more than a loaded machine takes to come to a test's next step.
  static let patience = Duration.seconds(120)

  /// Waits, blocking the thread; whether the gate was opened in time.
  func wait() -> Bool {
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end {
      if isOpen.withLock({ $0 }) { return true }
      usleep(500)
    }
    return false
  }

  /// Waits without blocking a thread; whether the gate was opened in time.
  func passed() async -> Bool {
    await within(Self.patience) { isOpen.withLock { $0 } }
  }
}

/// Waits until a condition holds; whether it did before the time was over.
private func within(_ patience: Duration, _ condition: () -> Bool) async -> Bool {
  let end = ContinuousClock.now + patience
  while ContinuousClock.now < end {
    if condition() { return true }
    try? await Task.sleep(for: .milliseconds(1))
  }
  return false
}

/// A request as it came over the wire.
struct ReceivedRequest: Sendable {
  var line: String
  /// Names in lower case.
  var headers: [String: String]
  var body: [UInt8]

  var target: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }

  /// The body as Foundation reads it, apart from our own parser.
  var json: NSDictionary? {
    (try? JSONSerialization.jsonObject(with: Data(body))) as? NSDictionary
  }

  /// The content of the message at `index`.
  func content(_ index: Int) -> Any? {
    let messages = json?["messages"] as? [NSDictionary] ?? []
    return messages.indices.contains(index) ? messages[index]["content"] : nil
  }

  /// Bytes that are no request of HTTP.
  init(bytes: [UInt8]) {
    (line, headers, body) = ("", [:], bytes)
  }

  init?(readingFrom connection: Int32) {
    var bytes: [UInt8] = []
    let end: [UInt8] = [13, 10, 13, 10]
    var bodyStart: Int?
    while bodyStart == nil {
      guard connection.receive(into: &bytes) else { return nil }
      bodyStart = bytes.firstRange(of: end)?.upperBound
    }
    let start = bodyStart ?? 0
    let lines = String(decoding: bytes[..<start], as: UTF8.self).split(separator: "\r\n")
    line = lines.first.map(String.init) ?? ""
    headers = [:]
    for header in lines.dropFirst() {
      let parts = header.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      headers[parts[0].lowercased()] = parts.last?.trimmingCharacters(in: .whitespaces)
    }
    let length = headers["content-length"].flatMap { Int($0) } ?? 0
    while bytes.count < start + length {
      guard connection.receive(into: &bytes) else { return nil }
    }
    body = Array(bytes[start..<start + length])
  }
}

extension Int32 {
  fileprivate func receive(into bytes: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(self, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    bytes += buffer[..<count]
    return true
  }

  fileprivate func receive(exactly count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return recv(self, &bytes, count, Int32(MSG_WAITALL)) == count ? bytes : nil
  }

  fileprivate func sendAll(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        send(
          self, buffer.baseAddress.map { $0 + sent }, bytes.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}
