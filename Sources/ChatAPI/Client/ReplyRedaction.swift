import Secrets

/// Takes secrets out of the events of one reply, also where one is spread over several.
///
/// Text, reasoning and refusal are a text each; what one of them holds back comes before the next
/// event of another kind.
struct ReplyRedaction {
  private let redaction: Redaction
  private var text: RedactionStream
  private var reasoning: RedactionStream
  private var refusal: RedactionStream

  init(_ redaction: Redaction) {
    self.redaction = redaction
    text = RedactionStream(redaction)
    reasoning = RedactionStream(redaction)
    refusal = RedactionStream(redaction)
  }

  func redacted(_ error: ChatAPIError) -> ChatAPIError { error.redacted(by: redaction) }

  /// The events that stand for one; none where all of its text is held back.
  mutating func redacted(_ event: ReplyEvent) -> [ReplyEvent] {
    switch event {
    case .text(let piece, let count):
      let judged = text.feed(piece)
      return judged.isEmpty ? [] : [.text(judged, deltas: count)]
    case .reasoning(let piece, let count):
      let judged = reasoning.feed(piece)
      return judged.isEmpty ? [] : [.reasoning(judged, deltas: count)]
    case .refusal(let piece, let count):
      let judged = refusal.feed(piece)
      return judged.isEmpty ? [] : [.refusal(judged, deltas: count)]
    case .responseObject(let json): return [.responseObject(redaction.redacting(json))]
    case .systemFingerprint(let name): return [.systemFingerprint(redaction.redacting(name))]
    case .usage, .finished, .reclassified: return rest() + [event]
    case .adapted, .connecting, .waiting, .retrying: return [event]
    }
  }

  /// What is held back, when the reply is over.
  mutating func rest() -> [ReplyEvent] {
    let (reasoning, text, refusal) = (reasoning.finish(), text.finish(), refusal.finish())
    return (reasoning.isEmpty ? [] : [.reasoning(reasoning)])
      + (text.isEmpty ? [] : [.text(text)]) + (refusal.isEmpty ? [] : [.refusal(refusal)])
  }
}
