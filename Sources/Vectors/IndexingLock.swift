import Files

/// The lock of whoever adds texts to indexes, so that no two programs pay for the same texts; it ends with the
/// value, also by `kill -9`.
package final class IndexingLock {
  private let file: OpenFile

  /// Takes the lock at `path`; nil where another program has it.
  fileprivate init?(path: String) throws(FileError) {
    file = try OpenFile(path, for: .writing)
    do {
      try file.lock(exclusively: true)
    } catch {
      if error.isLocked { return nil }
      // Where the file system knows no locks, none is held.
      if !error.isUnsupported { throw error }
    }
  }

  package func release() { file.unlock() }
}

extension VectorIndex {
  /// The lock; nil while another program adds texts.
  package func indexingLock() throws(VectorError) -> IndexingLock? {
    do throws(FileError) { return try IndexingLock(path: path + "-indexing") } catch {
      throw .storage(path: path, reason: error.reason)
    }
  }
}
