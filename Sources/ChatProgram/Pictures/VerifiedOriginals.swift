import Conversation
import ConversationStore
import Files
import Synchronization

/// Which kept originals have been found to be what their digests say, so that each is hashed once
/// and not with every request.
///
/// A file counts as checked as long as its inode, length and time of change are the same.
final class VerifiedOriginals: Sendable {
  private let checked = Mutex<[Digest: FileSystem.Status]>([:])

  /// Notes an original whose bytes were hashed just before they were kept.
  func note(_ digest: Digest, in blobs: BlobStore) {
    guard let status = try? FileSystem.status(of: blobs.path(of: digest)) else { return }
    checked.withLock { $0[digest] = status }
  }

  /// Makes sure that the original is there and unchanged.
  ///
  /// - Throws: ``StoreError/pictureDamaged(path:isMissing:)``.
  func verify(_ digest: Digest, in blobs: BlobStore) throws(StoreError) {
    let path = blobs.path(of: digest)
    // Taken before the bytes are read: a change meanwhile makes another status.
    let status = try? FileSystem.status(of: path)
    guard let status else { throw .pictureDamaged(path: path, isMissing: true) }
    if checked.withLock({ $0[digest] }) == status { return }
    try blobs.verify(digest)
    checked.withLock { $0[digest] = status }
  }
}
