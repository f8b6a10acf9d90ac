package import Conversation
import Language
import ModelCatalog

/// The events of one reply, asked for when they are read.
///
/// Every iteration is a request of its own. It ends behind `.finished`, by throwing, or early when
/// its task is cancelled; a cancelled or dropped iteration closes its connection at once. Nothing is
/// buffered but what arrived between two reads: joined, at most 128 KiB, then the server is slowed.
package struct ReplyStream: AsyncSequence, Sendable {
  package typealias Element = ReplyEvent
  package typealias Failure = ChatAPIError

  let client: ChatClient
  let request: ModelRequest
  let provider: Provider

  package func makeAsyncIterator() -> Iterator {
    Iterator(client: client, request: request, provider: provider)
  }

  package struct Iterator: AsyncIteratorProtocol {
    private enum Phase {
      /// An attempt is to be made. Next: `running`, `over`.
      case ready
      /// Next: `ready`, `pausing`, `over`.
      case running(Transfer)
      /// Between two attempts. Next: `ready`, `over`.
      case pausing(Duration)
      /// The end state.
      case over
    }

    let client: ChatClient
    let request: ModelRequest
    let provider: Provider
    private var phase = Phase.ready
    private var retries = RetryState()
    private var applied: Set<Adaptation> = []
    /// Changes that are learned once the server has answered to them.
    private var untried: [Adaptation] = []
    /// Whether the server's limit of requests was waited for.
    private var hasWaited = false
    /// The request as it is sent, for as long as the adaptations stay these.
    private var encoded: (request: EncodedRequest, adaptations: Set<Adaptation>)?
    private var reader: ReplyReader?
    /// Events to give out, the next one last.
    private var queue: [ReplyEvent] = []
    private var failure: ChatAPIError?
    /// Whether the reply is whole, and its connection about to be given up.
    private var isSettling = false
    private var redaction: ReplyRedaction
    private var trace: ExchangeTrace?

    fileprivate init(client: ChatClient, request: ModelRequest, provider: Provider) {
      self.client = client
      self.request = request
      self.provider = provider
      redaction = ReplyRedaction(provider.redaction)
    }

    /// The next event, without anything that unlocks the server.
    package mutating func next() async throws(ChatAPIError) -> ReplyEvent? {
      while true {
        if let event = queue.popLast() { return event }
        if let failure = failure.take() { throw redaction.redacted(failure) }
        switch phase {
        case .ready: begin()
        case .running(let transfer): handle(await transfer.next())
        case .pausing(let delay): await pause(for: delay)
        case .over: return nil
        }
      }
    }

    /// How the next attempt is made.
    fileprivate var wire: any WireProtocol {
      provider.wire(
        knowing: applied, wantsServerTools: wantsServerTools, hasSound: request.hasSound)
    }

    fileprivate var wantsServerTools: Bool { !request.parameters.serverToolNames.isEmpty }

    private mutating func emit(_ events: [ReplyEvent]) {
      queue = events.flatMap { redaction.redacted($0) }.reversed() + queue
    }

    private mutating func fail(with error: ChatAPIError) {
      phase = .over
      queue = redaction.rest().reversed() + queue
      failure = error
    }
  }
}

extension ReplyStream.Iterator {
  /// Makes the next attempt.
  private mutating func begin() {
    reader = nil
    isSettling = false
    if !hasWaited, let wait = client.rateWait(for: request.model, at: provider) {
      hasWaited = true
      let because = say("\(provider.name) takes no more requests for the moment")
      emit([.retrying(attempt: 0, after: wait, because: because)])
      phase = .pausing(wait)
      return
    }
    do throws(ChatAPIError) {
      phase = .running(try start())
      emit([.connecting])
    } catch {
      fail(with: error)
    }
  }

  private mutating func start() throws(ChatAPIError) -> Transfer {
    let encoded = try encode()
    announce(encoded.omitted.map { .omit($0) }, by: request.model)
    announce(encoded.unknown.map { .omit($0) }, by: wire.call)
    if request.parameters.store == true, !applied.contains(.omit("store")) {
      announce([.storedReplies], by: provider.name)
    }
    let exchange = try provider.transfer(
      .post(encoded.body), call: wire.call,
      withoutVersion: applied.contains(.plainPath))
    let (transfer, trace) = try client.begin(
      exchange, server: provider.name, hiding: provider.redaction)
    self.trace = trace
    return transfer
  }

  /// The request with all that is known of the model; the last attempt's where nothing changed.
  private mutating func encode() throws(ChatAPIError) -> EncodedRequest {
    applied.formUnion(client.learnedRules.adaptations(for: request.model, at: provider))
    if let encoded, encoded.adaptations == applied { return encoded.request }
    if let fault = wire.fault(in: request) {
      throw ChatAPIError(.request(fault), server: provider.name)
    }
    if !provider.limits.takesURLs, let url = request.pictureURLs.first {
      throw ChatAPIError(.request(.pictureURLNotAccepted(url: url)), server: provider.name)
    }
    if !request.ignoresPictureLimit, let limit = LearnedPictureLimits(applied).count,
      request.pictureCount > limit
    {
      throw ChatAPIError(.request(.pictureLimit(limit)), server: provider.name)
    }
    let new = wire.encode(request, adaptations: applied)
    encoded = (new, applied)
    return new
  }

  /// What the request held.
  private var facts: RequestFacts {
    var facts = encoded?.request.facts ?? RequestFacts()
    facts.pictureHosts = request.pictureURLs.compactMap { WebAddress($0)?.host }
    return facts
  }

  private mutating func announce(_ adaptations: [Adaptation], by name: String) {
    let news = client.announce(adaptations, for: request.model, at: provider)
    emit(news.map { .adapted($0.phrase(server: name)) })
  }

