/// Makes the identifiers of imported conversations and messages from what these are called where they
/// come from, so that a second import of the same source finds what is there already.
///
/// An identifier has the time of its subject in its upper bits, as all have, and in its lower ones a
/// hash of the name in the place of random bits.
package struct ForeignIdentifiers: Sendable {
  private let source: String
  private var used: Set<Int64> = []
  /// What the identifiers of messages begin at, where their times are not known.
  private var base: Int64?

  /// - Parameter source: names the program that things have their names from, like `chatgpt`.
  package init(source: String) {
    self.source = source
  }

  /// The identifier of the conversation called `name`, which began at `time`.
  ///
  /// The messages that are asked for next are its own.
  package mutating func conversation(_ name: String, at time: Timestamp) -> ConversationID {
    (used, base) = ([], nil)
    return ConversationID(milliseconds: time.milliseconds, random: hash(name) & 0x3F_FFFF)
  }

  /// The same; where its time is not known it is ``timelessConversation(_:)``'s, for a time that is made
  /// up would be another at each import.
  package mutating func conversation(_ name: String, at time: Timestamp?) -> ConversationID {
    guard let time else { return timelessConversation(name) }
    return conversation(name, at: time)
  }

  /// The identifier of a conversation that is known by `name` alone, its times not being known: a hash
  /// of 59 bits, as of a time before the year 1974 (``Identifier/isTimeless``).
  package mutating func timelessConversation(_ name: String) -> ConversationID {
    let hash = Self.fnv(source + "\n" + name)
    let id = ConversationID(rawValue: Self.mixed(hash) & ConversationID.timeless)
    (used, base) = ([], id.rawValue)
    return id
  }

  /// The identifiers by ``timelessConversation(_:)`` of what is called `head`, the first one, two and so
  /// on of `pieces` with blank lines between them, and `tail`; the shortest first.
  ///
  /// - Complexity: linear in the length of all of it.
  package func timelessConversations(
    _ head: String, growingBy pieces: [String], _ tail: String
  ) -> [ConversationID] {
    var hash = Self.fnv(source + "\n" + head)
    return pieces.enumerated().map { index, piece in
      hash = Self.fnv((index == 0 ? "" : "\n\n") + piece, from: hash)
      return ConversationID(
        rawValue: Self.mixed(Self.fnv(tail, from: hash)) & ConversationID.timeless)
    }
  }

  /// The identifier of the message called `name` in the conversation that was asked for last.
  ///
  /// It is larger than that of its parent, whatever the clocks of the two said, and another than all
  /// before it.
  package mutating func message(
    _ name: String, at time: Timestamp, after parent: MessageID?
  ) -> MessageID {
    let wanted =
      base ?? MessageID(milliseconds: time.milliseconds, random: hash(name) & 0x3F_FFFF).rawValue
    // So far above the parent that its other children find places, too.
    let lowest = (parent?.rawValue ?? base).map { $0 &+ 1 &+ hash(name) & 0xFF } ?? 0
    var id = max(wanted, lowest)
    while !used.insert(id).inserted { id &+= 1 }
    return MessageID(rawValue: id)
  }

  /// FNV-1a (Fowler, Noll and Vo), folded: it must be the same in every run.
  private func hash(_ name: String) -> Int64 {
    let hash = Self.fnv(source + "\n" + name)
    return Int64((hash ^ hash >> 22 ^ hash >> 44) & 0x3F_FFFF)
  }

  /// The same with every bit of the name in every bit, where more than a few are used.
  private static func mixed(_ hash: UInt64) -> Int64 {
    let hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    return Int64(truncatingIfNeeded: hash ^ hash >> 33)
  }

  private static func fnv(_ text: String, from start: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
    var hash = start
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}

extension ConversationID {
  fileprivate static let timeless: Int64 = 1 << 59 - 1

  /// Whether the identifier comes from a name alone: when the conversation was made says nothing of
  /// whether it is the same.
  package var isTimeless: Bool { rawValue <= Self.timeless }
}
