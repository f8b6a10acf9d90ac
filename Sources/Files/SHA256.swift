import CHash

/// SHA-256 (FIPS 180-4 §6.2) over bytes that come in pieces.
package struct SHA256 {
  private var state = chash_sha256()

  package init() {
    chash_sha256_start(&state)
  }

  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { chash_sha256_update(&state, $0.baseAddress, $0.count) }
  }

  /// The 32 bytes of the digest; the hash must not be used again.
  package mutating func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { buffer, filled in
      guard let start = buffer.baseAddress else { return }
      chash_sha256_finish(&state, start)
      filled = 32
    }
  }

  /// The digest of all bytes of the regular file at `path`, read a piece at a time.
  package static func digest(ofFileAt path: String) throws(FileError) -> [UInt8] {
    var source = try FileSource(path)
    var hash = SHA256()
    while true {
      let piece = try source.read(upTo: 256 * 1024)
      if piece.isEmpty { return hash.finish() }
      hash.update(piece)
    }
  }
}
