import ChatEngine
import ChatSamples
import Conversation
import Language
import ModelCatalog
import Testing

/// A question without a screen keeps every promise that the screen keeps.
@Suite struct AskingTests {
  /// Begins with a question; the asker, and what is to be done.
  private func begin(
    _ input: AskInput, _ conversation: Conversation = .empty, _ servers: Servers = .sample,
    keepsConversation: Bool = true, ignoresRisks: Bool = false
  ) -> (chat: Asker, effects: [AskEffect]) {
    var options = Run.Options()
    options.sendsUnstored = false
    options.ignoresRisks = ignoresRisks
    let engine = ChatEngine(
      conversation, settings: servers.settings(), options: options,
      keepsConversation: keepsConversation)
    var chat = Asker(AskState(engine, input))
    let effects = chat.on(.begin).withoutWakes
    return (chat, effects)
  }

  private func reports(_ chat: Asker) -> [EngineReport] { chat.reports }

  /// What was told, but for pictures that are ready.
  private func troubles(_ chat: Asker) -> [EngineReport] {
    chat.reports.filter { if case .pictureReady = $0 { false } else { true } }
  }

  @Test func `A question is on disk before it is sent, and its reply a clock's step after it came`()
    throws
  {
    var (chat, effects) = begin(AskInput(text: "Why?"))
    #expect(effects.request == nil)
    let request = try #require(chat.commit(effects).request)
    #expect(request.messages.map(\.text) == ["Why?"])
    let begun = chat.commit(chat.reply(.text("Be")))
    #expect(begun.request == nil)
    chat.pass(Persistence.interval)
    let flushed = chat.reply(.text("cause"))
    #expect(
      flushed.storeEffects == [.extend(request.id, by: [PartFragment(ordinal: 0, text: "Because")])]
    )
    let ended = chat.reply(.finished(.stop))
    #expect(reports(chat) == [.ended(RunEnding(.finished(.stop, hasText: true), hasBegun: true))])
    #expect(ended.last == .quit(.asked))
  }

  @Test func `Of a conversation that is not kept nothing but the figures is stored`() throws {
    var (chat, effects) = begin(AskInput(text: "Secret?"), keepsConversation: false)
    let request = try #require(effects.request)
    effects += chat.reply(.reasoning("Hm."))
    effects += chat.reply(.text("Secret."))
    effects += chat.tick()
    effects += chat.reply(.usage(TokenUsage(prompt: 7, completion: 3)))
    effects += chat.reply(.finished(.stop))
    #expect(effects.storeEffects.count == 1)
    guard case .count(let counted) = effects.storeEffects.first else { return }
    #expect(counted.id == request.id)
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
    var (chat, _) = begin(AskInput(text: "Why?"), keepsConversation: false)
    for event in row.events { chat.reply(event) }
    let effects = chat.on(.stop(.interrupted))
    #expect(effects.storeEffects.isEmpty == !row.isCounted)
    #expect(effects.last == .quit(.interrupted))
    #expect(reports(chat) == [.ended(RunEnding(.stopped, hasBegun: row.events.hasText))])
  }

  @Test func `A list of models that nobody waits for decides nothing`() throws {
    var (chat, effects) = begin(AskInput(text: "Why?"))
    effects = chat.commit(effects)
    chat.on(.server(.modelsFailed("There is no list.", kind: .modelUnknown)))
    chat.on(.server(.keyMissing("There is no key.")))
    chat.commit(chat.reply(.text("Because.")))
    chat.reply(.finished(.stop))
    #expect(reports(chat) == [.ended(RunEnding(.finished(.stop, hasText: true), hasBegun: true))])
  }

  @Test func `A picture of a reply stands where it came, and is a reply alone`() throws {
    let picture = ContentPart.picture(
      PictureReference(source: .remote("https://e.org/a.png"), name: "picture", detail: .auto))
    for (events, parts) in [
      ([.media(.kept(picture))], [picture]),
      (
        [.text("See: "), .media(.kept(picture)), .text("there.")],
        [.text("See: "), picture, .text("there.")]
      ),
      ([.reasoning("Hm."), .media(.kept(picture))], [.reasoning("Hm."), picture]),
    ] as [([ReplyEvent], [ContentPart])] {
      var (chat, effects) = begin(AskInput(text: "Draw."))
      let id = try #require(chat.commit(effects).request).id
      effects = []
      for event in events { effects += chat.commit(chat.reply(event)) }
      effects += chat.reply(.finished(.stop))
      #expect(chat.engine.conversation.messages[id]?.parts == parts)
      #expect(
        reports(chat) == [.ended(RunEnding(.finished(.stop, hasText: true), hasBegun: true))])
      // The store has all of it at the end.
      let stored = effects.storeEffects.compactMap { effect in
        if case .update(let message) = effect { message.parts } else { nil }
      }
      #expect(stored.last == parts)
    }
  }

  @Test func `A signal keeps what came of the reply`() throws {
    var (chat, effects) = begin(AskInput(text: "Why?"))
    chat.commit(chat.commit(effects))
    effects = chat.commit(chat.reply(.text("Be")))
    let end = chat.on(.stop(.terminated))
    let stored = end.storeEffects.compactMap { (effect) -> Message? in
      if case .update(let message) = effect { message } else { nil }
    }
    #expect(stored.last?.text == "Be")
    #expect(stored.last?.status == .stopped)
    #expect(end.last == .quit(.terminated))
  }

  @Test func `Every picture is tried, one that fails keeps the question back, and all is told`() {
    var input = AskInput(text: "What is it?")
    input.sources = ["a.png", "b.png", "none.png"]
    var (chat, effects) = begin(input)
    #expect(effects.count == 3)
    chat.on(.picture(.found(request: 1, sources: ["a.png"])))
    chat.on(.picture(.found(request: 2, sources: ["b.png"])))
    chat.on(.picture(.notFound(request: 3, "There is no file none.png.")))
    let ids = chat.engine.attachments.waiting.map(\.id)
    chat.on(.picture(.failed(ids[0], "a.png is text.")))
    effects = chat.on(.picture(.prepared(ids[1], .fitted(.photo("b.png")))))
    #expect(effects.request == nil)
    #expect(effects.storeEffects == [])
    #expect(effects.last == .quit(.asked))
    #expect(
      troubles(chat) == [
        .picturesMissing(
          request: 3, PictureFailure(kind: .missing, phrase: "There is no file none.png."),
          isThere: false),
        .pictureFailed(ids[0], PictureFailure(kind: .unusable, phrase: "a.png is text.")),
      ])
  }

  @Test func `More pictures than a user is asked about go without a question`() {
    var input = AskInput(text: "What is it?")
    input.sources = ["folder"]
    var (chat, _) = begin(input)
    chat.on(.picture(.found(request: 1, sources: (1...12).map { "\($0).png" })))
    #expect(chat.engine.run.isIdle)
    #expect(chat.engine.attachments.waiting.count == 12)
  }

  @Test func `What has to be known of a picture is told, with its name`() {
    var input = AskInput(text: "Where?")
    input.sources = ["a.jpg"]
    var (chat, _) = begin(input)
    chat.on(.picture(.found(request: 1, sources: ["a.jpg"])))
    let id = chat.engine.attachments.waiting[0].id
    var picture = PreparedPicture.untouched(.photo("a.jpg"))
    picture.fitted?.embedded = [.place]
    chat.on(.picture(.prepared(id, picture)))
    #expect(reports(chat) == [.pictureReady(id, picture)])
    #expect(
      picture.warnings.map { $0.text() }
        == ["It is sent whole and tells more than the picture: the place."])
  }

  @Test func `A name that is taken keeps the question back`() {
    var input = AskInput(text: "Why?")
    input.name = "trip"
    var (chat, effects) = begin(input)
    #expect(
      effects.storeEffects.last == .rename(chat.engine.conversation.id, "trip"))
    effects = chat.store(.nameTaken("trip"))
    #expect(effects == [.quit(.asked)])
    #expect(reports(chat) == [.nameTaken("trip")])
    #expect(chat.engine.run.isIdle)
  }

  @Test func `A question that is not on disk is not sent`() {
    var (chat, effects) = begin(AskInput(text: "Why?"))
    let question = chat.engine.conversation.messages.leaf ?? MessageID(rawValue: 0)
    effects = chat.written(.commitFailed(question, "The disk is full.")).withoutWakes
    let failure = StoreFailure(kind: .unwritable, phrase: "The disk is full.")
    #expect(effects.request == nil)
    #expect(
      reports(chat) == [.notStored(failure), .ended(RunEnding(.prevented(.notStored(failure))))])
    #expect(effects.last == .quit(.asked))
    #expect(chat.engine.conversation.messages.path.last?.status == .unsent)
  }

  @Test func `A stored conversation is asked in, and the draft that waits in it stays`() throws {
    var input = AskInput(text: "And now?")
    input.conversation = .name("trip")
    var (chat, effects) = begin(input)
    #expect(effects == [.engine(.store(.load(.name("trip"), at: nil)))])
    var stored = Conversation.of("One", "Two", id: 7)
    stored.draft.text = "half wri"
    stored.draft.pictures = [.photo("draft.jpg")]
    effects = chat.store(.loaded(stored, at: nil))
    let sent = try #require(chat.commit(effects).request)
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
    var input = AskInput(text: "Why?")
    input.conversation = .last
    var (chat, _) = begin(input)
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
    var (chat, effects) = begin(AskInput(text: "Why?"), Self.plain)
    #expect(effects == [.engine(.listModels(provider: "plain"))])
    var other = chat
    effects = chat.on(.server(.models(["llava"], of: "plain")))
    #expect(chat.commit(effects).request?.model == "llava")
    effects = other.on(.server(.models(["b", "a"], of: "plain")))
    #expect(other.commit(effects).request == nil)
    #expect(reports(other) == [.ended(RunEnding(.prevented(.modelMissing(offered: ["a", "b"]))))])
  }

  @Test func `A server that cannot be asked for its models is told, with the kind of failure`() {
    var (chat, _) = begin(AskInput(text: "Why?"), Self.plain)
    let effects = chat.on(.server(.modelsFailed("plain refuses the key.", kind: .keyRefused)))
    #expect(effects.last == .quit(.asked))
    #expect(
      reports(chat) == [
        .modelsFailed(ReplyFailure(kind: .keyRefused, phrase: "plain refuses the key."))
      ])
  }

  @Test func `A limit that is known is checked before, and passed by who insists`() throws {
    let blind = Servers.limited { $0.takesPictures = false }
    var input = AskInput(text: "What is it?")
    input.pictures = [.photo("a.jpg")]
    for insists in [false, true] {
      var (chat, effects) = begin(input, .empty, blind, ignoresRisks: insists)
      let id = chat.engine.attachments.waiting[0].id
      effects = chat.commit(chat.on(.picture(.prepared(id, .fitted(.photo("a.jpg"))))))
      #expect((effects.request != nil) == insists)
      guard !insists else { continue }
      #expect(troubles(chat) == [.ended(RunEnding(.prevented(.risk(.noVision(model: "gpt-4o")))))])
    }
  }

  @Test func `Messages are added without asking for a reply`() {
    var input = AskInput(text: nil)
    input.additions = [
      AskInput.Addition(role: .user, text: "2+2"), AskInput.Addition(role: .assistant, text: "4"),
    ]
    var (chat, effects) = begin(input)
    effects += chat.commit(effects)
    #expect(chat.path == ["user: 2+2", "assistant: 4"])
    #expect(effects.request == nil)
    #expect(effects.last == .quit(.asked))
  }
}

extension [ReplyEvent] {
  /// Whether any of them brings text.
  fileprivate var hasText: Bool { contains { if case .partDelta = $0 { true } else { false } } }
}
