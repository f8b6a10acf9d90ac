import Glibc

/// A port of this machine that is taken and refuses every connection.
///
/// It is bound, but nobody listens there (listen(2)). A port that was merely free a moment ago may be
/// another test's server by now.
package final class SilentPort {
  /// Why there is none: the call's errno.
  package struct Unavailable: Error { package var errno: Int32 }

  package let number: Int
  private let descriptor: Int32

  package init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    number = Int(in_port_t(bigEndian: address.sin_port))
    guard isBound else { throw Unavailable(errno: errno) }
  }

  deinit { close(descriptor) }
}
