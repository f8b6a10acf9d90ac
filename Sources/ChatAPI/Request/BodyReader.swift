import JSON

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Gives a body's bytes one bufferful after the other, files straight from disk.
///
/// Holds one piece of at most 64 KiB whatever the body's size. Confined to the thread that sends.
struct BodyReader: ~Copyable {
  /// Why a body cannot be sent as it was measured.
  enum Fault: Error, Equatable {
    case missing(path: String)
    case changed(path: String)
  }

  /// A multiple of three, so that base64 needs padding only at the end of a file.
  private static let pieceSize = 48 << 10

  private let pieces: [RequestBody.Piece]
  private var next = 0
  private var file: OpenFile?
  /// Whether the open file is sent in base64.
  private var isEncoding = false
  private var buffer: [UInt8] = []
  private var position = 0

  init(_ body: RequestBody) {
    pieces = body.pieces
  }

  deinit {
    if let file { systemClose(file.descriptor) }
  }

  /// Starts again from the first byte.
  mutating func rewind() {
    closeFile()
    (next, buffer, position) = (0, [], 0)
  }

  /// Fills as much of `target` as the next bytes do; 0 at the end of the body.
  mutating func read(into target: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
    while position == buffer.count {
      guard try refill() else { return 0 }
    }
    let count = min(target.count, buffer.count - position)
    buffer.withUnsafeBytes { bytes in
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
    }
    position += count
    return count
  }

  private mutating func closeFile() {
    if let file { systemClose(file.descriptor) }
    file = nil
  }

  /// Gets the next bytes ready; false at the end of the body.
  private mutating func refill() throws(Fault) -> Bool {
    position = 0
    if var open = file {
      let bytes = try open.read(atMost: Self.pieceSize)
      buffer = isEncoding ? Base64.encoded(bytes) : bytes
      file = open
      if open.left == 0 { closeFile() }
      return true
    }
    guard next < pieces.count else { return false }
    switch pieces[next] {
    case .bytes(let bytes): buffer = bytes
    case .base64(let picture): try begin(picture, isEncoding: true)
    case .file(let picture): try begin(picture, isEncoding: false)
    }
    next += 1
    return true
  }

  private mutating func begin(_ picture: PictureFile, isEncoding: Bool) throws(Fault) {
    buffer = []
    file = try OpenFile(picture)
    self.isEncoding = isEncoding
  }
}

/// A picture's file while it is read, held to the size that was measured.
private struct OpenFile {
  let path: String
  let descriptor: Int32
  var left: Int

  init(_ picture: PictureFile) throws(BodyReader.Fault) {
    path = picture.path
    left = picture.byteCount
    descriptor = open(picture.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .missing(path: picture.path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Int(status.st_size) == left else {
      systemClose(descriptor)
      throw .changed(path: path)
    }
  }

  /// The next bytes: exactly `limit`, or all that are left.
  mutating func read(atMost limit: Int) throws(BodyReader.Fault) -> [UInt8] {
    let wanted = min(limit, left)
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialized in
      while count < wanted {
        let got = systemRead(descriptor, buffer.baseAddress.map { $0 + count }, wanted - count)
        if got <= 0 { break }
        count += got
      }
      initialized = count
    }
    guard count == wanted else { throw .changed(path: path) }
    left -= count
    return bytes
  }
}

// Their names are hidden where a type has methods of the same names.
private func systemRead(_ file: Int32, _ target: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int
{
  read(file, target, count)
}

private func systemClose(_ file: Int32) {
  close(file)
}
