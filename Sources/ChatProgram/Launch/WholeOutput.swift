#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes all of `bytes` to a descriptor, waiting while the other side is full; false where nobody
/// reads any more, or nothing more can be written.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
  var rest = bytes
  while !rest.isEmpty {
    let count = write(descriptor, rest.baseAddress, rest.count)
    if count > 0 {
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    } else if count < 0, errno == EAGAIN {
      // Who shares the other end may have made it one that does not block (fcntl(2), O_NONBLOCK).
      var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = poll(&entry, 1, -1)
    } else if count == 0 || errno != EINTR {
      return false
    }
  }
  return true
}
