import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

@Suite struct BranchTests {
  @Test(arguments: [Role.tool, .unknown("narrator")])
  func `What no person and no model wrote is not written anew`(role: Role) {
    var chat = Chat(.of("One", "Two").changing(1) { $0.role = role })
    #expect(!chat.enter("/edit 2").contains(.composer(.setText("Two"))))
    #expect(chat.says == "Message 2 was not written by a person or a model: /copy 2 takes it.")
    #expect(chat.state.session.editing == nil)
  }

  @Test func `A retry answers the same question, and keeps the old reply as a variant`() throws {
    var chat = Chat(.of("One", "Two"))
    let old = try #require(chat.conversation.messages.leaf)
    let request = try #require(chat.enter("/retry").request)
    #expect(request.messages.map(\.text) == ["One"])
    #expect(chat.path == ["user: One"])
    chat.answer("Deux")
    #expect(chat.path == ["user: One", "assistant: Deux"])
    #expect(chat.conversation.messages.variants(of: old) == [old, request.id].sorted())
    chat.press(.previousVariant)
    #expect(chat.path == ["user: One", "assistant: Two"])
    #expect(chat.says == "Variant 1 of 2.")
    chat.press(.nextVariant)
    #expect(chat.path == ["user: One", "assistant: Deux"])
    #expect(chat.says == "Variant 2 of 2.")
    #expect(
      chat.enter("/variant 1").withoutWakes == [
        .composer(.remember("/variant 1")), .store(.saveConversation(chat.conversation)),
      ])
    #expect(chat.path == ["user: One", "assistant: Two"])
    chat.enter("/variant 5")
    #expect(chat.says == "There is no variant 5: there are 2.")
  }

  enum Ending: CaseIterable {
    case failed, empty, stopped, interrupted, left
  }

  @Test(arguments: Ending.allCases)
  func `A retry that brings nothing brings the old reply back`(ending: Ending) throws {
    var chat = Chat(.of("One", "Two"))
    let before = chat.conversation
    chat.enter("/retry")
    switch ending {
    case .failed: chat.replyFails(.offline)
    case .empty: chat.reply(.finished(.stop))
    case .stopped: chat.press(.cancel)
    case .interrupted: chat.press(.interrupt)
    case .left: chat.on(.terminal(.terminated))
    }
    #expect(chat.conversation == before)
    switch ending {
    case .failed: #expect(chat.state.notice?.offers == [.retry])
    case .empty: #expect(chat.says == "The server's reply was empty. /retry asks again.")
    case .stopped, .interrupted:
      #expect(chat.says == "Stopped before any text came. /retry asks again.")
    case .left: break
    }
  }

  @Test func `A retry that is over a limit leaves all as it is`() throws {
    var chat = Chat(.of("One", "Two"))
    let before = chat.conversation.messages
    chat.enter("/set response_format json")
    #expect(chat.enter("/retry").request == nil)
    #expect(chat.conversation.messages == before)
  }

  @Test func `A retry of an unanswered question asks it again`() throws {
    var chat = Chat(.of("One").changing(0) { $0.status = .unsent })
    #expect(chat.enter("/retry").request?.messages.count == 1)
  }

  @Test func `An edited message makes a branch, and its reply follows`() throws {
    var chat = Chat(.of("One", "Two", "Three", "Four"))
    chat.enter("/edit 1")
    #expect(chat.line == "One")
    #expect(chat.says == "Message 1 is written anew: Enter makes a branch, Esc leaves it.")
    #expect(try chat.ask("Uno").messages.map(\.text) == ["Uno"])
    chat.answer("Dos")
    #expect(chat.path == ["user: Uno", "assistant: Dos"])
    #expect(chat.conversation.messages.count == 6)
    chat.enter("/variant 1")
    #expect(chat.path.count == 4)
  }

  @Test func `Without a number the last message of yours is edited`() {
    var chat = Chat(.of("One", "Two", "Three", "Four"))
    chat.enter("/edit")
    #expect(chat.line == "Three")
  }

  @Test func `An edited reply asks for nothing and keeps its role`() throws {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/edit 2")
    #expect(chat.commit(chat.enter("Zwei")).request == nil)
    #expect(chat.path == ["user: One", "assistant: Zwei"])
  }

  @Test(arguments: [KeyAction.cancel, .interrupt])
  func `An edit that is left changes nothing, and its text is in the history`(key: KeyAction) {
    var chat = Chat(.of("One", "Two"))
    let before = chat.conversation.messages
    chat.enter("/edit 1")
    chat.type("One and a half")
    #expect(
      chat.press(key).withoutWakes == [
        .composer(.remember("One and a half")), .composer(.setText("")),
      ])
    #expect(chat.says == "The message stays as it was.")
    #expect(chat.conversation.messages == before)
    #expect(chat.state.session.editing == nil)
  }

  @Test func `An edit that changed nothing leaves nothing in the history`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/edit 1")
    #expect(chat.press(.cancel).withoutWakes == [.composer(.setText(""))])
  }

  @Test func `An edit brings its own pictures, and those that waited come back`() throws {
    var chat = Chat(
      .of("One", "Two").changing(0) { $0.parts.insert(.picture(.photo("old.jpg")), at: 0) })
    chat.attach(.photo("new.jpg"))
    chat.enter("/edit 1")
    #expect(chat.waiting == ["old.jpg"])
    chat.press(.cancel)
    #expect(chat.waiting == ["new.jpg"])
    chat.enter("/edit 1")
    chat.enter("/edit 2")
    #expect(chat.waiting == [])
    chat.enter("/edit 1")
    #expect(try chat.ask("Uno").messages.map(\.pictures) == [[.photo("old.jpg")]])
    #expect(chat.waiting == ["new.jpg"])
  }

  @Test func `A picture that gets ready during an edit is ready afterwards`() throws {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/attach new.jpg")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["new.jpg"])))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    chat.enter("/edit 1")
    chat.on(.picture(.prepared(id, .untouched(.photo("new.jpg")))))
    #expect(chat.waiting == [])
    chat.press(.cancel)
    #expect(chat.waiting == ["new.jpg"])
    #expect(try chat.ask("Three").messages.last?.pictures == [.photo("new.jpg")])
  }

  @Test func `What is being prepared for an edit ends with it when another begins`() throws {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/edit 1")
    chat.enter("/attach new.jpg")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["new.jpg"])))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    #expect(chat.enter("/edit 2").contains(.picture(.cancel(id))))
  }

  @Test func `An edit to nothing is refused`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/edit 1")
    chat.enter("")
    #expect(chat.says == "The message is empty. Type its text, then press Enter.")
    #expect(chat.path == ["user: One", "assistant: Two"])
  }

  @Test func `What is taken back returns to the composer, and its answer to the variants`() throws {
    var chat = Chat(
      .of("One", "Two", "Three", "Four").changing(2) {
        $0.parts.insert(.picture(.photo()), at: 0)
      })
    chat.attach(.photo("waiting.jpg"))
    chat.enter("/undo")
    #expect(chat.path == ["user: One", "assistant: Two"])
    #expect(chat.line == "Three")
    #expect(chat.waiting == ["waiting.jpg", "bridge.jpg"])
    #expect(chat.says == "Taken back. Alt-Left shows it again, as a variant.")
    chat.press(.previousVariant)
    #expect(chat.path.count == 4)
    #expect(chat.says == "Variant 1 of 1.")
  }

  @Test func `The first message can be taken back, and shown again`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/undo")
    #expect(chat.path == [])
    chat.enter("/variant")
    #expect(chat.path == ["user: One", "assistant: Two"])
  }

  @Test func `Taking back stops the reply that comes`() throws {
    var chat = Chat()
    let id = try chat.ask("One").id
    chat.reply(.text("Tw"))
    #expect(chat.enter("/undo").contains(.reply(.cancel(id))))
    #expect(chat.conversation.messages[id]?.status == .stopped)
    #expect(chat.path == [])
    #expect(chat.line == "One")
  }

  @Test func `A fork is a copy that goes its own way`() throws {
    var chat = Chat(.of("One", "Two").changing(0) { $0.omission = .pictures })
    chat.enter("/save trip")
    chat.store(.named(chat.conversation.id, "trip"))
    let old = chat.conversation
    let effects = chat.enter("/fork").withoutWakes
    var copy = chat.conversation
    copy.name = nil
    #expect(chat.path == ["user: One", "assistant: Two"])
    #expect(chat.conversation.id != old.id)
    #expect(chat.conversation.name == "trip 2")
    #expect(chat.conversation.messages.path.map(\.omission) == [.pictures, .none])
    #expect(Set(chat.conversation.messages.pathIDs).isDisjoint(with: old.messages.pathIDs))
    #expect(
      effects == [
        .composer(.remember("/fork")), .store(.saveConversation(old)),
        .store(.insert(copy)), .store(.saveConversation(copy)),
        .store(.rename(copy.id, "trip 2")),
      ])
    let news = "This is a copy now, “trip 2”; the old conversation stays as it is."
    #expect(chat.says == news)
    chat.store(.named(copy.id, "trip 2"))
    #expect(chat.says == news)
    chat.commit(effects)
    try chat.ask("Three")
    #expect(chat.conversation.messages.count == 3)
  }

  @Test func `A long conversation is forked whole`() {
    var long = Conversation.empty
    for index in 0..<3_000 {
      long.messages.append(
        Message(
          id: MessageID(rawValue: Int64(index + 1)), parent: long.messages.leaf, role: .user,
          parts: [.text("\(index)")], created: Timestamp(milliseconds: 0)))
    }
    var chat = Chat(long)
    chat.enter("/fork")
    #expect(chat.conversation.messages.path.map(\.text) == (0..<3_000).map(String.init))
  }

  @Test func `The variants under the eye are the ones that change`() throws {
    var chat = Chat(.of("One", "Two", "Three", "Four"))
    chat.enter("/edit 1")
    try chat.ask("Uno")
    chat.answer("Dos")
    chat.enter("/retry")
    chat.answer("Zwei")
    var report = ScrollReport()
    report.place = .message(chat.conversation.messages.pathIDs[0], row: 0)
    report.firstMessage = chat.conversation.messages.pathIDs[0]
    chat.on(.view(.drawn(report)))
    chat.press(.previousVariant)
    #expect(chat.path == ["user: Uno", "assistant: Dos"])
    chat.on(.view(.drawn(report)))
    chat.press(.previousVariant)
    #expect(chat.path == ["user: One", "assistant: Two", "user: Three", "assistant: Four"])
    // Below the fork, the nearest one above counts.
    report.firstMessage = chat.conversation.messages.pathIDs.last
    chat.on(.view(.drawn(report)))
    chat.press(.nextVariant)
    #expect(chat.path == ["user: Uno", "assistant: Dos"])
  }
}
