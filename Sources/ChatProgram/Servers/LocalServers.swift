import ChatAPI
import Configuration

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Looks for the model servers that people run on their own machine.
struct LocalServers: Sendable {
  let directory: ServerDirectory
  let client: ChatClient
  let environment: [String: String]

  /// How long a server may take to answer: one that loads a model still lists it at once.
  private static let limit = Duration.seconds(2)

  /// The names of those that answer as model servers do, the likeliest first.
  ///
  /// They are asked for their models, without a key. Where nothing listens, nothing is sent, and
  /// libcurl is not even loaded.
  func running() async -> [String] {
    let places = LocalServer.places(in: environment).filter { Self.listens(at: $0.port) }
    let found = await withTaskGroup(of: LocalServer?.self) { group in
      for place in places {
        group.addTask { await answers(place.server) ? place.server : nil }
      }
      return await group.reduce(into: Set<LocalServer>()) { found, server in
        if let server { found.insert(server) }
      }
    }
    return places.map(\.server).filter(found.contains).map(\.rawValue)
  }

  private func answers(_ server: LocalServer) async -> Bool {
    let provider = try? await directory.lockedProvider(named: server.rawValue, model: nil)
    guard let provider else { return false }
    return await client.probe(provider, limit: Self.limit) != nil
  }

  /// Whether something takes connections at a port of 127.0.0.1; never waits longer than 200 ms.
  static func listens(at port: Int) -> Bool {
    let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let descriptor = socket(AF_INET, Int32(kind), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result == 0 { return true }
    return errno == EINPROGRESS && isConnected(descriptor)
  }

  private static func isConnected(_ descriptor: Int32) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&waiting, 1, 200) == 1 else { return false }
    var error: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0
  }
}
