/// Joins the pieces of text that arrive together, so that a burst of chunks becomes few events.
struct DeltaBuffer: Sendable {
  private enum Channel {
    case text
    case reasoning
    case refusal
  }

  private var events: [ReplyEvent] = []
  private var channel = Channel.text
  private var joined = ""
  private var count = 0

  mutating func append(text: String) { append(text, to: .text) }
  mutating func append(reasoning: String) { append(reasoning, to: .reasoning) }
  mutating func append(refusal: String) { append(refusal, to: .refusal) }

  mutating func append(_ event: ReplyEvent) {
    flush()
    events.append(event)
  }

  /// Everything so far, in order.
  mutating func takeAll() -> [ReplyEvent] {
    flush()
    defer { events = [] }
    return events
  }

  private mutating func append(_ piece: String, to channel: Channel) {
    guard !piece.isEmpty else { return }
    if channel != self.channel { flush() }
    self.channel = channel
    joined += piece
    count += 1
  }

  private mutating func flush() {
    guard !joined.isEmpty else { return }
    switch channel {
    case .text: events.append(.text(joined, deltas: count))
    case .reasoning: events.append(.reasoning(joined, deltas: count))
    case .refusal: events.append(.refusal(joined, deltas: count))
    }
    (joined, count) = ("", 0)
  }
}
