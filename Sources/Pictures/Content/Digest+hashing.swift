package import Conversation
import Files

extension Digest {
  /// The digest of `bytes` held in memory.
  package init(hashing bytes: [UInt8]) {
    var hash = SHA256()
    hash.update(bytes)
    self.init(bytes: hash.finish())
  }
}
