import Conversation
import Language
import Secrets

/// Takes secrets out of the events of one reply, also where one is spread over several.
///
/// Each part is a text of its own; what it holds back comes when it ends, at the latest. It is read
/// behind the parts of its kind, and behind what came last: a secret that is spread over many short
/// parts is not shown by all of them together.
struct ReplyRedaction {
  private let redaction: Redaction
  /// The parts that are not finished, in the order in which they began.
  private var parts: [(part: ReplyPart, stream: RedactionStream)] = []
  /// The ends of what came, unredacted: of all of it, and by the kinds of its parts.
  private var end = TextEnd()
  private var ends = KindEnds()

  init(_ redaction: Redaction) {
    self.redaction = redaction
  }

  func redacted(_ error: ChatAPIError) -> ChatAPIError { error.redacted(by: redaction) }

  /// The events that stand for one; none where all of its text is held back.
  mutating func redacted(_ event: ReplyEvent) -> [ReplyEvent] {
    switch event {
    case .partStarted(let part):
      let before = [end.text, ends[Kind(part)]]
      parts.append((part, RedactionStream(redaction, behind: before)))
      return [.partStarted(redacted(part))]
    case .partDelta(let part, let piece, let count):
      guard let place = parts.firstIndex(where: { $0.part == part }) else { return [] }
      note(piece, of: part)
      let judged = parts[place].stream.feed(piece)
      return judged.isEmpty ? [] : [.partDelta(redacted(part), judged, pieces: count)]
    case .partFinished(let part):
      guard let place = parts.firstIndex(where: { $0.part == part }) else { return [] }
      defer { parts.remove(at: place) }
      return rest(ofPartAt: place) + [.partFinished(redacted(part))]
    case .partSealed(let part, let json):
      return [.partSealed(redacted(part), redaction.redacting(json))]
    case .media(.address(let url)):
      // A redacted address leads nowhere.
      return redaction.redacting(url) == url
        ? [event] : [.adapted(say("The reply has a picture at an address that is not kept."))]
    case .media(.serverFile(let call, let name)):
      let isPlain = call.map { redaction.redacting($0) == $0 } ?? false
      return [
        .media(.serverFile(call: isPlain ? call : nil, name: redaction.redacting(name)))
      ]
    case .media(.made(let bytes, let prompt, let isFinished, let call)):
      let prompt = prompt.map { redaction.redacting($0) }
      return [.media(.made(bytes, prompt: prompt, isFinished: isFinished, call: call))]
    case .media(.kept), .media(.draft): return [event]
    case .part(let part): return [.part(redaction.redacting(part))]
    case .object(let json): return [.object(redaction.redacting(json))]
    case .fingerprint(let name): return [.fingerprint(redaction.redacting(name))]
    case .finished(.other(let reason)?):
      return rest() + [.finished(FinishReason(rawValue: redaction.redacting(reason)))]
    case .usage, .finished, .reclassified: return rest() + [event]
    case .adapted, .lost, .connecting, .waiting, .retrying: return [event]
    }
  }

  private mutating func note(_ piece: String, of part: ReplyPart) {
    guard !redaction.isEmpty else { return }
    end.append(piece)
    ends.append(piece, to: Kind(part))
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

extension ReplyRedaction {
  /// The parts whose texts are read one behind the other.
  private enum Kind {
    case said, thought, called

    init(_ part: ReplyPart) {
      switch part.kind {
      case .text, .refusal: self = .said
      case .reasoning: self = .thought
      case .toolCall: self = .called
      }
    }
  }

  /// The ends of the texts of each kind.
  private struct KindEnds {
    private var said = TextEnd()
    private var thought = TextEnd()
    private var called = TextEnd()

    subscript(kind: Kind) -> String {
      switch kind {
      case .said: said.text
      case .thought: thought.text
      case .called: called.text
      }
    }

    mutating func append(_ piece: String, to kind: Kind) {
      switch kind {
      case .said: said.append(piece)
      case .thought: thought.append(piece)
      case .called: called.append(piece)
      }
    }
  }

  /// The last 512 to 4,096 bytes of a text: more than the longest run by which a secret is found, in any
  /// spelling.
  private struct TextEnd {
    private(set) var text = ""

    mutating func append(_ piece: String) {
      text += piece
      guard text.utf8.count > 4096 else { return }
      text = String(decoding: text.utf8.suffix(512), as: UTF8.self)
    }
  }
}

extension Redaction {
  /// A part that came whole, without secrets.
  fileprivate func redacting(_ part: ContentPart) -> ContentPart {
    switch part {
    case .text(let text): .text(redacting(text))
    case .reasoning(let reasoning):
      .reasoning(
        Reasoning(text: redacting(reasoning.text), opaque: reasoning.opaque.map(redacting)))
    case .hostedCall(let call): .hostedCall(redacting(call))
    case .citations(let citations): .citations(citations.map(redacting))
    case .unknown(let json): .unknown(json: redacting(json))
    // Replies bring none of these whole.
    case .media, .toolCall, .toolResult, .drawing: part
    }
  }

  private func redacting(_ call: HostedToolCall) -> HostedToolCall {
    HostedToolCall(
      call.tool, input: redacting(call.input), output: redacting(call.output),
      container: call.container.map(redacting), isFailed: call.isFailed,
      opaque: redacting(call.opaque), drawing: call.drawing)
  }

  /// The source without secrets; a redacted address leads nowhere.
  private func redacting(_ citation: Citation) -> Citation {
    let url = citation.url.flatMap { redacting($0.rawValue) == $0.rawValue ? $0 : nil }
    return Citation(title: redacting(citation.title), url: url)
  }
}
