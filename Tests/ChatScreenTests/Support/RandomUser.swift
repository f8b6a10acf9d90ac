import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Screen
import SeededNumbers

/// Somebody who presses anything at any time, with a world that answers, fails and answers too
/// late; the same seed does the same things.
struct RandomUser {
  private var random: SeededGenerator
  /// What the program was asked and has not answered yet.
  private var open: [ChatEffect] = []
  /// Replies that were asked for and neither ended nor were cancelled.
  private(set) var inFlight: Set<ReplyID> = []

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  private(set) var requestCount = 0
  /// What was to be done after the last act.
  private(set) var lastEffects: [ChatEffect] = []

  /// Takes note of what is to be done.
  private mutating func see(_ effects: [ChatEffect]) {
    lastEffects += effects
    for effect in effects {
      switch effect {
      case .engine(.reply(.request(let request))):
        inFlight.insert(request.id)
        requestCount += 1
      case .engine(.reply(.cancel(let id))): inFlight.remove(id)
      case .engine(.store), .engine(.picture), .engine(.listModels), .readSchema,
        .serverFiles(.findLibraries):
        open.append(effect)
      default: break
      }
    }
  }

  /// Does the next thing.
  mutating func act(on chat: inout Chat) {
    lastEffects = []
    chat.pass(Int64(random.below(200)))
    if random.below(3) == 0, let way = wayOut(of: chat) { return see(chat.on(way)) }
    switch random.below(10) {
    case 0, 1: see(chat.enter(line()))
    case 2: see(chat.press(pick(KeyAction.allCases)))
    case 3: see(chat.on(composing()))
    case 4, 5: reply(to: &chat)
    case 6, 7: for _ in 0..<8 { answer(&chat) }
    case 8: see(chat.tick(after: Int64(random.below(400))))
    default: see(chat.on(stray(chat)))
    }
  }

  private mutating func pick<Element>(_ items: [Element]) -> Element {
    items[random.below(items.count)]
  }

  /// What gets the chat out of where no message can be sent.
  private mutating func wayOut(of chat: Chat) -> ChatEvent? {
    if chat.state.overlay != nil { return .key(pick([.cancel, .accept])) }
    if chat.state.session.role != .user { return .composer(.accepted("/role user")) }
    return chat.state.currentModel == nil ? .composer(.accepted("/model gpt-4o")) : nil
  }

  private mutating func line() -> String {
    if random.below(2) == 0 { return pick(["Hello", "好", "//x", " ", "y", "/send", "/retry"]) }
    var name = pick(Command.table).name.rawValue
    // A life of nothing but new beginnings shows little.
    if ["new", "load", "fork", "delete", "forget"].contains(name), random.below(4) > 0 {
      name = "edit"
    }
    let words = [
      "", "1", "2", "1-2", "-", "low", "low 1", "high 1 sent", "all", "on", "system", "assistant",
      "user", "gpt-4", "plain", "openai", "temperature 1", "response_format json", "a.png",
      "trip", "code", "1 pictures", "o", "trip.json",
    ]
    return "/\(name) \(pick(words))"
  }

  private mutating func composing() -> ChatEvent {
    switch random.below(5) {
    case 0: .composer(.pasted(pick(["/tmp/a.png", "text\nmore", "y"])))
    case 1: .composer(pick([.edited("Edited\n"), .editorFailed(saved: pick(["Saved\n", nil]))]))
    case 2: .composer(.candidates(["a", "b"]))
    default:
      .composer(.changed(ComposerSnapshot(text: pick(["", "y", "n", "q", "ab", " "]))))
    }
  }

  private mutating func reply(to chat: inout Chat) {
    guard let id = inFlight.sorted().first else { return }
    let failure = ReplyFailure(
      kind: pick([.cutOff, .contextTooLong, .pictureRefused(index: 1)]), phrase: "No.")
    let event: ReplyEvent? =
      switch random.below(12) {
      case 0: .finished(pick([.stop, .length, nil]))
      case 1: nil
      case 2: .usage(TokenUsage(prompt: 3, completion: 2))
      case 3: .retrying(attempt: 1, after: .zero, because: "No.")
      case 4: .reasoning("hm")
      case 5: .fingerprint(pick(["a", "b"]))
      default: .text(pick(["word ", "字", "\n```\n", ""]))
      }
    guard let event else {
      inFlight.remove(id)
      return see(chat.on(.replyFailed(id, failure)))
    }
    if case .finished = event { inFlight.remove(id) }
    see(chat.on(.reply(id, event)))
  }

