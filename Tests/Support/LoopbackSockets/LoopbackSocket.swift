import Glibc

/// A socket on loopback.
package enum LoopbackSocket {
  /// Why there is none: the call's errno.
  package struct Unavailable: Error { package var errno: Int32 }

  /// A socket that is bound to a port of the system's choice, and listens where `backlog` says how many
  /// connections may wait; programs that are started do not get it.
  package static func bound(backlog: Int32? = nil) throws -> (descriptor: Int32, port: Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0
          && (backlog.map { listen(descriptor, $0) == 0 } ?? true)
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { throw Unavailable(errno: errno) }
    return (descriptor, Int(in_port_t(bigEndian: address.sin_port)))
  }
}
