package import Conversation
import GRDB

/// What became of conversations that came from elsewhere.
package struct Adoption: Hashable, Sendable {
  /// How many were stored.
  package var count = 0
  /// The one that began last, under the identifier that it has here.
  package var newest: ConversationID?
  fileprivate var newestCreated: Timestamp?

  package init() {}
}

extension ConversationStore {
  /// Writes whole conversations, all or none, as they come from elsewhere; answers how they are
  /// stored.
  package func adopt(
    _ conversations: [Conversation], ids: IdentifierSource
  ) throws(StoreError) -> [Conversation] {
    var ids = ids
    return try writing { database in
      try conversations.map { try Self.adopt($0, ids: &ids, database) }
    }
  }

  /// Writes whole conversations as another program or another store made them.
  ///
  /// A name that is taken gets a number, and where an identifier is taken the whole conversation
  /// gets new ones. `body` gives them one by one, so that no more than one need be in memory: all
  /// are written when it returns, or none when it throws.
  ///
  /// - Throws: ``StoreError``, and what `body` throws.
  package func adopt<Value>(
    ids: IdentifierSource, _ body: @Sendable (_ take: (Conversation) throws -> Void) throws -> Value
  ) throws -> (Value, Adoption) where Value: Sendable {
    var ids = ids
    var adoption = Adoption()
    do {
      let value = try database.write { database in
        try body { conversation in
          let stored = try Self.adopt(conversation, ids: &ids, database)
          adoption.note(stored)
        }
      }
      return (value, adoption)
    } catch let error as DatabaseError {
      throw noted(error)
    }
  }

  private static func adopt(
    _ conversation: Conversation, ids: inout IdentifierSource, _ database: Database
  ) throws -> Conversation {
    var conversation = conversation
    if try isTaken(conversation, database) { conversation = conversation.renumbered(from: &ids) }
    conversation.name = try conversation.name.map { try freeName(like: $0.storable, database) }
    try insert(conversation, database)
    return conversation
  }
}

extension Adoption {
  fileprivate mutating func note(_ conversation: Conversation) {
    count += 1
    if newestCreated.map({ conversation.created >= $0 }) ?? true {
      newest = conversation.id
      newestCreated = conversation.created
    }
  }
}
