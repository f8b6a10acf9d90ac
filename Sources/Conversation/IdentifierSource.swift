/// Makes identifiers for many values at once, as an import needs them: each is larger than all
/// before it.
package struct IdentifierSource: Hashable, Sendable {
  private var state: UInt64
  private var last: Int64 = 0

  /// - Parameter entropy: fresh random bits, so that two sources make different identifiers.
  package init(entropy: UInt64) {
    state = entropy
  }

  /// The next identifier, of the millisecond of `time` or of a later one.
  package mutating func next<Subject>(at time: Timestamp) -> Identifier<Subject> {
    let random = Int64(bits() & 0x3F_FFFF)
    let earliest = Identifier<Subject>(milliseconds: time.milliseconds, random: random)
    // Four million identifiers after 2039 they are used up: the store then refuses a duplicate.
    last = max(last &+ 1, earliest.rawValue)
    return Identifier(rawValue: last)
  }

  /// SplitMix64 (Steele, Lea and Flood 2014), which is enough to keep two programs apart.
  private mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Conversation {
  /// The same conversation under new identifiers; the order of its messages stays.
  package func renumbered(from source: inout IdentifierSource) -> Conversation {
    var copy = Conversation(id: source.next(at: created), created: created)
    copy.name = name
    copy.instructions = instructions
    copy.model = model
    copy.provider = provider
    copy.parameters = parameters
    copy.draft = draft
    var renamed: [MessageID: MessageID] = [:]
    for message in messages.all { renamed[message.id] = source.next(at: message.created) }
    let messages = messages.all.map { message in
      var copy = Message(
        id: renamed[message.id] ?? message.id, parent: message.parent.flatMap { renamed[$0] },
        role: message.role, parts: message.parts, created: message.created,
        status: message.status, reply: message.reply)
      copy.omission = message.omission
      return copy
    }
    copy.messages = MessageTree(
      messages: messages, leaf: self.messages.leaf.flatMap { renamed[$0] })
    return copy
  }
}
