import Files

/// Tells how many programs have a store open: each shares a lock on one file while it has.
///
/// Whoever gets the lock alone on opening may put the store in order; the others wait for that.
/// The lock ends with its program, also by `kill -9`.
struct StoreLock: ~Copyable {
  private let file: OpenFile
  /// Whether no other program had the store open.
  let isAlone: Bool
  private let patience: Duration

  /// Takes the lock alone where that can be, else shares it.
  init(_ path: String, patience: Duration) throws(FileError) {
    let file = try OpenFile(path, for: .writing)
    let isAlone = Self.holds(file)
    if !isAlone { try Self.share(file, patience: patience) }
    self.file = file
    self.isAlone = isAlone
    self.patience = patience
  }

  /// Lets other programs in.
  func share() throws(FileError) {
    try Self.share(file, patience: patience)
  }

  /// Whether the lock can be had alone now; where not, it may be lost, so ask only at the end.
  func isHeldAlone() -> Bool { Self.holds(file) }

  /// Leaves the store to the other programs.
  func release() { file.unlock() }

  private static func holds(_ file: borrowing OpenFile) -> Bool {
    do {
      try file.lock(exclusively: true)
      return true
    } catch {
      return false
    }
  }

  private static func share(
    _ file: borrowing OpenFile, patience: Duration
  ) throws(FileError) {
    do {
      try file.lock(exclusively: false, patience: patience)
    } catch  where error.isUnsupported {}
  }
}

/// The lock that copying and saving the database take, so that one program does one of them at a
/// time; it ends with the value.
final class MaintenanceLock {
  private let file: OpenFile

  /// Takes the lock of the database at `path`.
  ///
  /// - Throws: ``FileError/isLocked`` where another program has it.
  init(of path: String) throws(FileError) {
    file = try OpenFile(path + "-maintenance", for: .writing)
    do {
      try file.lock(exclusively: true)
    } catch  where error.isUnsupported {}
  }

  func release() { file.unlock() }
}
