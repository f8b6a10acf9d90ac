import Glibc

/// A port of this machine that is taken and refuses every connection.
///
/// It is bound, but nobody listens there (listen(2)). A port that was merely free a moment ago may be
/// another test's server by now.
package final class SilentPort {
  package let number: Int
  private let descriptor: Int32

  package init() throws { (descriptor, number) = try LoopbackSocket.bound() }

  deinit { close(descriptor) }
}
