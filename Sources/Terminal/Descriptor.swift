#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file descriptor and the few calls that this room makes on one.
struct Descriptor {
  let number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  var isTerminal: Bool { isatty(number) == 1 }

  /// Writes all of `text`, waiting while the other side is full; stops silently when it is gone.
  func write(_ text: String) {
    var bytes = ArraySlice(text.utf8)
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Self.write(number, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EAGAIN {
        _ = isReady(for: POLLOUT, within: -1)
      } else if errno != EINTR {
        return
      }
    }
  }

  /// Reads what has arrived, without waiting; nil at the end of file or when the terminal is gone.
  func readAvailable(atMost limit: Int = 65_536) -> [UInt8]? {
    guard isReady(for: POLLIN, within: 0) else { return [] }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      let result = read(number, buffer.baseAddress, limit)
      failure = result < 0 ? errno : 0
      count = max(0, result)
    }
    if failure == EAGAIN || failure == EINTR { return [] }
    return bytes.isEmpty ? nil : bytes
  }

  private func isReady(for event: Int32, within milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: number, events: Int16(event), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  private static func write(_ number: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(number, bytes, count)
    #else
      Darwin.write(number, bytes, count)
    #endif
  }
}
