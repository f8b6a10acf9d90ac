import ChatEngine
import Conversation
import ConversationStore
import Language
import Terminal

/// One question of `iris ask` and the state that answers it.
///
/// It lives on the loop's thread. Events go to the state, its effects to the effect runner; what the
/// user is to see goes to a listener.
final class AskSession {
  /// What the loop keeps the session under.
  let number: Int
  private var state: AskState
  private let runner: EffectRunner
  private let loop: AskLoop
  /// What is to be passed on behind the event that is being handled.
  private var reports: [EngineReport] = []
  private(set) var quitReason: QuitReason?
  /// The place of the part of the reply whose text was passed on last.
  private var lastPart: Int?
  /// The status of the first failure that was reported.
  private var failureStatus: ExitStatus?
  /// The replies that were asked for, one a round of calls.
  private var replyIDs: [ReplyID] = []
  /// Whether a call was not made because nobody could be asked.
  private var hasRefusedCall = false
  /// Whether a whole response came.
  private(set) var hasObject = false

  init(_ number: Int, _ state: AskState, in loop: AskLoop) {
    self.number = number
    self.state = state
    self.loop = loop
    let mailbox = loop.mailbox
    runner = EffectRunner(
      loop.services, waitForRoom: { await mailbox.waitForRoom() },
      post: { mailbox.post(.event(number, $0)) })
  }

  /// Lets the state decide about an event, does what it says, and passes on what is to be seen.
  func handle(_ event: AskEvent) {
    let id = engine.run.id
    let reclassified = text(ofReclassifying: event)
    for effect in state.handle(event, at: SystemClock.moment()) { perform(effect) }
    noteReply()
    if let id, case .engine(.reply(id, let event)) = event { pass(on: event, of: id) }
    if let reclassified { loop.listener?.session(self, said: reclassified) }
    passOnReports()
  }

  /// Ends the question early; what came of the reply stays.
  func stop(_ reason: QuitReason) {
    if quitReason == nil { handle(.stop(reason)) }
  }

  /// The exit status that this question alone would give.
  var status: ExitStatus {
    // A call that nobody allowed is why there is nothing else.
    if hasRefusedCall, engine.run.outcome?.isWithoutText == true { return .keyRefused }
    if let failureStatus { return failureStatus }
    if !engine.persistence.refused.isEmpty { return .cannotWrite }
    return quitReason?.status ?? .done
  }

  private func noteReply() {
    if let id = engine.run.id, replyIDs.last != id { replyIDs.append(id) }
  }

  /// What is known of the replies to the question, those that asked for calls included, in order.
  var replies: [ReplyDetails] {
    replyIDs.compactMap { engine.conversation.messages[$0]?.reply }
  }

  /// What goes out where what came so far was taken for the wrong thing; nil for any other event.
  ///
  /// Reasoning that turns out to be the answer goes out now. Text that turns out to be reasoning is
  /// out already: its line ends.
  private func text(ofReclassifying event: AskEvent) -> String? {
    guard case .engine(.reply(let id, .reclassified(let isReasoning))) = event,
      id == engine.run.id, let message = engine.conversation.messages[id]
    else { return nil }
    guard isReasoning else { return message.reasoning }
    return message.text.isEmpty || message.text.hasSuffix("\n") ? nil : "\n"
  }

  private func perform(_ effect: AskEffect) {
    switch effect {
    case .engine(.wake(let milliseconds)):
      if quitReason == nil { loop.wake(self, after: milliseconds) }
    case .engine(.report(let report)): reports.append(report)
    case .engine(let effect): runner.run(effect)
    case .quit(let reason):
      guard quitReason == nil else { return }
      quitReason = reason
      finish()
    }
  }

  /// Waits, off the loop, until the store has written all; its answers come before the end.
  private func finish() {
    let conversation = engine.conversation
    // A question alone that was not stored was not sent.
    let hasReply = conversation.messages.path.last?.role == .assistant
    runner.finish { [runner, mailbox = loop.mailbox, number] in
      if hasReply, let news = await runner.rescue(conversation) {
        mailbox.post(.event(number, .store(.news(news))))
      }
      mailbox.post(.ended(number))
    }
  }

