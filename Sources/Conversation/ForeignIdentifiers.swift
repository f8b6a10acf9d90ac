/// Makes the identifiers of imported conversations and messages from what these are called where they
/// come from, so that a second import of the same source finds what is there already.
///
/// An identifier has the time of its subject in its upper bits, as all have, and in its lower ones a
/// hash of the name in the place of random bits.
package struct ForeignIdentifiers: Sendable {
  private let source: String
  private var used: Set<Int64> = []

  /// - Parameter source: names the program that things have their names from, like `chatgpt`.
  package init(source: String) {
    self.source = source
  }

  /// The identifier of the conversation called `name`, which began at `time`.
  ///
  /// The messages that are asked for next are its own.
  package mutating func conversation(_ name: String, at time: Timestamp) -> ConversationID {
    used = []
    return ConversationID(milliseconds: time.milliseconds, random: hash(name))
  }

  /// The identifier of the message called `name` in the conversation that was asked for last.
  ///
  /// It is larger than that of its parent, whatever the clocks of the two said, and another than all
  /// before it.
  package mutating func message(
    _ name: String, at time: Timestamp, after parent: MessageID?
  ) -> MessageID {
    let wanted = MessageID(milliseconds: time.milliseconds, random: hash(name)).rawValue
    // So far above the parent that its other children find places, too.
    let lowest = parent.map { $0.rawValue &+ 1 &+ hash(name) & 0xFF } ?? 0
    var id = max(wanted, lowest)
    while !used.insert(id).inserted { id &+= 1 }
    return MessageID(rawValue: id)
  }

  /// 22 bits of FNV-1a (Fowler, Noll and Vo), folded: it must be the same in every run.
  private func hash(_ name: String) -> Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in (source + "\n" + name).utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return Int64((hash ^ hash >> 22 ^ hash >> 44) & 0x3F_FFFF)
  }
}