  /// Answers one of the open orders, in their order or not, well or badly.
  private mutating func answer(_ chat: inout Chat) {
    guard !open.isEmpty else { return }
    let effect = open.remove(at: random.below(min(3, open.count)))
    let isGood = random.below(4) > 0
    if let event = event(for: effect, isGood, chat) { see(chat.on(event)) }
  }

  private mutating func event(
    for effect: ChatEffect, _ isGood: Bool, _ chat: Chat
  ) -> ChatEvent? {
    switch effect {
    case .engine(.listModels):
      .server(isGood ? .models(["gpt-4o", "llava"]) : .modelsFailed("No."))
    case .engine(.picture(.find(let request, let words, _))):
      .picture(
        isGood ? .found(request: request, sources: words) : .notFound(request: request, "No."))
    case .engine(.picture(.paste(let request))):
      .picture(.found(request: request, sources: (0..<random.below(13)).map { "\($0)" }))
    case .engine(.picture(.prepare(let id, _, let detail, _))):
      .picture(isGood ? .prepared(id, .untouched(.photo("a", detail))) : .failed(id, "No."))
    case .engine(.store(let effect)): storeEvent(for: effect, isGood, chat).map { .store($0) }
    case .serverFiles(.findLibraries(let names, _)):
      .program(
        isGood
          ? .librariesListed(LibraryList(asked: names, missing: nil, names: names))
          : .librariesUnknown("No."))
    case .readSchema:
      .program(
        isGood ? .schema(.jsonSchema(name: "list", schema: "{}")) : .schemaFailed("No."))
    default: nil
    }
  }

  private mutating func storeEvent(
    for effect: StoreEffect, _ isGood: Bool, _ chat: Chat
  ) -> StoreEvent? {
    switch effect {
    case .append(let message, _):
      isGood ? .written(.committed(message.id)) : .written(.commitFailed(message.id, "Full."))
    case .load:
      .loaded(
        isGood ? .of("Uno", "Dos", id: Int64(random.below(4)) + 1) : chat.conversation, at: nil)
    case .list: .listed(isGood ? [.named("trip", id: 2), .named("x", id: 3)] : [])
    case .search(let query):
      .found(
        query: query,
        isGood
          ? [
            SearchHit(
              conversation: .named("x", id: 3), message: MessageID(rawValue: 300), role: .user,
              line: "x")
          ]
          : [])
    case .rename(let id, let name): isGood ? .named(id, name) : .nameTaken(name)
    case .delete: .deleted(isGood ? .of(chat.conversation) : .named("x", id: 3))
    case .restore: .restored(.named("x", id: 3))
    case .usage: .usage(isGood ? [.sample] : [])
    case .count: isGood ? nil : .written(.notCounted("Full."))
    case .importFile(let path):
      isGood
        ? .imported(.of("Imported", id: 9), "1 conversation was read.")
        : .failed("Damaged.", of: .importFile(path: path))
    case .cancelImport, .discard: nil
    case .insert(let conversation):
      isGood
        ? .written(.inserted(conversation.messages.pathIDs))
        : .written(.insertFailed(conversation.messages.pathIDs, "Full."))
    case .saveConversation(let conversation):
      isGood ? nil : .written(.saveFailed(conversation.id, "Full."))
    case .update(let message): isGood ? nil : .written(.commitFailed(message.id, "Full."))
    case .extend(let id, _): isGood ? nil : .written(.commitFailed(id, "Full."))
    case .export(let conversation, let path, _):
      isGood ? .exists(path: path, conversation) : .failed("Full.", of: effect)
    }
  }

  /// What comes from nowhere, too late, or of something else.
  private mutating func stray(_ chat: Chat) -> ChatEvent {
    var report = ScrollReport()
    report.firstMessage = chat.conversation.messages.pathIDs.first
    report.visibleRows = random.below(30)
    report.place = report.firstMessage.map { .message($0, row: 1) } ?? .bottom
    return pick([
      .terminal(.resized(Size(columns: random.below(200), rows: random.below(50)))),
      .reply(MessageID(rawValue: 5), .text("late")), .view(.drawn(report)), .terminal(.resumed),
      .store(.written(.committed(MessageID(rawValue: 5)))), .store(.notFound("No.", of: .list)),
      .picture(.failed(AttachmentID(rawValue: 1), "No.")),
      .picture(.found(request: 1, sources: [])),
      .store(.written(.branched(chat.conversation.messages.leaf ?? MessageID(rawValue: 1), []))),
    ])
  }
}

extension SeededGenerator {
  /// A number from 0 to `bound` - 1; 0 where there is none.
  mutating func below(_ bound: Int) -> Int { bound > 0 ? Int(next() % UInt64(bound)) : 0 }
}
