import Conversation
import Pictures
import Synchronization

/// The pixels of pictures that were just decoded to see whether they are whole, small, for their first
/// previews: these need not be decoded again.
final class RecentRasters: Sendable {
  private static let mostKept = 4

  /// The oldest first.
  private let kept = Mutex<[(digest: Digest, raster: Raster)]>([])

  /// Holds a raster of the whole picture, upright, in the place of the oldest.
  func add(_ raster: Raster, of digest: Digest) {
    kept.withLock { kept in
      kept.removeAll { $0.digest == digest }
      kept = Array(kept.suffix(Self.mostKept - 1)) + [(digest, raster)]
    }
  }

  subscript(digest: Digest) -> Raster? {
    kept.withLock { kept in kept.first { $0.digest == digest }?.raster }
  }
}
