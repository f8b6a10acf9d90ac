import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

/// What happens when the disk does not take a message: nothing is lost, and it is tried again.
@Suite struct CommitTests {
  private static let full: Phrase = "The disk is full."

  /// A chat whose first message, “One”, was refused by the store.
  private func refused() throws -> (chat: Chat, message: MessageID, effects: [ChatEffect]) {
    var chat = Chat()
    chat.enter("One")
    let id = try #require(chat.conversation.messages.leaf)
    let effects = chat.written(.commitFailed(id, Self.full))
    return (chat, id, effects)
  }

  @Test func `A message that is not on disk is sent all the same`() throws {
    let (chat, _, effects) = try refused()
    #expect(effects.request?.messages.map(\.text) == ["One"])
    #expect(chat.state.notice == Notice(.error, Self.full))
  }

  /// Lets so many milliseconds go by, clock step by clock step; when the message was tried again.
  private func tries(_ chat: inout Chat, _ id: MessageID, during: Int64) -> [Int64] {
    let start = chat.now
    var times: [Int64] = []
    while chat.now < start + during {
      let effects = chat.tick().storeEffects
      guard effects.contains(where: { if case .append = $0 { true } else { false } }) else {
        continue
      }
      times.append(chat.now - start)
      chat.written(.commitFailed(id, Self.full))
    }
    return times
  }

