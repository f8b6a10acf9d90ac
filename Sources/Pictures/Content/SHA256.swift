import CCodecs
package import Conversation

/// SHA-256 (FIPS 180-4 §6.2) over bytes that come in pieces.
package struct SHA256 {
  private var state = codec_sha256()

  package init() {
    codec_sha256_start(&state)
  }

  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { codec_sha256_update(&state, $0.baseAddress, $0.count) }
  }

  /// The 32 bytes of the digest; the hash must not be used again.
  package mutating func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { buffer, filled in
      guard let start = buffer.baseAddress else { return }
      codec_sha256_finish(&state, start)
      filled = 32
    }
  }
}

extension PictureDigest {
  /// The digest whose bytes are `bytes`.
  package init(_ bytes: [UInt8]) {
    let digits = Array("0123456789abcdef")
    self.init(rawValue: String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }))
  }

  /// The digest of `bytes` held in memory.
  package init(hashing bytes: [UInt8]) {
    var hash = SHA256()
    hash.update(bytes)
    self.init(hash.finish())
  }
}