  private func pass(on event: ReplyEvent, of id: ReplyID) {
    switch event {
    case .partDelta(let part, let text, _) where part.kind == .text || part.kind == .refusal:
      let parting = part.index == lastPart ? "" : self.parting(before: text, of: id)
      lastPart = part.index
      loop.listener?.session(self, said: parting + text)
    case .media(.kept(let part, _)):
      guard let place = written(part) ?? place(of: part) else { return }
      let phrase = say("The reply has a picture: \(place)")
      loop.listener?.session(self, reported: .adapted(phrase))
    case .object(let json):
      hasObject = true
      loop.listener?.session(self, received: json)
    default: break
    }
  }

  /// What parts a text from the one before it, where reasoning came between them; nothing where `text`
  /// goes on with a part.
  private func parting(before text: String, of id: ReplyID) -> String {
    guard let parts = engine.conversation.messages[id]?.parts, parts.last == .text(text) else {
      return ""
    }
    return String(repeating: "\n", count: parts.lineBreaks(beforeText: parts.count - 1))
  }

  /// The file of the working folder that a picture was written to which the model made with its server's
  /// tool; nil for any other, and for one that cannot be written, which is told.
  private func written(_ part: ContentPart) -> String? {
    guard engine.requestParameters.makesPictures == true, let stored = part.picture?.stored else {
      return nil
    }
    let question = engine.conversation.messages.path.last { $0.role == .user }?.text ?? ""
    let path = loop.services.pipeline.blobs.path(of: stored.digest)
    do throws(AskFailure) {
      return try PictureNames.write(
        fileAt: path, for: question, ending: stored.format.fileExtension)
    } catch {
      failureStatus = failureStatus ?? error.status
      loop.listener?.session(self, reported: .adapted(error.phrase))
      return nil
    }
  }

  /// The path, or the address, of a picture.
  private func place(of part: ContentPart) -> String? {
    switch part.picture?.source {
    case .stored(let stored): loop.services.pipeline.blobs.path(of: stored.digest)
    case .remote(let url): url.rawValue
    case nil: nil
    }
  }

  /// Behind the text that came with them: an ending ends its line.
  private func passOnReports() {
    defer { reports = [] }
    for report in reports {
      if case .callNotAllowed = report { hasRefusedCall = true }
      if case .ended(let ending) = report { noteMissingObject(of: ending.outcome) }
      // Whether it is on disk in the end shows at the end.
      if case .notStored = report {} else { failureStatus = failureStatus ?? report.status }
      loop.listener?.session(self, reported: report)
      if case .ended(let ending) = report { noteUnfitReply(ending.outcome) }
    }
  }

  /// Tells where a whole reply is not the JSON that was asked for; it is printed all the same.
  private func noteUnfitReply(_ outcome: ReplyOutcome) {
    guard case .finished(let reason, hasText: true) = outcome, !loop.wantsObjects,
      let shape = ReplyShape(engine.requestParameters.responseFormat),
      let phrase = shape.fault(
        of: replyText, isCut: reason == .length,
        isOnResponses: engine.target.provider.api == .responses)
    else { return }
    let report = EngineReport.replyUnfit(phrase)
    failureStatus = failureStatus ?? report.status
    loop.listener?.session(self, reported: report)
  }

  /// Tells where a response that was asked for as an object came in events.
  ///
  /// They are not printed: a key that the server spread over several of them would be whole again.
  private func noteMissingObject(of outcome: ReplyOutcome) {
    guard loop.wantsObjects, !hasObject, case .finished(_, hasText: true) = outcome else { return }
    failureStatus = failureStatus ?? .unavailable
    let fact = say("The server sent its answer in events, not as one object.")
    let phrase = say("\(fact) Ask without --raw to read it.")
    loop.listener?.session(self, reported: .adapted(phrase))
  }
}

extension AskSession {
  /// The chat of the question, as it stands.
  var engine: ChatEngine { state.engine }

  /// The text of the reply, as far as it came.
  var replyText: String { reply?.text ?? "" }

  var replyDetails: ReplyDetails? { reply?.reply }

  private var reply: Message? {
    let leaf = engine.conversation.messages.leaf.flatMap { engine.conversation.messages[$0] }
    return leaf?.role == .assistant && engine.run.outcome != nil ? leaf : nil
  }

  /// The pictures of the request, in order.
  var pictures: [PictureReference] {
    engine.conversation.messages.path.compactMap(\.forRequest).flatMap(\.pictures)
  }
}
