#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Waits until one of a few descriptors can be read, or a moment has come.
///
/// It blocks the calling thread in `poll(2)`, and costs nothing meanwhile.
package struct Poller: Sendable {
  private let descriptors: [Int32]
  private let clock = ContinuousClock()

  package init(_ descriptors: [Int32]) {
    self.descriptors = descriptors
  }

  /// The descriptors that can be read, or whose other end is gone, in the order that they were given
  /// in, the written one last; empty when `deadline` has passed.
  ///
  /// Without a deadline it waits for ever. An interrupting signal does not end the wait; `written`,
  /// where there is one, ends it when it takes more.
  package func wait(
    until deadline: ContinuousClock.Instant? = nil, writing written: Int32? = nil
  ) -> [Int32] {
    var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    if let written { entries.append(pollfd(fd: written, events: Int16(POLLOUT), revents: 0)) }
    var count: Int32 = -1
    repeat {
      count = poll(&entries, nfds_t(entries.count), milliseconds(until: deadline))
    } while count < 0 && errno == EINTR
    return entries.filter { $0.revents != 0 }.map(\.fd)
  }

  /// Rounded up, so that the moment has come when the wait ends; -1 waits for ever.
  private func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let left = (deadline - clock.now) / .milliseconds(1)
    return Int32(min(max(left.rounded(.up), 0), Double(Int32.max)))
  }
}
