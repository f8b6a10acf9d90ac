import ChatEngine
import ChatScreen
import Conversation
import Testing

/// What holds whatever happens: 20,000 random events in 20 lives.
@Suite struct LawTests {
  @Test(arguments: 21...40 as ClosedRange<UInt64>)
  func `Whatever is pressed and whatever fails, nothing is lost`(seed: UInt64) {
    var user = RandomUser(seed: seed)
    var chat = Chat()
    var accepted = Accepted(chat.conversation)
    for step in 0..<1_000 {
      user.act(on: &chat)
      let holds =
        user.inFlight.count <= 1 && chat.conversation.messages.isWhole
        && accepted.lost(in: chat.conversation).isEmpty
      guard holds else {
        Issue.record("seed \(seed), step \(step): \(accepted.lost(in: chat.conversation))")
        return
      }
      accepted.record(chat.conversation)
    }
    #expect(user.requestCount > 4, "a life of \(user.requestCount) requests shows nothing")
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `The store can build the conversation from what it was given`(seed: UInt64) throws {
    var user = RandomUser(seed: seed + 100)
    var chat = Chat()
    var disk: [MessageID: Message] = [:]
    for _ in 0..<1_000 {
      user.act(on: &chat)
      for effect in user.lastEffects.storeEffects { disk.apply(effect) }
    }
    // Once nothing comes any more and the disk takes all, it has all.
    let leaving = chat.on(.terminal(.terminated))
    for effect in leaving.storeEffects { disk.apply(effect) }
    for message in chat.conversation.messages.all where message.id.rawValue > 1_000 {
      #expect(disk[message.id]?.parts == message.parts, "seed \(seed)")
      #expect(disk[message.id]?.status == message.status, "seed \(seed)")
    }
  }
}

/// The messages that were ever seen in the conversation that is open.
private struct Accepted {
  private var id: ConversationID
  private var texts: [MessageID: String] = [:]

  init(_ conversation: Conversation) {
    id = conversation.id
  }

  mutating func record(_ conversation: Conversation) {
    if conversation.id != id { self = Accepted(conversation) }
    for id in conversation.messages.pathIDs { texts[id] = conversation.messages[id]?.text }
  }

  /// The messages that are gone, or whose text is no longer begun by what it was.
  func lost(in conversation: Conversation) -> [MessageID] {
    guard conversation.id == id else { return [] }
    return texts.keys.filter { id in
      guard let message = conversation.messages[id] else { return true }
      return !message.text.hasPrefix(texts[id] ?? "")
    }
  }
}

extension MessageTree {
  /// Whether the path is the way from a root to the leaf, and each of its messages hangs on its
  /// parent.
  fileprivate var isWhole: Bool {
    var parent: MessageID?
    for id in pathIDs {
      guard let message = self[id], message.parent == parent, children(of: parent).contains(id)
      else { return false }
      parent = id
    }
    return parent == leaf
  }
}

extension [MessageID: Message] {
  /// What a store that never fails does with an effect.
  fileprivate mutating func apply(_ effect: StoreEffect) {
    switch effect {
    case .append(let message, _), .update(let message): self[message.id] = message
    case .extend(let id, let fragments):
      for fragment in fragments { self[id]?.parts.add(fragment) }
    case .insert(let conversation):
      for message in conversation.messages.all { self[message.id] = message }
    default: break
    }
  }
}
