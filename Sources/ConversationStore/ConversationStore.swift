package import Conversation
import Files
import GRDB

/// Conversations and pictures on disk: what it has answered for survives a crash.
///
/// A store is a folder (0700) with an SQLite database in WAL mode with full synchronisation, the
/// originals of the pictures, and a lock file that tells how many programs have the store open.
/// Several programs may use one store, also one conversation: messages are only ever added, so two
/// that write after the same message make a branch.
///
/// Every call returns after its change is on the disk, or throws and has changed nothing. Calls
/// run one after another on a thread of the store's own. While another program holds the database
/// locked, a call waits as long as ``Settings/patience``.
package actor ConversationStore {
  /// The limits that a store works within.
  package struct Settings: Sendable {
    /// How long a call waits for another program's lock.
    package var patience = Duration.seconds(10)
    /// The most pages of 4 KiB that the database may have; nil for as many as the disk holds.
    package var pageLimit: Int?

    package init() {}
  }

  /// In what state the store was found.
  package enum Opening: Hashable, Sendable {
    case created
    /// There was no database, but pictures of one in `folder`.
    case createdBesidePictures(folder: String)
    case sound
    /// The database was damaged and now stands at `path`; an empty one is in its place.
    case setAside(path: String)
    /// The database was gone, but not its copy: an empty one is in its place.
    case missing(SetAsideFile, copy: String)
  }

  package nonisolated let opening: Opening
  /// Whether the store was opened for reading alone: every change throws ``StoreError/readOnly(_:)``.
  package nonisolated let isReadOnly: Bool
  package nonisolated let pictures: BlobStore
  package nonisolated var backup: StoreBackup { StoreBackup(database: path) }
  package nonisolated let path: String
  let database: DatabaseQueue
  /// The messages of each open conversation that this program knows: others are news to it.
  var known: [ConversationID: Set<MessageID>] = [:]
  /// The row of each open conversation as this program last read or wrote it.
  var held: [ConversationID: ConversationRow.Held] = [:]
  /// What this program deleted, and did not bring back: its own late writes keep that so.
  var deletedHere: Set<ConversationID> = []
  /// Nil where the store is read only.
  private let lock: StoreLock?
  /// Why it is; nil where that was never asked for.
  private let refusal: StoreError?
  /// Whether another program's lock was waited for in vain and may still be there.
  private var isImpatient = false
  private let settings: Settings
  private let executor = QueueExecutor(label: "iris.store")

  /// Opens the store in `folder`, and makes it where there is none.
  ///
  /// Runs on the caller's thread. A damaged database is set aside, an empty one takes its place;
  /// one of a newer schema is refused and not touched. Where no other program has the store open, what a
  /// crash left behind is put in order. `now` names what is set aside.
  package init(folder: String, settings: Settings = Settings(), now: Timestamp) throws(StoreError) {
    path = folder + "/iris.sqlite"
    pictures = BlobStore(folder: folder + "/pictures")
    self.settings = settings
    isReadOnly = false
    refusal = nil
    do {
      try FileSystem.makePrivateFolder(folder)
      let lock = try StoreLock(folder + "/lock", patience: settings.patience)
      let opened = try StoreOpening(path: path, settings: settings, isAlone: lock.isAlone)
        .open(now: now)
      database = opened.0
      opening = try Self.noting(opened.1, beside: pictures)
      try lock.share()
      self.lock = consume lock
    } catch {
      throw StoreError(ofStore: error, at: path)
    }
  }

  /// An opening that made the database, with what it found beside it.
  private static func noting(
    _ opening: Opening, beside pictures: BlobStore
  ) throws -> Opening {
    switch opening {
    case .created:
      return try pictures.noteFound() ? .createdBesidePictures(folder: pictures.folder) : .created
    case .missing:
      // The copy may be older than some of the pictures.
      _ = try pictures.noteFound()
      return opening
    default: return opening
    }
  }

  /// Opens the store in `folder` for reading alone, where nothing there can be written.
  ///
  /// Nothing is put in order, set aside or locked. A log that a crash left behind is read along. Every
  /// change throws `refusal`, why it could not be opened for more: a full disk is no lack of permissions.
  package init(
    reading folder: String, settings: Settings = Settings(), because refusal: StoreError? = nil
  ) throws(StoreError) {
    path = folder + "/iris.sqlite"
    pictures = BlobStore(folder: folder + "/pictures")
    self.settings = settings
    isReadOnly = true
    self.refusal = refusal
    opening = .sound
    lock = nil
    do {
      database = try StoreOpening(path: path, settings: settings, isAlone: false).openForReading()
    } catch {
      throw StoreError(error, at: path)
    }
  }

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// Ends the use of the store; every later call fails.
  ///
  /// The last program to close it also removes the conversations that were deleted and the pictures
  /// that nothing uses, and folds the log into the database, so that the next opening is quick. Where
  /// another store may have taken its place, nothing there is touched.
  package func close() throws(StoreError) {
    defer { lock?.release() }
    let tidied = Result { if isInPlace(), lock?.isHeldAlone() == true { try tidy() } }
    do {
      try database.close()
      try tidied.get()
    } catch {
      throw StoreError(error, at: path)
    }
  }

  /// Removes for good what was only hidden, and what nothing uses.
  ///
  /// Messages that could not be read from a damaged database may use pictures as well: while one
  /// lies beside the store, none is removed.
  private func tidy() throws {
    try purge()
    if try SetAsideFile.all(beside: path).isEmpty { try sweepBlobs() }
    try OlderCopy(of: path).remove()
  }

  /// Whether the database is still the file at its path; a store for reading alone does not ask.
  package func isInPlace() -> Bool { isReadOnly || !database.hasMoved }

  /// Does `body` in a read transaction.
  func reading<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try asking { try database.read(body) }
  }

  /// Does `body` in a write transaction that is on the disk when this returns.
  ///
  /// - Throws: why it is read alone, or `readOnly`, in a store for reading alone, whose database may be a copy in memory; `gone` where
  ///   it went into a file that is no longer at its path.
  func writing<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    if isReadOnly {
      throw refusal
        ?? .readOnly(
          StoreError.Cause(
            path: path, code: ResultCode.SQLITE_READONLY.rawValue,
            message: "attempt to write a readonly database"))
    }
    let value = try asking { try database.write(body) }
    guard isInPlace() else { throw .gone(path: path) }
    return value
  }

  private func asking<Value>(_ work: () throws -> Value) throws(StoreError) -> Value {
    do {
      let value = try database.namingShortage(at: path, work)
      setImpatient(false)
      return value
    } catch {
      throw noted(error)
    }
  }

  /// What `error`, thrown by the database, means for the store, which takes note of it.
  ///
  /// At damage it leaves a mark, so that the next opening checks every page. Where not even that can
  /// be left, the damage shows again when its page is read.
  func noted(_ error: any Error) -> StoreError {
    let error = StoreError(ofStore: error, at: path)
    switch error {
    case .damaged: markForCheck()
    case .locked: setImpatient(true)
    default: break
    }
    return error
  }

  /// Leaves a mark by which the next opening checks every page.
  func markForCheck() { _ = try? OpenFile(StoreOpening.mark(of: path), for: .writing) }

  /// After a lock was waited for in vain, calls wait for a tenth of a second until one succeeds:
  /// what is asked meanwhile would else pile up behind calls that each wait for long.
  private func setImpatient(_ isImpatient: Bool) {
    guard isImpatient != self.isImpatient else { return }
    self.isImpatient = isImpatient
    let patience = isImpatient ? min(settings.patience, .milliseconds(100)) : settings.patience
    let milliseconds = Int(patience / .milliseconds(1))
    // It touches no file, and where it fails calls wait as they did before.
    try? database.inDatabase { try $0.execute(sql: "PRAGMA busy_timeout = \(milliseconds)") }
  }
}