  @Test func `It is tried again at growing distances, half a minute at most`() throws {
    var (chat, id, _) = try refused()
    #expect(
      tries(&chat, id, during: 100_000)
        == [1_000, 3_000, 7_000, 15_000, 31_000, 61_000, 91_000])
  }

  @Test func `A try that fails again is no news`() throws {
    var (chat, id, _) = try refused()
    chat.notice = nil
    _ = tries(&chat, id, during: 10_000)
    #expect(chat.says == nil)
  }

  @Test func `When the disk takes it, it is written as it stands by then`() throws {
    var (chat, id, _) = try refused()
    chat.answer("Two")
    chat.pass(1_000)
    let retry = chat.tick().storeEffects
    let messages = chat.conversation.messages
    #expect(
      retry == [
        .saveConversation(chat.conversation), .append(messages.path[0], chat.conversation.id),
      ])
    let written = chat.written(.committed(id))
    #expect(written == [.store(.update(messages.path[0]))])
    #expect(chat.says == "All messages are on disk again.")
    #expect(chat.state.engine.persistence.refused == [])
    // The next failure begins with short distances again.
    chat.enter("Three")
    let next = try #require(chat.conversation.messages.leaf)
    chat.written(.commitFailed(next, Self.full))
    #expect(tries(&chat, next, during: 3_000) == [1_000, 3_000])
  }

  @Test func `A reply that the disk refuses grows in memory, and is written whole`() throws {
    var chat = Chat()
    let id = try chat.ask("One").id
    chat.reply(.text("Tw"))
    chat.written(.commitFailed(id, Self.full))
    chat.pass(300)
    #expect(chat.reply(.text("o")) == [])
    #expect(chat.reply(.finished(.stop)).storeEffects == [])
    chat.pass(1_000)
    let message = try #require(chat.conversation.messages[id])
    #expect(chat.tick().storeEffects.last == .append(message, chat.conversation.id))
    #expect(message.text == "Two")
    #expect(message.status == .complete)
  }

  @Test func `A reply goes on being flushed once the disk takes it`() throws {
    var chat = Chat()
    let id = try chat.ask("One").id
    chat.reply(.text("Tw"))
    chat.written(.commitFailed(id, Self.full))
    chat.pass(1_000)
    chat.tick()
    chat.reply(.text("o"))
    let whole = try #require(chat.conversation.messages[id])
    #expect(whole.text == "Two")
    #expect(chat.written(.committed(id)) == [.store(.update(whole))])
    chat.pass(250)
    chat.reply(.text(", th"))
    chat.pass(250)
    #expect(chat.reply(.text("ree")).storeEffects.count == 1)
  }

  @Test func `What was not written of a conversation that was left is tried again as well`() throws
  {
    var (chat, id, _) = try refused()
    chat.press(.cancel)
    let old = chat.conversation
    chat.enter("/new")
    chat.pass(1_000)
    let retry = chat.tick().storeEffects
    #expect(retry.contains(.append(try #require(old.messages[id]), old.id)))
    #expect(retry.first == .saveConversation(old))
    // Opened before the disk took it, it is as it was left.
    chat.store(.loaded(.empty, at: nil))
    #expect(chat.path == ["user: One"])
    chat.enter("/new")
    chat.written(.committed(id))
    #expect(chat.state.engine.persistence.refused == [])
    #expect(chat.tick(after: 60_000).storeEffects == [])
  }

  @Test func `Who leaves while the disk refuses a message is told before it is lost`() throws {
    var (chat, id, _) = try refused()
    chat.press(.cancel)
    let first = chat.enter("/quit")
    #expect(first.last != .quit(.asked))
    #expect(chat.says?.hasPrefix("Messages not on disk yet: 1.") == true)
    // Enter alone must not lose them.
    #expect(chat.line == "")
    let message = try #require(chat.conversation.messages[id])
    #expect(first.storeEffects.contains(.append(message, chat.conversation.id)))
    #expect(chat.enter("/quit").last == .quit(.asked))
  }

  @Test func `The last try is on the way out`() throws {
    var (chat, id, _) = try refused()
    chat.press(.cancel)
    let effects = chat.on(.terminal(.hungUp))
    #expect(
      effects.storeEffects.last
        == .append(try #require(chat.conversation.messages[id]), chat.conversation.id))
    #expect(effects.last == .quit(.hungUp))
  }

  @Test func `Another program's messages stand beside ours, and it is told`() throws {
    var chat = Chat(.of("One", "Two"))
    let leaf = try #require(chat.conversation.messages.leaf)
    chat.enter("Three")
    let mine = try #require(chat.conversation.messages.leaf)
    let theirs = Message(
      id: MessageID(rawValue: 150), parent: leaf, role: .user, parts: [.text("Theirs")],
      created: Timestamp(milliseconds: 0))
    let after = Message(
      id: MessageID(rawValue: mine.rawValue + 9), parent: mine, role: .user,
      parts: [.text("After mine")], created: Timestamp(milliseconds: 0))
    #expect(chat.written(.branched(mine, [theirs, after])).request != nil)
    #expect(chat.path == ["user: One", "assistant: Two", "user: Three"])
    #expect(
      chat.state.notice
        == Notice(
          .warning,
          "Another program wrote to this conversation too: this goes on as a branch of it."))
    chat.answer("Four")
    #expect(chat.path.last == "assistant: Four")
    #expect(Set(chat.conversation.messages.variants(of: mine)) == [theirs.id, mine])
  }

  @Test func `A copy that the disk refuses is told, and written message by message later`() throws {
    var chat = Chat(.of("One", "Two"))
    let forked = chat.enter("/fork").storeEffects
    var copy = chat.conversation
    copy.name = nil
    #expect(forked.contains(.insert(copy)))
    let effects = chat.enter("Three")
    #expect(effects.request == nil)
    chat.written(.insertFailed(copy.messages.pathIDs, Self.full))
    #expect(chat.state.notice == Notice(.error, Self.full))
    let mine = try #require(chat.conversation.messages.leaf)
    #expect(chat.written(.commitFailed(mine, Self.full)).request != nil)
    chat.pass(1_000)
    let retry = chat.tick().storeEffects
    #expect(
      retry == [.saveConversation(chat.conversation)]
        + chat.conversation.messages.path.map { .append($0, copy.id) })
  }

  @Test func `A copy that is written lets the next message go`() throws {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/fork")
    let copy = chat.conversation.messages.pathIDs
    let effects = chat.enter("Three")
    let mine = try #require(chat.conversation.messages.leaf)
    #expect(effects.request == nil)
    #expect(chat.written(.inserted(copy)).request == nil)
    #expect(chat.written(.committed(mine)).request != nil)
  }

  @Test func `What changed in a message that was just left is written later as well`() throws {
    var chat = Chat()
    let id = try chat.ask("One").id
    chat.commit(chat.reply(.text("Tw")))
    chat.enter("/new")
    chat.written(.commitFailed(id, Self.full))
    chat.pass(1_000)
    let written = chat.tick().storeEffects.compactMap { effect -> String? in
      if case .append(let message, _) = effect { message.text } else { nil }
    }
    #expect(written == ["Tw"])
  }

  @Test func `A draft that the disk refuses is told once, and tried again`() {
    var chat = Chat()
    chat.type("Dear")
    let saved = chat.tick().storeEffects
    #expect(saved == [.saveConversation(chat.conversation)])
    chat.written(.saveFailed(chat.conversation.id, Self.full))
    #expect(chat.says == "The disk is full.")
    chat.notice = nil
    #expect((1...8).flatMap { _ in chat.tick().storeEffects } == [])
    #expect(chat.tick().storeEffects == saved)
    chat.written(.saveFailed(chat.conversation.id, Self.full))
    #expect(chat.says == nil)
  }

  @Test func `Other failures of the store are told, and what it did as well`() {
    var chat = Chat()
    chat.store(.news("The store is locked."))
    #expect(chat.state.notice == Notice(.error, "The store is locked."))
    chat.store(.done("Written to trip.md."))
    #expect(chat.state.notice == Notice(.information, "Written to trip.md."))
  }
}
