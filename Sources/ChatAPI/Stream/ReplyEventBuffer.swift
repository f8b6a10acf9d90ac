package import Conversation

/// Collects the events of a reply: joins pieces of text that arrive together, so that a burst of
/// chunks becomes few events, and says where parts begin and end.
package struct ReplyEventBuffer: Sendable {
  /// The most parts that a reply is taken to have: each costs work of its own, and those of a server
  /// that opens and closes them without an end would cost more than what they say.
  package static let partLimit = 1000

  /// Whether there was one part more than ``partLimit``, which was left out.
  package private(set) var hasTooManyParts = false
  /// How many bytes of text, reasoning and arguments have come.
  package private(set) var byteCount = 0
  /// The pictures that were taken out of the stream.
  var pictures = StreamedPictures()
  private var events: [ReplyEvent] = []
  /// The number of the next part.
  private var partCount = 0
  /// How many came whole: pictures, files, what the server's tools did.
  private var wholeCount = 0
  /// The part of text, reasoning or refusal that goes on.
  private var current: ReplyPart?
  /// Calls that may go on, in their order.
  private var calls: [ReplyPart] = []
  /// What has come of a part since the last event.
  private var pending: (part: ReplyPart, text: String, pieces: Int)?

  /// How many pieces the next text was joined from before it came here.
  private var gathered = 1

  package init() {}

  /// Says that the next text came in so many pieces, and was joined from them.
  package mutating func gather(_ count: Int) { gathered = count }

  /// Adds text to the part of this kind that goes on, or to a new one; nothing where it is empty.
  package mutating func append(_ text: String, as kind: ReplyPart.Kind) {
    guard !text.isEmpty else { return }
    if current?.kind != kind {
      finishCurrent()
      current = start(kind)
    }
    if let current { append(text, to: current) }
  }

  /// Begins a call; other calls, and the text, may go on beside it.
  ///
  /// Nil where there are too many parts.
  package mutating func startCall(id: String, name: String) -> ReplyPart? {
    finishCurrent()
    let part = start(.toolCall(id: id, name: name))
    if let part { calls.append(part) }
    return part
  }

  /// Adds text to a part that has begun; nothing where it is empty.
  package mutating func append(_ text: String, to part: ReplyPart) {
    guard !text.isEmpty else { return }
    byteCount += text.utf8.count
    if pending?.part == part {
      pending?.text += text
      pending?.pieces += gathered
    } else {
      flush()
      pending = (part, text, gathered)
    }
    gathered = 1
  }

  /// Adds an event that is no text, behind all text so far.
  package mutating func append(_ event: ReplyEvent) {
    flush()
    events.append(event)
  }

  /// Adds a picture behind all text so far, which is a part that ends there.
  package mutating func append(pictureAt url: String) {
    finishCurrent()
    byteCount += url.utf8.count
    appendWhole(.media(.address(url)))
  }

  /// Adds the bytes of a picture behind all text so far, which is a part that ends there.
  package mutating func append(
    made bytes: PictureBytes, prompt: String?, isFinished: Bool, call: Int
  ) {
    finishCurrent()
    byteCount += bytes.count
    appendWhole(.media(.made(bytes, prompt: prompt, isFinished: isFinished, call: call)))
  }

  /// Adds a part that comes whole behind all text so far, which ends there.
  package mutating func append(part: ContentPart) {
    finishCurrent()
    appendWhole(.part(part))
  }

  /// Adds a file of the reply behind all text so far, which ends there.
  package mutating func append(file: ReplyMedia) {
    finishCurrent()
    appendWhole(.media(file))
  }

  private mutating func appendWhole(_ event: ReplyEvent) {
    guard hasRoom() else { return }
    wholeCount += 1
    append(event)
  }

  /// Whether there may be one part more.
  private mutating func hasRoom() -> Bool {
    hasTooManyParts = hasTooManyParts || partCount + wholeCount >= Self.partLimit
    return !hasTooManyParts
  }

  /// The reasoning that goes on; nil where something else does.
  package var openReasoning: ReplyPart? { current?.kind == .reasoning ? current : nil }

  /// Seals reasoning, and ends it: that of `part`, else what has just come, or reasoning that shows nothing.
  package mutating func sealReasoning(_ json: String, of part: ReplyPart? = nil) {
    if let part, part != current { return append(.partSealed(part, json)) }
    if current?.kind != .reasoning {
      finishCurrent()
      current = start(.reasoning)
    }
    if let current { append(.partSealed(current, json)) }
    finishCurrent()
  }

  /// Notes what only the server understands of the text that has just come, and ends it.
  package mutating func sealText(_ json: String) {
    guard let current, current.kind == .text else { return }
    append(.partSealed(current, json))
    finishCurrent()
  }

  /// Ends a call before the reply does.
  package mutating func finishCall(_ part: ReplyPart) {
    guard let place = calls.firstIndex(of: part) else { return }
    calls.remove(at: place)
    append(.partFinished(part))
  }

  /// Ends all parts.
  package mutating func finishParts() {
    finishCurrent()
    for call in calls { append(.partFinished(call)) }
    calls = []
  }

  /// Everything since the last call, in order.
  mutating func takeAll() -> [ReplyEvent] {
    flush()
    defer { events = [] }
    return events
  }

  private mutating func start(_ kind: ReplyPart.Kind) -> ReplyPart? {
    guard hasRoom() else { return nil }
    let part = ReplyPart(index: partCount, kind: kind)
    partCount += 1
    append(.partStarted(part))
    return part
  }

  private mutating func finishCurrent() {
    if let part = current.take() { append(.partFinished(part)) }
  }

  private mutating func flush() {
    guard let (part, text, pieces) = pending.take() else { return }
    events.append(.partDelta(part, text, pieces: pieces))
  }
}
