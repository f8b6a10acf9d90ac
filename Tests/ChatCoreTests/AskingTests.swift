import ChatCore
import ChatEngine
import Conversation
import Language
import ModelCatalog
import Testing

/// A question without a screen keeps every promise that the screen keeps.
@Suite struct AskingTests {
  /// Begins with a question; the chat, and what is to be done.
  private func begin(
    _ order: AskOrder, _ chat: Chat = Chat(), _ change: (inout ChatState) -> Void = { _ in }
  ) -> (chat: Chat, effects: [ChatEffect]) {
    var chat = chat
    change(&chat.state)
    let effects = chat.on(.ask(.begin(order))).withoutWakes
    return (chat, effects)
  }

  private func reports(_ chat: Chat) -> [AskReport] { chat.state.asking?.reports ?? [] }

  @Test func `A question is on disk before it is sent, and its reply a clock's step after it came`()
    throws
  {
    var (chat, effects) = begin(AskOrder(text: "Why?"))
    #expect(effects.order == nil)
    let order = try #require(chat.commit(effects).order)
    #expect(order.messages.map(\.text) == ["Why?"])
    let begun = chat.commit(chat.reply(.text("Be")))
    #expect(begun.order == nil)
    chat.pass(ChatState.clockStep)
    let flushed = chat.reply(.text("cause"))
    #expect(
      flushed.storeEffects == [.extend(order.id, by: [PartFragment(ordinal: 0, text: "Because")])])
    let ended = chat.reply(.finished(.stop))
    #expect(reports(chat) == [.ended(.finished(.stop, hasText: true))])
    #expect(ended.last == .quit(.asked))
  }

  @Test func `Of a conversation that is not kept nothing but the figures is stored`() throws {
    var (chat, effects) = begin(AskOrder(text: "Secret?")) { $0.session.keepsConversation = false }
    let order = try #require(effects.order)
    effects += chat.reply(.reasoning("Hm."))
    effects += chat.reply(.text("Secret."))
    effects += chat.tick()
    effects += chat.reply(.usage(TokenUsage(prompt: 7, completion: 3)))
    effects += chat.reply(.finished(.stop))
    #expect(effects.storeEffects.count == 1)
    guard case .count(let counted) = effects.storeEffects.first else { return }
    #expect(counted.id == order.id)
    #expect(counted.created.milliseconds == 1_000_000)
    #expect(counted.details.usage?.total == 10)
  }

  struct Ending: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let events: [ReplyEvent]
    let isCounted: Bool
  }

  @Test(arguments: [
    Ending(testDescription: "stopped after text", events: [.text("a")], isCounted: true),
    Ending(
      testDescription: "stopped with figures",
      events: [.usage(TokenUsage(prompt: 1, completion: 0))], isCounted: true),
    Ending(testDescription: "stopped before anything came", events: [.waiting], isCounted: false),
  ])
  func `What was asked for counts, also where it was stopped`(row: Ending) throws {
    var (chat, _) = begin(AskOrder(text: "Why?")) { $0.session.keepsConversation = false }
    for event in row.events { chat.reply(event) }
    let effects = chat.on(.ask(.stop(.interrupted)))
    #expect(effects.storeEffects.isEmpty == !row.isCounted)
    #expect(effects.last == .quit(.interrupted))
    #expect(reports(chat) == [.ended(.stopped)])
  }

  @Test func `A reply without text whose figures came counts on the screen as well`() throws {
    var chat = Chat()
    try chat.ask("Why?")
    chat.reply(.usage(TokenUsage(prompt: 9, completion: 0)))
    let effects = chat.reply(.finished(.length)).storeEffects
    #expect(effects.contains { if case .count = $0 { true } else { false } })
  }

  @Test func `A list of models that nobody waits for decides nothing`() throws {
    var (chat, effects) = begin(AskOrder(text: "Why?"))
    effects = chat.commit(effects)
    chat.on(.server(.modelsFailed("There is no list.", kind: .modelUnknown)))
    chat.on(.server(.keyMissing("There is no key.")))
    chat.commit(chat.reply(.text("Because.")))
    chat.reply(.finished(.stop))
    #expect(reports(chat) == [.ended(.finished(.stop, hasText: true))])
  }

  @Test func `A signal keeps what came of the reply`() throws {
    var (chat, effects) = begin(AskOrder(text: "Why?"))
    chat.commit(chat.commit(effects))
    effects = chat.commit(chat.reply(.text("Be")))
    let end = chat.on(.ask(.stop(.terminated)))
    let stored = end.storeEffects.compactMap { (effect) -> Message? in
      if case .update(let message) = effect { message } else { nil }
    }
    #expect(stored.last?.text == "Be")
    #expect(stored.last?.status == .stopped)
    #expect(end.last == .quit(.terminated))
  }

  @Test func `Every picture is tried, one that fails keeps the question back, and all is told`() {
    var order = AskOrder(text: "What is it?")
    order.sources = ["a.png", "b.png", "none.png"]
    var (chat, effects) = begin(order)
    #expect(effects.count == 3)
    chat.on(.picture(.found(request: 1, sources: ["a.png"])))
    chat.on(.picture(.found(request: 2, sources: ["b.png"])))
    chat.on(.picture(.notFound(request: 3, "There is no file none.png.")))
    let ids = chat.state.pictures.waiting.map(\.id)
    chat.on(.picture(.failed(ids[0], "a.png is text.")))
    effects = chat.on(.picture(.prepared(ids[1], .fitted(.photo("b.png")))))
    #expect(effects.order == nil)
    #expect(effects.storeEffects == [])
    #expect(effects.last == .quit(.asked))
    #expect(
      reports(chat) == [
        .picture(PictureFailure(kind: .missing, phrase: "There is no file none.png.")),
        .picture(PictureFailure(kind: .unusable, phrase: "a.png is text.")),
      ])
  }

  @Test func `More pictures than a user is asked about go without a question`() {
    var order = AskOrder(text: "What is it?")
    order.sources = ["folder"]
    var (chat, _) = begin(order)
    chat.on(.picture(.found(request: 1, sources: (1...12).map { "\($0).png" })))
    #expect(chat.state.overlay == nil)
    #expect(chat.state.pictures.waiting.count == 12)
  }

  @Test func `What has to be known of a picture is told, with its name`() {
    var order = AskOrder(text: "Where?")
    order.sources = ["a.jpg"]
    var (chat, _) = begin(order)
    chat.on(.picture(.found(request: 1, sources: ["a.jpg"])))
    let id = chat.state.pictures.waiting[0].id
    var picture = PreparedPicture.untouched(.photo("a.jpg"))
    picture.fitted?.embedded = [.place]
    chat.on(.picture(.prepared(id, picture)))
    let remarks = reports(chat).map { report in
      if case .remark(let phrase) = report { phrase.text() } else { "" }
    }
    #expect(
      remarks == ["a.jpg: It is sent whole and tells more than the picture: the place."])
  }

  @Test func `A name that is taken keeps the question back`() {
    var order = AskOrder(text: "Why?")
    order.name = "trip"
    var (chat, effects) = begin(order)
    #expect(
      effects.storeEffects.last == .rename(chat.conversation.id, "trip"))
    effects = chat.store(.nameTaken("trip"))
    #expect(effects == [.quit(.asked)])
    #expect(reports(chat) == [.nameTaken("trip")])
    #expect(chat.state.overlay == nil)
  }

  @Test func `A question that is not on disk is not sent`() {
    var (chat, effects) = begin(AskOrder(text: "Why?"))
    let question = chat.conversation.messages.leaf ?? MessageID(rawValue: 0)
    effects = chat.store(.commitFailed(question, "The disk is full.")).withoutWakes
    let failure = StoreFailure(kind: .unwritable, phrase: "The disk is full.")
    #expect(effects.order == nil)
    #expect(reports(chat) == [.notStored(failure), .ended(.prevented(.notStored(failure)))])
    #expect(effects.last == .quit(.asked))
    #expect(chat.conversation.messages.path.last?.status == .unsent)
  }

  @Test func `A stored conversation is asked in, and the draft that waits in it stays`() throws {
    var order = AskOrder(text: "And now?")
    order.conversation = .name("trip")
    var (chat, effects) = begin(order)
    #expect(effects == [.store(.load(.name("trip"), at: nil))])
    var stored = Conversation.of("One", "Two", id: 7)
    stored.draft.text = "half wri"
    stored.draft.pictures = [.photo("draft.jpg")]
    effects = chat.store(.loaded(stored, at: nil))
    let sent = try #require(chat.commit(effects).order)
    #expect(sent.messages.map(\.text) == ["One", "Two", "And now?"])
    #expect(sent.messages.last?.pictures == [])
    for case .saveConversation(let conversation) in effects.storeEffects {
      #expect(conversation.draft == stored.draft)
    }
    effects = chat.answer("Three")
    #expect(
      effects.storeEffects.allSatisfy { effect in
        if case .saveConversation(let saved) = effect { saved.draft == stored.draft } else { true }
      })
  }

  @Test func `A conversation that is not there keeps the question back`() {
    var order = AskOrder(text: "Why?")
    order.conversation = .last
    var (chat, _) = begin(order)
    let effects = chat.store(
      .notFound("Nothing is stored.", of: .load(.last, at: nil)))
    #expect(effects.last == .quit(.asked))
    #expect(
      reports(chat) == [.notOpened(StoreFailure(kind: .missing, phrase: "Nothing is stored."))])
  }

  private static let plain: Conversation = {
    var conversation = Conversation.empty
    conversation.provider = "plain"
    return conversation
  }()

  @Test func `Where no model is chosen, the only one is taken, and several are named`() throws {
    var (chat, effects) = begin(AskOrder(text: "Why?"), Chat(Self.plain))
    #expect(effects == [.listModels(provider: "plain")])
    var other = chat
    effects = chat.on(.server(.models(["llava"], of: "plain")))
    #expect(chat.commit(effects).order?.model == "llava")
    effects = other.on(.server(.models(["b", "a"], of: "plain")))
    #expect(other.commit(effects).order == nil)
    #expect(reports(other) == [.ended(.prevented(.modelMissing(offered: ["a", "b"])))])
  }

  @Test func `A server that cannot be asked for its models is told, with the kind of failure`() {
    var (chat, _) = begin(AskOrder(text: "Why?"), Chat(Self.plain))
    let effects = chat.on(.server(.modelsFailed("plain refuses the key.", kind: .keyRefused)))
    #expect(effects.last == .quit(.asked))
    #expect(
      reports(chat) == [
        .noModels(ReplyFailure(kind: .keyRefused, phrase: "plain refuses the key."))
      ])
  }

  @Test func `A limit that is known is checked before, and passed by who insists`() throws {
    let blind = Surroundings.limited { $0.takesPictures = false }
    var order = AskOrder(text: "What is it?")
    order.pictures = [.photo("a.jpg")]
    for insists in [false, true] {
      var (chat, effects) = begin(order, Chat(.empty, blind)) { $0.session.ignoresRisks = insists }
      let id = chat.state.pictures.waiting[0].id
      effects = chat.commit(chat.on(.picture(.prepared(id, .fitted(.photo("a.jpg"))))))
      #expect((effects.order != nil) == insists)
      guard !insists else { continue }
      #expect(reports(chat) == [.ended(.prevented(.risk(.noVision(model: "gpt-4o"))))])
    }
  }

  @Test func `Messages are added without asking for a reply`() {
    var order = AskOrder(text: nil)
    order.additions = [
      AskOrder.Addition(role: .user, text: "2+2"), AskOrder.Addition(role: .assistant, text: "4"),
    ]
    var (chat, effects) = begin(order)
    effects += chat.commit(effects)
    #expect(chat.path == ["user: 2+2", "assistant: 4"])
    #expect(effects.order == nil)
    #expect(effects.last == .quit(.asked))
  }

  struct Reason: CustomTestStringConvertible, Sendable {
    let reason: FinishReason?
    let text: String
    let fact: String?
    let notice: String?
    var testDescription: String { "\(reason?.rawValue ?? "nil") “\(text)”" }
  }

  @Test(arguments: [
    Reason(reason: .stop, text: "a", fact: nil, notice: nil),
    Reason(
      reason: .length, text: "a", fact: "The reply reached its limit of tokens.",
      notice: "The reply reached its limit of tokens. /send lets it go on."),
    Reason(
      reason: .contentFilter, text: "a", fact: "The server's content filter ended the reply.",
      notice: "The server's content filter ended the reply."),
    Reason(
      reason: .other("eos_token"), text: "a",
      fact: "The server ended the reply for the reason “eos_token”.", notice: nil),
    Reason(
      reason: nil, text: "", fact: "The server's reply was empty.",
      notice: "The server's reply was empty. /send asks again."),
    Reason(
      reason: .toolCalls, text: "", fact: "The model asked for a tool; Iris has none.",
      notice: "The model asked for a tool; Iris has none. /send asks again."),
    Reason(
      reason: .length, text: "",
      fact: "The reply reached its limit of tokens before its text began.",
      notice: "The reply reached its limit of tokens before its text began. /send asks again."),
    Reason(
      reason: .contentFilter, text: "",
      fact: "The server's content filter left nothing of the reply.",
      notice: "The server's content filter left nothing of the reply. /send asks again."),
    Reason(
      reason: .other("abort"), text: "",
      fact: "The server's reply was empty, for the reason “abort”.",
      notice: "The server's reply was empty, for the reason “abort”. /send asks again."),
  ])
  func `Why a reply ended is told on the screen and without one`(row: Reason) throws {
    var chat = Chat()
    try chat.ask("Why?")
    if !row.text.isEmpty { chat.commit(chat.reply(.text(row.text))) }
    chat.reply(.finished(row.reason))
    #expect(chat.says == row.notice)
    #expect(chat.state.reply.outcome?.fact?.text() == row.fact)
  }
}
