import Conversation
import Files
import GRDB

extension ConversationStore {
  /// Removes the pictures that no message and no draft uses, and copies that were not finished.
  ///
  /// Only for a program that has the store alone: another may be about to use one.
  func sweepPictures() throws {
    guard try FileSystem.status(of: pictures.folder) != nil else { return }
    let used = try usedPictures()
    for folder in try FileSystem.names(in: pictures.folder) {
      let folder = pictures.folder + "/" + folder
      guard try FileSystem.status(of: folder)?.isFolder == true else { continue }
      for name in try FileSystem.names(in: folder) where !used.contains(name) {
        try FileSystem.remove(folder + "/" + name)
      }
    }
  }

  /// The digests of all pictures in messages and drafts.
  private func usedPictures() throws -> Set<String> {
    try database.read { database in
      var used = try String.fetchSet(database, sql: "SELECT DISTINCT digest FROM picture_use")
      let drafts = try String.fetchAll(
        database, sql: "SELECT draft FROM conversation WHERE draft IS NOT NULL")
      for draft in drafts {
        let draft: Draft? = JSONColumn.decode(draft)
        used.formUnion((draft?.pictures ?? []).compactMap { $0.stored?.digest.rawValue })
      }
      return used
    }
  }
}
