import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A loopback server that answers every request with the same event stream, whatever it asks.
///
/// It has a thread of its own and takes one connection after another.
final class LiteralServer: Sendable {
  let baseURL: String
  private let listener: Int32

  /// Listens on a free port of 127.0.0.1; each answer is `piece` as an event so many times, and an end.
  init(piece: String, count: Int) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 8) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard isListening else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    baseURL = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/v1"
    let end = #"data: {"choices":[{"index":0,"delta":{"content":"end"},"finish_reason":"stop"}]}"#
    let body =
      String(repeating: "data: \(piece)\n\n", count: count) + end + "\n\ndata: [DONE]\n\n"
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
    let answer = Array((head + body).utf8)
    Thread.detachNewThread {
      while case let connection = accept(listener, nil, nil), connection >= 0 {
        Self.answer(connection, answer)
      }
    }
  }

  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private static func answer(_ connection: Int32, _ bytes: [UInt8]) {
    var request = [UInt8](repeating: 0, count: 65_536)
    _ = read(connection, &request, request.count)
    bytes.withUnsafeBytes { buffer in
      var sent = 0
      while sent < buffer.count {
        let count = send(
          connection, buffer.baseAddress?.advanced(by: sent), buffer.count - sent,
          Int32(MSG_NOSIGNAL))
        guard count > 0 else { break }
        sent += count
      }
    }
    shutdown(connection, Int32(SHUT_WR))
    // The rest of the request, so that closing does not reset the connection.
    while read(connection, &request, request.count) > 0 {}
    close(connection)
  }
}
