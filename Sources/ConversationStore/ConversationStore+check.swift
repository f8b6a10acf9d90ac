package import Conversation
import Files
import GRDB

/// What a check of the whole store found.
package struct StoreCheck: Hashable, Sendable {
  /// A picture that a message uses, and whose file is not what it was.
  package struct DamagedPicture: Hashable, Sendable {
    package var path: String
    package var isMissing: Bool

    package init(path: String, isMissing: Bool) {
      self.path = path
      self.isMissing = isMissing
    }
  }

  package var conversations = 0
  package var messages = 0
  package var pictures = 0
  /// What SQLite says of pages, indices and references; empty where it finds nothing.
  package var mistakes: [String] = []
  /// Whether the index of the texts says what the messages say.
  package var textIndexFits = true
  /// Messages that others follow, and that are not there.
  package var missingMessages = 0
  /// Messages of which nothing is left but that they were there.
  package var emptyMessages = 0
  package var damagedPictures: [DamagedPicture] = []
  /// Files of pictures that no message and no draft uses, and their bytes.
  package var strayPictures = 0
  package var strayBytes = 0
  /// The file whose presence keeps them, for they may be of a store that was lost; nil where there is none.
  package var lostStoreMark: String?
  /// Damaged databases that lie beside the store, and those of them that are not saved whole.
  package var setAside: [String] = []
  package var unfinished: [String] = []
  /// The copy, and the second of 1970 in which it was begun; nil where there is none.
  package var copy: String?
  package var copyMade: Int?
  /// What is wrong with the copy; nil where nothing is, and where there is none.
  package var copyDamage: String?
  /// How many lines of the file of requests cannot be read, and that file.
  package var unreadableRequests = 0
  package var requests: String?
  /// Why the file of requests cannot be read at all; nil where it can.
  package var requestsFault: StoreError?

  package init() {}

  /// Whether nothing has to be done: what lies about harms nobody.
  package var isSound: Bool {
    isStoreSound && copyDamage == nil && unreadableRequests == 0 && requestsFault == nil
  }

  /// Whether the store itself is sound, whatever is beside it.
  package var isStoreSound: Bool {
    mistakes.isEmpty && textIndexFits && missingMessages == 0 && emptyMessages == 0
      && damagedPictures.isEmpty && unfinished.isEmpty
  }
}

extension ConversationStore {
  /// Reads the whole store: every page, the index of the texts, every picture that is used.
  ///
  /// Nothing is changed, but that damage leaves the mark by which the next opening looks closer.
  /// `hash` gives the digest of a file's bytes.
  package func check(
    hash: @Sendable (_ path: String) throws -> Digest
  ) throws(StoreError) -> StoreCheck {
    var check = StoreCheck()
    do {
      try checkDatabase(&check)
      try checkPictures(&check, hash: hash)
      let mark = pictures.lostStoreMark
      check.lostStoreMark = try FileSystem.status(of: mark) == nil ? nil : mark
      check.setAside = try SetAsideFile.all(beside: path).map(\.path)
      check.unfinished = try SetAsideFile.unfinished(beside: path).map(\.path)
      let copy = StoreBackup.path(of: path)
      if let made = try FileSystem.status(of: copy)?.modified {
        check.copy = copy
        check.copyMade = made
        check.copyDamage = StoreBackup.damage(of: copy)
      }
      checkRequests(&check)
    } catch {
      throw noted(error)
    }
    if !check.mistakes.isEmpty || !check.textIndexFits { markForCheck() }
    return check
  }

  private func checkRequests(_ check: inout StoreCheck) {
    do throws(StoreError) {
      check.unreadableRequests = try ledger.unreadableCount()
      check.requests = check.unreadableRequests > 0 ? ledger.path : nil
    } catch {
      check.requestsFault = error
    }
  }

  private func checkDatabase(_ check: inout StoreCheck) throws {
    check.mistakes = try database.read { database in
      try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
    }
    check.textIndexFits = try textIndexFits()
    guard check.mistakes.isEmpty else { return }
    try database.read { database in
      let broken = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
      check.mistakes += broken.map {
        "\($0.text(0) ?? ""): \($0.integer(1) ?? 0) belongs to nothing"
      }
      check.conversations = try Self.count("conversation", database)
      check.messages = try Self.count("message", database)
      check.missingMessages = try Self.count(
        "(SELECT DISTINCT parent FROM message WHERE parent NOT IN (SELECT id FROM message))",
        database)
      check.emptyMessages = try EmptyMessages.count(database)
    }
  }

  private static func count(_ table: String, _ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
  }

  /// Whether the index agrees with the messages; a store that cannot be written is not asked.
  private func textIndexFits() throws -> Bool {
    guard !isReadOnly else { return true }
    do {
      try database.writeWithoutTransaction { try Schema.checkTextIndex($0) }
      return true
    } catch DatabaseError.SQLITE_CORRUPT {
      return false
    }
  }

  private func checkPictures(
    _ check: inout StoreCheck, hash: (_ path: String) throws -> Digest
  ) throws {
    let used = try usedBlobs()
    check.pictures = used.count
    for name in used.sorted() {
      // Only what an older version stored is no digest: no file can have been kept under it.
      guard let digest = Digest(rawValue: name) else {
        check.damagedPictures.append(.init(path: name, isMissing: true))
        continue
      }
      let path = pictures.path(of: digest)
      guard try FileSystem.status(of: path) != nil else {
        check.damagedPictures.append(.init(path: path, isMissing: true))
        continue
      }
      if try hash(path) != digest {
        check.damagedPictures.append(.init(path: path, isMissing: false))
      }
    }
    guard try FileSystem.status(of: pictures.folder) != nil else { return }
    for folder in try FileSystem.names(in: pictures.folder) {
      let folder = pictures.folder + "/" + folder
      guard try FileSystem.status(of: folder)?.isFolder == true else { continue }
      for name in try FileSystem.names(in: folder) where !used.contains(name) {
        check.strayPictures += 1
        check.strayBytes += try FileSystem.status(of: folder + "/" + name)?.byteCount ?? 0
      }
    }
  }
}
