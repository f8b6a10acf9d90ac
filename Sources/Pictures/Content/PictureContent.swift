import CCodecs
package import Conversation
import Files

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The bytes of a file that may be a picture: in memory, or open for reading.
///
/// Opening never waits: only regular files are accepted, so a FIFO or a device is refused at once.
/// Any thread may use a value; the descriptor is closed with it.
package struct PictureContent: ~Copyable, Sendable {
  package let byteCount: Int
  package let limits: PictureLimits
  let source: ByteSource
  private let stamp: FileStamp?

  package init(
    bytes: [UInt8], limits: PictureLimits = PictureLimits()
  ) throws(PictureError) {
    self.limits = limits
    source = .bytes(bytes)
    byteCount = bytes.count
    stamp = nil
    try Self.check(byteCount, limits)
  }

  /// Opens the file at `path`.
  ///
  /// `isKept` says that it is one of the originals under their digests, whose bytes never change. Its
  /// times do, whenever the same picture is kept again: they do not tell that it was written to.
  ///
  /// - Throws: `.notReadable`, `.empty`, `.tooManyBytes`.
  package init(
    path: String, isKept: Bool = false, limits: PictureLimits = PictureLimits()
  ) throws(PictureError) {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw .notReadable(Self.obstacle(errno)) }
    do {
      let stamp = try FileStamp(descriptor: descriptor)
      try Self.check(stamp.byteCount, limits)
      self.limits = limits
      self.stamp = isKept ? nil : stamp
      source = .descriptor(descriptor)
      byteCount = stamp.byteCount
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit {
    if case .descriptor(let descriptor) = source { close(descriptor) }
  }

  private static func check(_ byteCount: Int, _ limits: PictureLimits) throws(PictureError) {
    guard byteCount > 0 else { throw .empty }
    guard byteCount <= limits.maximumBytes else {
      throw .tooManyBytes(byteCount, limit: limits.maximumBytes)
    }
  }

  private static func obstacle(_ code: Int32) -> PictureError.Obstacle {
    switch code {
    case ENOENT, ENOTDIR: .missing
    case EACCES, EPERM: .forbidden
    // Opening a socket, or a device without a driver.
    case ENXIO, ENODEV: .special
    default: .failure(errno: code)
    }
  }
}

extension PictureContent {
  /// Tells whether the file is still as it was opened; call it after the last read.
  ///
  /// - Throws: `.changedWhileRead`.
  package func requireUnchanged() throws(PictureError) {
    guard case .descriptor(let descriptor) = source, let stamp else { return }
    guard try FileStamp(descriptor: descriptor) == stamp else { throw .changedWhileRead }
  }

  /// Gives every byte to `body`, in order, in pieces of at most 256 KiB.
  ///
  /// - Throws: `.changedWhileRead` after the last piece, where the pieces may not belong together.
  package func forEachPiece(
    _ body: ([UInt8]) throws(PictureError) -> Void
  ) throws(PictureError) {
    var offset = 0
    while offset < byteCount {
      let piece = try piece(at: offset)
      try body(piece)
      offset += piece.count
    }
    try requireUnchanged()
  }

  /// The bytes from `offset` on, which is less than ``byteCount``: at most 256 KiB, at least one.
  ///
  /// - Throws: `.changedWhileRead` where the file has become shorter.
  package func piece(at offset: Int) throws(PictureError) -> [UInt8] {
    let bytes = try source.read(at: offset, count: min(256 << 10, byteCount - offset))
    guard !bytes.isEmpty else { throw .changedWhileRead }
    return bytes
  }

  /// Every byte at once; as large as the file.
  package func allBytes() throws(PictureError) -> [UInt8] {
    if case .bytes(let bytes) = source { return bytes }
    let bytes = try source.read(at: 0, count: byteCount)
    guard bytes.count == byteCount else { throw .changedWhileRead }
    try requireUnchanged()
    return bytes
  }

  /// The SHA-256 of every byte.
  package func digest() throws(PictureError) -> Digest {
    var hash = SHA256()
    try forEachPiece { piece in hash.update(piece) }
    return Digest(bytes: hash.finish())
  }

  /// Lends the bytes to a decoder of the C shim.
  func withCodecInput<Result>(
    isCancelled: @escaping () -> Bool, _ body: (UnsafePointer<codec_input>) -> Result
  ) -> Result {
    var check = isCancelled
    return withUnsafeMutablePointer(to: &check) { check in
      var input = codec_input()
      input.count = byteCount
      input.context = UnsafeMutableRawPointer(check)
      input.is_cancelled = { context in
        context?.assumingMemoryBound(to: (() -> Bool).self).pointee() ?? false
      }
      switch source {
      case .descriptor(let descriptor):
        input.descriptor = descriptor
        return body(&input)
      case .bytes(let bytes):
        input.descriptor = -1
        return bytes.withUnsafeBufferPointer { buffer in
          input.bytes = buffer.baseAddress
          return body(&input)
        }
      }
    }
  }
}
