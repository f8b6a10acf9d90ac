import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

/// Finding conversations by their words.
@Suite struct ConversationSearchTests {
  @Test func `Conversations are listed to choose from, with what tells them apart`() {
    var chat = Chat()
    #expect(chat.enter("/list").storeEffects == [.list])
    var walk = ConversationSummary.named("walk", id: 7)
    walk.pictureCount = 3
    walk.model = "gpt-4o"
    walk.updated = Timestamp(milliseconds: chat.now - 300_000)
    let plain = ConversationSummary.named("plain", id: 8)
    chat.store(.listed([walk, plain]))
    #expect(
      chat.picker?.items == [
        Picker.Item(
          title: "walk", remark: "2 ▦3 · gpt-4o · 5 min",
          choice: .conversation(walk.id, at: nil)),
        Picker.Item(
          title: "plain", remark: "2 · 16 min", choice: .conversation(plain.id, at: nil)),
      ])
    #expect(chat.picker?.title.text() == "Conversations")
    chat.press(.down)
    #expect(chat.press(.accept).storeEffects == [.load(.id(plain.id), at: nil)])
    #expect(chat.state.overlay == nil)
  }

  @Test func `In Chinese, ages are told in Chinese`() {
    var chat = Chat()
    chat.capabilities.language = .simplifiedChinese
    chat.pass(100_000_000_000)
    chat.enter("/list")
    var summary = ConversationSummary.named("walk", id: 7)
    summary.updated = Timestamp(milliseconds: chat.now - 7_200_000)
    chat.store(.listed([summary]))
    #expect(chat.picker?.items.map(\.remark) == ["2 · 2 小时前"])
  }

  @Test(arguments: [
    (-5, "now"), (59_999, "now"), (60_000, "1 min"), (3_600_000, "1 h"), (86_400_000, "1 d"),
    (60 * 86_400_000, "2 mo"), (800 * 86_400_000, "2 y"),
  ])
  func `An age is told in its largest unit`(milliseconds: Int, text: String) {
    var chat = Chat()
    chat.pass(100_000_000_000)
    chat.enter("/load")
    var summary = ConversationSummary.named("walk", id: 7)
    summary.updated = Timestamp(milliseconds: chat.now - Int64(milliseconds))
    chat.store(.listed([summary]))
    #expect(chat.picker?.items.map(\.remark) == ["2 · \(text)"])
  }

  @Test func `A list that nobody asked for shows itself only in completions`() {
    var chat = Chat()
    chat.store(.listed([.named("walk", id: 7)]))
    #expect(chat.state.overlay == nil)
    #expect(chat.state.library.summaries.map(\.title) == ["walk"])
    chat.enter("/list")
    chat.store(.failed("The store is locked.", of: .list))
    chat.store(.listed([.named("walk", id: 7)]))
    #expect(chat.state.overlay == nil)
  }

  @Test func `News of the store does not take the place of what was asked of it`() throws {
    var parameters = Parameters()
    parameters.seed = 7
    var chat = Chat(given: GivenSettings(provider: nil, parameters: parameters))
    chat.enter("/list")
    chat.store(.news("The store was damaged."))
    chat.store(.listed([.named("walk", id: 7)]))
    #expect(chat.picker?.items.map(\.title) == ["walk"])
    chat.press(.cancel)
    chat.store(.news("The store was damaged."))
    chat.store(.loaded(.of("Uno", id: 2), at: nil))
    #expect(try chat.ask("Dos").parameters.seed == 7)
  }

  @Test func `An empty list is told`() {
    var chat = Chat()
    chat.enter("/list")
    chat.store(.listed([]))
    #expect(chat.says == "No conversations are stored yet.")
  }

  @Test func `A search lists the lines that it found, and opens at the message`() {
    var chat = Chat()
    #expect(chat.enter("/search 木桥").storeEffects == [.search("木桥")])
    chat.store(.found(query: "木桥", []))
    #expect(chat.says == "“木桥” is in no conversation.")
    let message = MessageID(rawValue: 70)
    let hit = SearchHit(
      conversation: .named("walk", id: 7), message: message, role: .user, line: "一座木桥")
    chat.store(.found(query: "木桥", [hit]))
    #expect(chat.picker?.title.text() == "Messages with “木桥”")
    #expect(
      chat.picker?.items == [
        Picker.Item(
          title: "一座木桥", remark: "walk",
          choice: .conversation(ConversationID(rawValue: 7), at: message))
      ])
    #expect(
      chat.press(.accept).storeEffects == [.load(.id(ConversationID(rawValue: 7)), at: message)])
  }
}
