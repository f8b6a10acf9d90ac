import Configuration
import Conversation
import ConversationStore
import Language
import Synchronization

/// The way to the store, which may not be there: it is opened at the first use, and tried again at
/// every later one while that fails.
///
/// What was damaged is saved before anything else is done, and the store's copy is made beside all
/// that, where the configuration does not turn it off.
actor StoreHandle {
  private let folder: String
  private let patience: Duration
  private let environment: [String: String]
  private let backup: BackupTask?
  /// Whether a store that cannot be written is opened for reading.
  private let readsAlone: Bool
  private var store: ConversationStore?
  /// What is to be told of the store's opening, once.
  private var news: Phrase?
  /// Whether damage was found at an opening, or what was damaged before is not saved yet.
  private(set) var wasDamaged = false
  /// Whether the store was locked when it was last tried.
  private var wasLocked = false

  /// `patience` is how long a call waits for another program's lock, `backupDelay` how long after
  /// the opening a copy of the store is made; nil for never.
  init(
    _ installation: Installation, patience: Duration = .seconds(10), backupDelay: Duration? = nil,
    readsAlone: Bool = true
  ) {
    self.readsAlone = readsAlone
    folder = installation.folders.data
    environment = installation.environment
    self.patience = patience
    backup = installation.configuration.makesBackups ? backupDelay.map(BackupTask.init) : nil
  }

  /// The open store; one that can only be read where it cannot be written.
  ///
  /// Such a one is tried again at every use, so that what waits in memory is written when it can be.
  ///
  /// - Throws: `gone`, once, where the store was moved or removed: the next use opens what is there now.
  func open() async throws(StoreError) -> ConversationStore {
    if let store, !store.isReadOnly {
      if await store.isInPlace() { return store }
      self.store = nil
      // Nothing is at its path to be written or tidied.
      try? await store.close()
      throw .gone(path: store.path)
    }
    do {
      return try await openForWriting()
    } catch {
      if case .locked = error { wasLocked = true }
      if let store { return store }
      guard readsAlone, error.leavesReading,
        let reader = try? ConversationStore(
          reading: folder, settings: settings, because: error)
      else { throw error }
      store = reader
      news = say(
        "\(error.phrase) What is stored can be read; new messages stay in memory until it can be written."
      )
      return reader
    }
  }

  /// Of a damaged one, what can be read is copied into the new one before anything else is done.
  private func openForWriting() async throws(StoreError) -> ConversationStore {
    let store = try ConversationStore(
      folder: folder, settings: settings, now: SystemClock.timestamp())
    let reader = self.store
    self.store = store
    wasLocked = false
    if case .createdBesidePictures(let folder) = store.opening {
      news = say(
        "There was no store beside the pictures in \(folder), and none of them is removed. If iris.sqlite was lost, put it back."
      )
    }
    try await saveDamaged(in: store)
    backup?.begin(of: store)
    try await reader?.close()
    return store
  }

  /// Saves what was set aside now, or by a program that did not come to the end of it.
  private func saveDamaged(in store: ConversationStore) async throws(StoreError) {
    for file in try store.unfinishedSalvages() {
      let told = SalvageNews(of: file, opening: store.opening)
      do throws(StoreError) {
        let salvage = try await store.salvage(from: file, environment: environment)
        news = told.phrase(of: salvage)
      } catch {
        news = told.phrase(of: error)
      }
      wasDamaged = true
    }
  }

  /// A lock that was waited for in vain is not waited for again at every use.
  private var settings: ConversationStore.Settings {
    var settings = ConversationStore.Settings()
    settings.patience = wasLocked ? min(patience, .milliseconds(100)) : patience
    return settings
  }

  /// What is to be told of the store and of its copy, once.
  func takeNews() -> Phrase? {
    defer { news = nil }
    return news ?? backup?.takeNews()
  }

  /// Closes the store; a copy that is being made is waited for briefly.
  func close() async throws(StoreError) {
    guard let store else { return }
    self.store = nil
    await backup?.end()
    try await store.close()
  }
}

extension StoreError {
  /// Whether what is stored may be read although nothing can be written.
  fileprivate var leavesReading: Bool {
    switch self {
    case .readOnly, .full, .newer, .olderInUse: true
    default: false
    }
  }
}

/// What is told of a damaged database that was saved, or could not be.
struct SalvageNews {
  private let file: SetAsideFile
  private let opening: ConversationStore.Opening

  init(of file: SetAsideFile, opening: ConversationStore.Opening) {
    self.file = file
    self.opening = opening
  }

  /// What was saved, and what is missing.
  ///
  /// Whoever comes to the end of it tells it: a program that was killed on the way told nobody.
  func phrase(of salvage: Salvage) -> Phrase {
    switch opening {
    case .setAside(file.path) where salvage == Salvage():
      return say(
        "The store was damaged: the old file is kept as \(file.path). Nothing in it could be read.")
    case .setAside(file.path):
      return salvage.lost == 0
        ? say(
          "The store was damaged: the old file is kept as \(file.path). Saved from it: \(salvage.messages, .messages) in \(salvage.conversations, .conversations); nothing is known to be missing."
        )
        : say(
          "The store was damaged: the old file is kept as \(file.path). Saved from it: \(salvage.messages, .messages) in \(salvage.conversations, .conversations); missing: \(salvage.lost). Try again with: iris salvage"
        )
    case .missing(file, let copy):
      return say(
        "The store was gone. Brought back from its copy \(copy): \(salvage.messages, .messages) in \(salvage.conversations, .conversations)."
      )
    case _ where salvage.messages + salvage.conversations == 0:
      return salvage.lost == 0
        ? say(
          "The store was damaged: the old file is kept as \(file.path). All that can be read of it is saved; nothing is known to be missing."
        )
        : say(
          "The store was damaged: the old file is kept as \(file.path). All that can be read of it is saved; missing: \(salvage.lost). Try again with: iris salvage"
        )
    default:
      return say(
        "The rest of the damaged store \(file.path) is saved now: \(salvage.messages, .messages) in \(salvage.conversations, .conversations); missing: \(salvage.lost)."
      )
    }
  }

  /// What is told where not all of it could be saved.
  func phrase(of error: StoreError) -> Phrase {
    if case .locked = error {
      return say("Another Iris saves what a damaged store holds. It is here when that one is done.")
    }
    return say(
      "The store was damaged: the old file is kept as \(file.path), and not all of it is saved yet. \(error.phrase) The next start goes on with it, and so does: iris salvage"
    )
  }
}
