/// Joins the pieces of text that arrive together, so that a burst of chunks becomes few events.
struct DeltaBuffer: Sendable {
  /// A piece of a reply, in its channel.
  enum Piece {
    case text(String)
    case reasoning(String)
    case refusal(String)

    var text: String {
      switch self {
      case .text(let text), .reasoning(let text), .refusal(let text): text
      }
    }
  }

  private enum Channel {
    case text
    case reasoning
    case refusal
  }

  private var events: [ReplyEvent] = []
  private var channel = Channel.text
  private var joined = ""
  private var count = 0

  mutating func append(_ piece: Piece) {
    switch piece {
    case .text(let text): append(text, to: .text)
    case .reasoning(let text): append(text, to: .reasoning)
    case .refusal(let text): append(text, to: .refusal)
    }
  }

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
