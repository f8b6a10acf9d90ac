import Conversation
import Secrets

/// Takes secrets out of the events of one reply, also where one is spread over several.
///
/// Each part is a text of its own; what it holds back comes when it ends, at the latest.
struct ReplyRedaction {
  private let redaction: Redaction
  /// The parts that are not finished, in the order in which they began.
  private var parts: [(part: ReplyPart, stream: RedactionStream)] = []

  init(_ redaction: Redaction) {
    self.redaction = redaction
  }

  func redacted(_ error: ChatAPIError) -> ChatAPIError { error.redacted(by: redaction) }

  /// The events that stand for one; none where all of its text is held back.
  mutating func redacted(_ event: ReplyEvent) -> [ReplyEvent] {
    switch event {
    case .partStarted(let part):
      parts.append((part, RedactionStream(redaction)))
      return [.partStarted(redacted(part))]
    case .partDelta(let part, let piece, let count):
      guard let place = parts.firstIndex(where: { $0.part == part }) else { return [] }
      let judged = parts[place].stream.feed(piece)
      return judged.isEmpty ? [] : [.partDelta(redacted(part), judged, pieces: count)]
    case .partFinished(let part):
      guard let place = parts.firstIndex(where: { $0.part == part }) else { return [] }
      defer { parts.remove(at: place) }
      return rest(ofPartAt: place) + [.partFinished(redacted(part))]
    case .callSealed(let part, let json):
      return [.callSealed(redacted(part), redaction.redacting(json))]
    case .media(.address(let url)):
      // A redacted address leads nowhere.
      return redaction.redacting(url) == url ? [event] : []
    case .media(.kept): return [event]
    case .object(let json): return [.object(redaction.redacting(json))]
    case .fingerprint(let name): return [.fingerprint(redaction.redacting(name))]
    case .usage, .finished, .reclassified: return rest() + [event]
    case .adapted, .connecting, .waiting, .retrying: return [event]
    }
  }

  /// What is held back, when the reply is over.
  mutating func rest() -> [ReplyEvent] {
    parts.indices.flatMap { rest(ofPartAt: $0) }
  }

  private mutating func rest(ofPartAt place: Int) -> [ReplyEvent] {
    let text = parts[place].stream.finish()
    return text.isEmpty ? [] : [.partDelta(redacted(parts[place].part), text)]
  }

  private func redacted(_ part: ReplyPart) -> ReplyPart {
    guard case .toolCall(let id, let name) = part.kind else { return part }
    let kind = ReplyPart.Kind.toolCall(
      id: redaction.redacting(id), name: redaction.redacting(name))
    return ReplyPart(index: part.index, kind: kind)
  }
}
