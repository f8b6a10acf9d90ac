#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Bytes that can be read at any offset: an array, or an open file.
enum ByteSource {
  case bytes([UInt8])
  /// Owned by the ``PictureContent`` that made this value, and valid as long as it.
  case descriptor(Int32)

  /// Up to `count` bytes from `offset`; fewer only at the end.
  func read(at offset: Int, count: Int) throws(PictureError) -> [UInt8] {
    switch self {
    case .bytes(let bytes):
      guard offset >= 0, offset < bytes.count else { return [] }
      return Array(bytes[offset..<min(bytes.count, offset + count)])
    case .descriptor(let descriptor):
      return try Self.read(descriptor, at: offset, count: count)
    }
  }

  private static func read(
    _ descriptor: Int32, at offset: Int, count: Int
  ) throws(PictureError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let rest = UnsafeMutableBufferPointer(rebasing: buffer[filled...])
        let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
        if got < 0 && errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { return }
        filled += got
      }
    }
    guard failure == 0 else { throw .notReadable(.failure(errno: failure)) }
    return bytes
  }
}