  /// Learns and tells which call the server has answered to in the place of another.
  private mutating func learnWhatWorks() {
    for adaptation in untried {
      client.learn(adaptation, for: request.model, at: provider)
      announce([adaptation], by: provider.name)
    }
    untried = []
  }

  private mutating func pause(for delay: Duration) async {
    do {
      try await client.timing.sleep(delay)
      phase = .ready
    } catch {
      phase = .over
    }
  }

  private mutating func handle(_ event: TransferEvent?) {
    if let event { trace?.happened(event) }
    switch event {
    case nil: phase = .over
    case .connected: emit([.waiting])
    case .responded(let head) where head.status == 407:
      let refused = NetworkFault.proxyRefused(status: 407)
      fail(with: ChatAPIError(.network(refused), server: provider.name))
    case .responded(let head):
      client.noteRateLimits(in: head, for: request.model, at: provider)
      if head.isSuccess { learnWhatWorks() }
      reader = ReplyReader(
        head: head, server: provider.name, key: provider.apiKey,
        request: facts,
        decoder: wire.makeDecoder(
          startsInReasoning: applied.contains(.opensInReasoning),
          tokenLimit: encoded?.request.facts.tokenLimit),
        takesPictures: request.pictureTool != nil && wire is Responses,
        lengthLimit: provider.replyLimit)
    case .received(let bytes):
      reader?.feed(bytes)
      readReply()
    case .finished:
      reader?.finish()
      readReply()
    case .failed(.request(let fault)):
      fail(with: ChatAPIError(.request(fault), server: provider.name))
    case .failed(.network(let fault)):
      guard reader != nil else {
        return decide(after: ChatAPIError(.network(fault), server: provider.name))
      }
      reader?.finish(fault)
      readReply()
    }
  }

  /// Gives out what the reader has read, and follows its ending.
  private mutating func readReply() {
    let events = reader?.takeEvents() ?? []
    if events.contains(.reclassified(isReasoning: true)) {
      client.learn(.opensInReasoning, for: request.model, at: provider)
    }
    emit(events)
    switch reader?.ending {
    case nil: settle(events)
    case .finished:
      if let name = reader?.decoder.reasoningMember {
        client.learn(.reasoningMember(name), for: request.model, at: provider)
      }
      client.unlearnPictureCount(
        below: request.pictureCount, for: request.model, at: provider)
      if case .running(let transfer) = phase { transfer.drain() }
      phase = .over
    case .failed(let error): decide(after: error)
    }
  }

  /// Gives a server that has ended its reply, but not the connection, a moment for what may follow.
  ///
  /// A reply that goes on behind its finish reason gets the moment anew.
  private mutating func settle(_ events: [ReplyEvent]) {
    guard case .running(let transfer) = phase, reader?.isWhole == true,
      !isSettling || !events.isEmpty
    else { return }
    isSettling = true
    transfer.end(within: provider.timeLimits.afterFinish)
  }

  private mutating func decide(after error: ChatAPIError) {
    var error = redaction.redacted(error)
    let now = client.timing.now()
    error.retryAfter = reader?.head.retryDelay(now: now)
    guard reader?.hasDelivered != true else { return fail(with: error.behindText) }
    if case .answer(.pictureRefused(let refusal)) = error.kind, let limit = refusal.limit {
      client.learn(limit, for: request.model, at: provider)
    }
    if request.hasDocuments, error.refusesDocuments {
      // The caller writes the request anew, with what stands for the documents.
      client.learn(.documentsAsText, for: request.model, at: provider)
      announce([.documentsAsText], by: provider.name)
      return fail(with: error)
    }
    // The caller writes the request anew, without the identifier.
    if error.kind == .answer(.fileGone) { return fail(with: error) }
    if request.hasSound, error.refusesSound {
      // A transcript costs money: it is made when the user sends again, and not before.
      client.learn(.soundAsTranscript, for: request.model, at: provider)
      announce([.soundAsTranscript], by: provider.name)
      return fail(with: error)
    }
    let step = retries.step(
      after: error, asked: change(askedBy: error), applied: applied, head: reader?.head,
      jitter: client.timing.jitter(), now: now)
    switch step {
    case .giveUp: fail(with: error)
    case .retry(let attempt, let delay):
      emit([.retrying(attempt: attempt, after: delay, because: error.fact)])
      phase = .pausing(delay)
    case .adapt(let adaptation):
      applied.insert(adaptation)
      if adaptation.isOfCall {
        untried.append(adaptation)
      } else {
        if adaptation.isLearned { client.learn(adaptation, for: request.model, at: provider) }
        announce([adaptation], by: provider.name)
      }
      phase = .ready
    }
  }

  private func change(askedBy error: ChatAPIError) -> Adaptation? {
    // Where the call was chosen, nothing but the path can be wrong.
    let isMissing =
      error.kind == .answer(.notFound)
      || error.status == 404 && provider.api != .auto
        && error.kind == .answer(.callMissing(wire.call))
    if isMissing, provider.hasAssumedVersion, !applied.contains(.plainPath) { return .plainPath }
    if let change = provider.otherCall(
      after: error, knowing: applied, wantsServerTools: wantsServerTools)
    {
      return change
    }
    return wire.adaptation(
      to: error, settings: encoded?.request.facts.settings ?? [])
  }
}

extension ChatAPIError {
  /// The error as it is told behind text that came: a server that fails then has broken its reply off.
  fileprivate var behindText: ChatAPIError {
    guard case .answer(let fault) = kind else { return self }
    switch fault {
    case .serverFailed, .serverFailedWithoutKey, .overloaded:
      var error = self
      error.kind = .reply(.cutOff)
      return error
    default: return self
    }
  }
}
