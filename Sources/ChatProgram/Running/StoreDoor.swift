import Configuration
import Conversation
import ConversationStore
import Language

/// The way to the store, which may not be there: it is opened at the first use, and tried again at
/// every later one while that fails.
actor StoreDoor {
  private let folder: String
  private var store: ConversationStore?
  /// What is to be told of the store's opening, once.
  private var news: Phrase?

  init(folders: Folders) {
    folder = folders.data
  }

  /// The open store.
  ///
  /// Of a damaged one, what can be read is copied into the new one before anything else is done.
  func open() async throws(StoreError) -> ConversationStore {
    if let store { return store }
    let store = try ConversationStore(folder: folder, now: SystemClock.timestamp())
    self.store = store
    if case .setAside(let path) = store.opening {
      let salvage = try await store.salvage(from: path)
      news = say(
        "The store was damaged: it is kept as \(path); \(salvage.messages) messages were saved.")
    }
    return store
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
