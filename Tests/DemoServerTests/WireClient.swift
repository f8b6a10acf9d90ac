import DemoServer
import FlyingSocks
import FoundationEssentials
import Testing

/// A small HTTP/1.1 client over a plain socket, so that the demo is tested by its bytes.
struct WireClient {
  struct Answer {
    let status: Int
    /// By lower-case name.
    let headers: [String: String]
    let body: [UInt8]
    /// Whether the body came to its proper end.
    let isWhole: Bool

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  let port: UInt16

  init(_ server: DemoServer) throws {
    let authority = try #require(server.baseURL.split(separator: "/").dropFirst().first)
    port = try #require(authority.split(separator: ":").last.flatMap { UInt16($0) })
  }

  /// Asks for a reply to `body`, a JSON text.
  func ask(_ body: String) async throws -> Answer {
    try await send("POST", "/v1/chat/completions", body: body)
  }

  func send(
    _ method: String, _ path: String, body: String = "", type: String = "application/json"
  ) async throws -> Answer {
    let socket = try await connect()
    defer { try? socket.close() }
    let head = Self.head(method, path, body, type: type, connection: "close")
    try await socket.write(Data((head + body).utf8))
    return try Self.answer(try await Self.readToEnd(socket))
  }

  /// A connection on which a request has been sent, for tests that leave it early.
  func open(_ body: String) async throws -> AsyncSocket {
    let socket = try await connect()
    let head = Self.head(
      "POST", "/v1/chat/completions", body, type: "application/json", connection: "keep-alive")
    try await socket.write(Data((head + body).utf8))
    return socket
  }

  private func connect() async throws -> AsyncSocket {
    try await AsyncSocket.connected(to: .inet(ip4: "127.0.0.1", port: port), timeout: 120)
  }

  private static func head(
    _ method: String, _ path: String, _ body: String, type: String, connection: String
  ) -> String {
    "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: \(type)\r\n"
      + "Content-Length: \(body.utf8.count)\r\nConnection: \(connection)\r\n\r\n"
  }

  private static func readToEnd(_ socket: AsyncSocket) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      do {
        bytes += try await socket.read(atMost: 4_096)
      } catch SocketError.disconnected {
        return bytes
      }
    }
  }

  private static func answer(_ bytes: [UInt8]) throws -> Answer {
    let text = String(decoding: bytes, as: UTF8.self)
    let end = try #require(text.firstRange(of: "\r\n\r\n"))
    let lines = text[..<end.lowerBound].split(separator: "\r\n")
    let headers = lines.dropFirst().map { line -> (String, String) in
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      return (line[..<colon].lowercased(), String(line[colon...].dropFirst(2)))
    }
    let named = Dictionary(headers) { $1 }
    let rest = Array(text[end.upperBound...].utf8)
    let (body, isWhole) =
      named["transfer-encoding"] == "chunked"
      ? dechunked(rest) : (rest, named["content-length"] == "\(rest.count)")
    let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return Answer(status: try #require(status), headers: named, body: body, isWhole: isWhole)
  }

  /// The body of a chunked transfer (RFC 9112 §7.1), and whether its last chunk was there.
  private static func dechunked(_ bytes: [UInt8]) -> (body: [UInt8], isWhole: Bool) {
    var (body, rest): ([UInt8], ArraySlice<UInt8>) = ([], bytes[...])
    while let end = rest.firstIndex(of: UInt8(ascii: "\r")) {
      let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16) ?? 0
      if size == 0 { return (body, true) }
      let data = rest[end...].dropFirst(2).prefix(size)
      body += data
      rest = rest[data.endIndex...].dropFirst(2)
    }
    return (body, false)
  }
}

/// Runs `body` with a client of a server that answers without pauses.
func withDemo<Value>(
  pace: Duration = .zero, maxBodyBytes: Int = 128 << 20, log: RequestLog? = nil,
  _ body: (WireClient, DemoServer) async throws -> Value
) async throws -> Value {
  let server = try await DemoServer.start(pace: pace, maxBodyBytes: maxBodyBytes, log: log)
  do {
    let value = try await body(try WireClient(server), server)
    await server.stop()
    return value
  } catch {
    await server.stop()
    throw error
  }
}

/// Waits until `condition` holds, for ten seconds at most.
func eventually(_ condition: () -> Bool) async throws -> Bool {
  let clock = ContinuousClock()
  let deadline = clock.now + .seconds(10)
  while !condition() {
    guard clock.now < deadline else { return false }
    try await clock.sleep(for: .milliseconds(2))
  }
  return true
}
