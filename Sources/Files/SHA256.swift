import CDigest

/// SHA-256 (FIPS 180-4 §6.2) over bytes that come in pieces.
package struct SHA256: ~Copyable {
  private let digest: OpaquePointer

  /// Begins a digest, by OpenSSL where it is installed and not ruled out, else by GLib, which is a
  /// fifth as fast.
  package init(withoutOpenSSL: Bool = false) {
    digest = cdigest_sha256_new(withoutOpenSSL ? cdigest_glib : cdigest_fastest)
  }

  deinit { cdigest_sha256_free(digest) }

  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { cdigest_sha256_update(digest, $0.baseAddress, $0.count) }
  }

  /// The 32 bytes of the digest.
  package consuming func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { buffer, filled in
      guard let start = buffer.baseAddress else { return }
      cdigest_sha256_finish(digest, start)
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
