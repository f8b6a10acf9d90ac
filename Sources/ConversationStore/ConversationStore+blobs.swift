package import Conversation
import Files
import GRDB

extension ConversationStore {
  /// Removes the blobs that no message and no draft uses, and copies that were not finished.
  ///
  /// Only for a program that has the store alone, and only what is older than a day: a program
  /// that is about to open the store may just have kept one. Nothing where the pictures may be of a
  /// store that was lost.
  func sweepBlobs() throws {
    guard try FileSystem.status(of: pictures.folder) != nil,
      try FileSystem.status(of: pictures.lostStoreMark) == nil
    else { return }
    let used = try usedBlobs()
    let youngest = try BlobStore.presentSecond(at: pictures.folder) - 86_400
    for folder in try FileSystem.names(in: pictures.folder) {
      let folder = pictures.folder + "/" + folder
      guard try FileSystem.status(of: folder)?.isFolder == true else { continue }
      for name in try FileSystem.names(in: folder) where !used.contains(name) {
        let file = folder + "/" + name
        let modified = try FileSystem.status(of: file)?.modified ?? youngest
        if modified < youngest { try FileSystem.remove(file) }
      }
    }
  }

  /// The titles of the conversations that use each of these blobs, in a message or a draft; a blob that no
  /// conversation uses is left out, as one is that deleted conversations alone use.
  package func titles(using blobs: Set<Digest>) throws(StoreError) -> [Digest: [String]] {
    try reading { database in
      var titles: [Digest: [String]] = [:]
      for blob in blobs {
        let rows = try Row.fetchAll(
          database,
          sql: """
            SELECT \(SummaryRow.columns) FROM conversation c
            WHERE c.is_deleted = 0 AND (instr(c.draft, ?1) > 0 OR c.id IN (
              SELECT m.conversation FROM blob_use b JOIN message m ON m.id = b.message
              WHERE b.digest = ?1))
            ORDER BY c.updated DESC
            """, arguments: [blob.rawValue])
        if !rows.isEmpty { titles[blob] = rows.map { SummaryRow.summary(from: $0, at: 0).title } }
      }
      return titles
    }
  }

  /// Removes the blobs of these digests, as far as no message and no draft uses them.
  ///
  /// For bytes that this program kept a moment ago and that another can hardly hold too.
  package func discardBlobs(_ digests: Set<Digest>) throws(StoreError) {
    let rest: [Digest] = try reading { database in
      let words = digests.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      let used = try String.fetchSet(
        database, sql: "SELECT digest FROM blob_use WHERE digest IN (\(words))")
      let drafts = try String.fetchAll(
        database, sql: "SELECT draft FROM conversation WHERE draft IS NOT NULL")
      return digests.filter { digest in
        !used.contains(digest.rawValue) && !drafts.contains { $0.contains(digest.rawValue) }
      }
    }
    for digest in rest {
      let path = pictures.path(of: digest)
      do throws(FileError) { try FileSystem.remove(path) } catch {
        guard error.isMissing else { throw StoreError(error, at: path) }
      }
    }
  }

  /// The digests of all blobs that messages and drafts use.
  func usedBlobs() throws -> Set<String> {
    try database.read { database in
      var used = try String.fetchSet(database, sql: "SELECT DISTINCT digest FROM blob_use")
      let drafts = try String.fetchAll(
        database, sql: "SELECT draft FROM conversation WHERE draft IS NOT NULL")
      for draft in drafts {
        // Whatever holds it: what a newer version attached uses its blobs as well.
        let words = draft.utf8.split { !Digest.isDigit($0) }
        used.formUnion(words.compactMap { Digest(rawValue: String($0) ?? "")?.rawValue })
      }
      return used
    }
  }
}

extension BlobStore {
  /// Takes note that the pictures may be of a store that was lost, and returns whether they may.
  ///
  /// Where a store is made anew beside files that were there before this program, none of them is ever
  /// removed.
  func noteFound() throws -> Bool {
    guard try FileSystem.status(of: folder) != nil else { return false }
    // What this program kept just before it opened the store is its own.
    let oldest = try Self.presentSecond(at: folder) - 60
    let folders = try FileSystem.names(in: folder).map { folder + "/" + $0 }
    let isFound = try folders.contains { folder in
      guard try FileSystem.status(of: folder)?.isFolder == true else { return false }
      return try FileSystem.names(in: folder).contains { name in
        try FileSystem.status(of: folder + "/" + name)?.modified ?? oldest < oldest
      }
    }
    if isFound { _ = try OpenFile(lostStoreMark, for: .writing) }
    return isFound
  }

  /// The present by the clock that dates the files, which may be another machine's.
  fileprivate static func presentSecond(at path: String) throws -> Int {
    try FileSystem.touch(path)
    return try FileSystem.status(of: path)?.modified ?? 0
  }
}
