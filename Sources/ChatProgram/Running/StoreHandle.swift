import Configuration
import Conversation
import ConversationStore
import Language

/// The way to the store, which may not be there: it is opened at the first use, and tried again at
/// every later one while that fails.
actor StoreHandle {
  private let folder: String
  private let patience: Duration
  private var store: ConversationStore?
  /// What is to be told of the store's opening, once.
  private var news: Phrase?
  /// Whether the store was locked when it was last tried.
  private var wasLocked = false

  /// `patience` is how long a call waits for another program's lock.
  init(folders: Folders, patience: Duration = .seconds(10)) {
    folder = folders.data
    self.patience = patience
  }

  /// The open store; one that can only be read where it cannot be written.
  ///
  /// Such a one is tried again at every use, so that what waits in memory is written when it can be.
  func open() async throws(StoreError) -> ConversationStore {
    if let store, !store.isReadOnly { return store }
    do {
      return try await openForWriting()
    } catch {
      if case .locked = error { wasLocked = true }
      if let store { return store }
      guard error.leavesReading,
        let reader = try? ConversationStore(reading: folder, settings: settings)
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
    if case .setAside(let path) = store.opening { news = await salvage(path, into: store) }
    try await reader?.close()
    return store
  }

  /// Copies what can be read of the database that was set aside at `path`; what is to be told of it.
  private func salvage(_ path: String, into store: ConversationStore) async -> Phrase {
    do throws(StoreError) {
      let salvage = try await store.salvage(from: path)
      return say(
        "The store was damaged: it is kept as \(path). Messages saved: \(salvage.messages).")
    } catch .damaged {
      return say("The store was damaged: it is kept as \(path). Nothing in it could be read.")
    } catch {
      return say("The store was damaged: it is kept as \(path). \(error.phrase)")
    }
  }

  /// A lock that was waited for in vain is not waited for again at every use.
  private var settings: ConversationStore.Settings {
    var settings = ConversationStore.Settings()
    settings.patience = wasLocked ? min(patience, .milliseconds(100)) : patience
    return settings
  }

  /// What is to be told of the store, once.
  func takeNews() -> Phrase? {
    defer { news = nil }
    return news
  }

  func close() async throws(StoreError) {
    guard let store else { return }
    self.store = nil
    try await store.close()
  }
}

extension StoreError {
  /// Whether what is stored may be read although nothing can be written.
  fileprivate var leavesReading: Bool {
    switch self {
    case .readOnly, .full: true
    default: false
    }
  }
}
