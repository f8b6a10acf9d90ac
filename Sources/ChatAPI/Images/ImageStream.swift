import JSON
package import Language
import Secrets

/// What happens while pictures are asked for, in this order; what concerns a picture comes again for each.
package enum ImageEvent: Equatable, Sendable {
  /// A connection is being made; again for each attempt.
  case connecting
  /// The request leaves; nothing of the answer is there yet.
  case waiting
  /// Something that was set is sent otherwise, or not at all.
  case adapted(Phrase)
  /// Bytes of the picture of this number, behind those that came.
  case bytes([UInt8], of: Int)
  /// Which pictures came, whole or unfinished; again for each event of a stream.
  case answered(ImageAnswer)
}

/// The events of one call of an Images API, asked for when they are read.
///
/// A request is changed where the server does not take it as it is, and never made again for any other
/// reason: what it costs may have been charged. It ends behind the last answer, by throwing, or early when
/// its task is cancelled, which closes the connection.
package struct ImageStream: AsyncSequence, Sendable {
  package typealias Element = ImageEvent
  package typealias Failure = ChatAPIError

  fileprivate let client: ChatClient
  fileprivate let request: ImageRequest
  fileprivate let provider: Provider

  package func makeAsyncIterator() -> Iterator {
    let learned = client.learnedRules.adaptations(for: request.model, at: provider)
    return Iterator(
      client: client, provider: provider,
      attempt: ImageAttempt(request, at: provider, knowing: learned))
  }
}

extension ChatClient {
  /// Asks for pictures; nothing is sent before the stream is read.
  package func pictures(for request: ImageRequest, at provider: Provider) -> ImageStream {
    ImageStream(client: self, request: request, provider: provider)
  }
}

extension ImageStream {
  package struct Iterator: AsyncIteratorProtocol {
    private enum Phase {
      /// An attempt is to be made. Next: `running`, `over`.
      case ready
      /// Next: `ready`, `over`.
      case running(Transfer)
      /// The end state.
      case over
    }

    /// The most bytes of an error that are looked at.
    private static let errorLimit = 64 << 10

    fileprivate let client: ChatClient
    fileprivate let provider: Provider
    fileprivate var attempt: ImageAttempt
    private var phase = Phase.ready
    private var head: ResponseHead?
    private var reader: ImageAnswerReader
    /// The body of an answer that is an error.
    private var errorBody: [UInt8] = []
    /// Whether bytes of a picture came: from there on nothing is asked again.
    private var hasDelivered = false
    private var hasAnswered = false
    private var bounds: PictureBounds
    /// What kept a whole picture, or an event, from being read: thrown at the end, so that it costs
    /// nothing of what follows it.
    private var fault: ReplyFault?
    /// What the model said in the place of pictures.
    private var words: String?
    /// Events to give out, the next one last.
    private var queue: [ImageEvent] = []
    private var trace: ExchangeTrace?
    /// What is thrown behind the events that are still to be given out.
    private var failure: ChatAPIError?

    fileprivate init(client: ChatClient, provider: Provider, attempt: ImageAttempt) {
      self.client = client
      self.provider = provider
      self.attempt = attempt
      bounds = PictureBounds(of: attempt.request)
      reader = ImageAnswerReader(of: attempt.call)
    }

    /// The next event, without anything that unlocks the server.
    package mutating func next() async throws(ChatAPIError) -> ImageEvent? {
      while true {
        if let event = queue.popLast() { return event }
        if let failure = failure.take() { throw failure }
        switch phase {
        case .ready: try begin()
        case .running(let transfer): try handle(await transfer.next())
        case .over: return nil
        }
      }
    }
  }
}

extension ImageStream.Iterator {
  private mutating func begin() throws(ChatAPIError) {
    (head, reader, errorBody, fault) = (nil, ImageAnswerReader(of: attempt.call), [], nil)
    let exchange = try attempt.transfer(at: provider)
    let (transfer, trace) = try client.begin(
      exchange, server: provider.name, hiding: provider.redaction)
    phase = .running(transfer)
    self.trace = trace
    queue.append(.connecting)
  }

  private mutating func handle(_ event: TransferEvent?) throws(ChatAPIError) {
    if let event { trace?.happened(event) }
    switch event {
    case nil: phase = .over
    case .connected: queue.append(.waiting)
    case .responded(let head):
      self.head = head
      client.noteRateLimits(in: head, for: attempt.request.model, at: provider)
    case .received(let bytes):
      guard head?.isSuccess == true else { return keepError(bytes) }
      take(reader.feed(bytes))
    case .finished: finish()
    case .failed(.request(let fault)): throw error(.request(fault))
    case .failed(.network(let fault)): throw error(.network(fault))
    }
  }

  private mutating func keepError(_ bytes: [UInt8]) {
    errorBody += bytes.prefix(max(0, Self.errorLimit - errorBody.count))
  }

  private mutating func finish() {
    guard let head, head.isSuccess else { return decide(after: ServerFault(answer: errorBody)) }
    take(reader.finish())
    guard case .running = phase else { return }
    end()
  }

  /// Says what is missing behind the last event.
  private mutating func end() {
    phase = .over
    // An event that was left out may have been a preview.
    if hasAnswered, fault != .pictureUnreadable { return }
    failure = error(.reply(fault ?? .pictureMissing))
    guard fault == nil else { return }
    failure?.message = words.map { provider.redaction.redacting($0).folded(to: 500) }
  }

  private mutating func take(_ outputs: [ImageAnswerReader.Output]) {
    var events: [ImageEvent] = []
    for output in outputs {
      switch output {
      case .bytes(let number, let bytes):
        hasDelivered = true
        if let fault = bounds.take(bytes.count, of: number) { return stop(fault, after: events) }
        events.append(.bytes(bytes, of: number))
      case .answer(let answer):
        let (answer, fault) = bounds.take(answer)
        note(answer)
        events.append(.answered(answer))
        if let fault { return stop(fault, after: events) }
      case .fault(let fault):
        queue = events.reversed() + queue
        return decide(after: fault)
      case .tooLong: fault = fault ?? .eventTooLong
      }
    }
    queue = events.reversed() + queue
    if reader.isOver { end() }
  }

  /// Reads no more, and says why behind what came before.
  private mutating func stop(_ fault: ReplyFault, after events: [ImageEvent]) {
    queue = events.reversed() + queue
    (phase, failure) = (.over, error(.reply(fault)))
  }

  /// A preview that cannot be read is no loss: the picture follows.
  private mutating func note(_ answer: ImageAnswer) {
    words = answer.words ?? words
    guard !answer.isPartial else { return }
    for picture in answer.pictures {
      if case .damaged = picture.content { fault = .pictureUnreadable } else { hasAnswered = true }
    }
  }

  /// Asks again in a form that the server takes, or ends.
  private mutating func decide(after fault: ServerFault) {
    let error = attempt.error(head ?? ResponseHead(status: 0), fault, at: provider)
    let (asked, lesson) = (attempt.call, attempt.lesson(of: error))
    let phrase = hasDelivered ? nil : attempt.change(after: error, at: provider)
    // Where the same call is made at another address, nothing is known of it yet.
    if let lesson, phrase == nil || attempt.call != asked {
      client.learn(lesson, for: attempt.request.model, at: provider)
    }
    guard let phrase else {
      // Behind the events that are still to be given out.
      (phase, failure) = (.over, error)
      return
    }
    queue.insert(.adapted(phrase), at: 0)
    phase = .ready
  }

  private func error(_ kind: ChatAPIError.Kind) -> ChatAPIError {
    ChatAPIError(kind, server: provider.name).redacted(by: provider.redaction)
  }
}
