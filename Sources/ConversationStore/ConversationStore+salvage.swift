import Conversation
import GRDB

/// What could be read from a damaged database.
package struct Salvage: Hashable, Sendable {
  package var conversations = 0
  package var messages = 0
  /// Messages that are known to have been there and could not be read.
  package var lost = 0

  package init(conversations: Int = 0, messages: Int = 0, lost: Int = 0) {
    self.conversations = conversations
    self.messages = messages
    self.lost = lost
  }
}

extension ConversationStore {
  /// Copies what can be read from a database that was set aside at `path`, which stays as it is.
  ///
  /// Conversations that this store has already are left alone, so that a second call adds nothing.
  package func salvage(from path: String) throws(StoreError) -> Salvage {
    let wreck: Wreck
    do {
      wreck = try Wreck(path: path)
    } catch {
      throw StoreError(error, at: path)
    }
    var salvage = Salvage(lost: wreck.lost)
    for var conversation in wreck.conversations where try !isKnown(conversation.id) {
      if let name = conversation.name { conversation.name = try freeName(like: name) }
      try insert([conversation])
      salvage.conversations += 1
      salvage.messages += conversation.messages.count
    }
    return salvage
  }

  private func isKnown(_ id: ConversationID) throws(StoreError) -> Bool {
    try reading { try ConversationRow.settings(of: id, $0) } != nil
  }
}
