import Files
import GRDB

/// What became of saving a damaged database.
package struct Salvage: Hashable, Sendable {
  /// How many were added to the store; what it had already is not counted.
  package var conversations = 0
  package var messages = 0
  /// Messages that are known to have been there, and are not in the store.
  package var lost = 0

  package init(conversations: Int = 0, messages: Int = 0, lost: Int = 0) {
    self.conversations = conversations
    self.messages = messages
    self.lost = lost
  }

  package static func + (left: Salvage, right: Salvage) -> Salvage {
    Salvage(
      conversations: left.conversations + right.conversations,
      messages: left.messages + right.messages, lost: left.lost + right.lost)
  }
}

extension ConversationStore {
  /// The databases that were set aside and are not saved whole: an earlier program was ended, or
  /// the disk was full, while it saved them.
  package nonisolated func unfinishedSalvages() throws(StoreError) -> [SetAsideFile] {
    do {
      return try SetAsideFile.unfinished(beside: path)
    } catch {
      throw StoreError(error, at: path)
    }
  }

  /// All databases of this store that were set aside, and lie beside it; oldest first.
  package nonisolated func setAsideFiles() throws(StoreError) -> [SetAsideFile] {
    do {
      return try SetAsideFile.all(beside: path)
    } catch {
      throw StoreError(error, at: path)
    }
  }

  /// Saves what a damaged database holds, which stays as it is, and what the store's copy holds;
  /// a copy that was unfinished is finished when this returns.
  ///
  /// May be ended at any moment and called again: rows that the store has stay as they are, and
  /// nothing is added twice. `environment` is that of SQLite's program, where it is installed.
  ///
  /// - Throws: `locked` where another program saves something now.
  package func salvage(
    from file: SetAsideFile, environment: [String: String] = [:]
  ) throws(StoreError) -> Salvage {
    do {
      let lock = try MaintenanceLock(of: path)
      defer { lock.release() }
      let salvage = try run(on: file.path, environment: environment)
      try file.finish()
      return salvage
    } catch {
      throw noted(error)
    }
  }

  private func run(on path: String, environment: [String: String]) throws -> Salvage {
    let recovered = path + "-recovered"
    defer { Self.removeTemporary(recovered) }
    var sources: [any SalvageSource] = []
    var known: Set<Int64> = []
    var places: MessagePlaces?
    if try FileSystem.status(of: path) != nil {
      // What stands behind damage in the log is newer than all that SQLite sees.
      sources.append(try PageScan(path: path, behindDamageAlone: true))
      if let damaged = try? DamagedDatabase(path: path) {
        sources.append(damaged)
        known = damaged.knownMessages()
        places = MessagePlaces(in: damaged.database)
      }
      Self.removeTemporary(recovered)
      if RecoveryProgram.recover(path, into: recovered, environment: environment),
        let database = try? DamagedDatabase(path: recovered)
      {
        sources.append(database)
      }
      sources.append(try PageScan(path: path))
    }
    if let copy = try? DamagedDatabase(path: StoreBackup.path(of: self.path)) {
      sources.append(copy)
    }
    let older = OlderCopy(of: self.path)
    if let copy = try? DamagedDatabase(path: older.path) { sources.append(copy) }
    if let places { sources.append(places) }
    var run = try SalvageRun(into: database, from: sources)
    return try run.run(known: known)
  }

  /// A file that stays because it cannot be removed does no harm.
  private static func removeTemporary(_ path: String) {
    for suffix in ["", "-journal"] { try? FileSystem.remove(path + suffix) }
  }
}
