import ChatAPI
import Conversation

/// Events of a reply by the kind of their part, each the first of its reply.
extension ReplyEvent {
  static func text(_ text: String, pieces: Int = 1) -> ReplyEvent {
    .partDelta(ReplyPart(index: 0, kind: .text), text, pieces: pieces)
  }

  static func reasoning(_ text: String) -> ReplyEvent {
    .partDelta(ReplyPart(index: 0, kind: .reasoning), text)
  }

  static func refusal(_ text: String) -> ReplyEvent {
    .partDelta(ReplyPart(index: 0, kind: .refusal), text)
  }

  /// More of the answer's text; nil for any other event.
  var answer: String? {
    if case .partDelta(let part, let text, _) = self, part.kind == .text { text } else { nil }
  }
}

extension [ReplyEvent] {
  /// The events without the beginnings and ends of parts, neighbouring pieces of one kind as one, as
  /// if each part were the first.
  var joined: [ReplyEvent] {
    reduce(into: []) { joined, event in
      switch (joined.last, event) {
      case (_, .partStarted), (_, .partFinished): break
      case (.partDelta(let part, let first, _)?, .partDelta(let other, let second, _))
      where part.kind == other.kind:
        joined[joined.count - 1] = .partDelta(part, first + second)
      case (_, .partDelta(let part, let text, _)):
        joined.append(.partDelta(ReplyPart(index: 0, kind: part.kind), text))
      default: joined.append(event)
      }
    }
  }
}

extension ReplyReader {
  /// A reader of an answer on the wire of chat completions.
  init(
    head: ResponseHead, server: String, key: APIKey?, request: RequestFacts = RequestFacts(),
    lengthLimit: Int = 64 << 20, startsInReasoning: Bool = false
  ) {
    let wire = ChatCompletions(Dialect())
    self.init(
      head: head, server: server, key: key, request: request,
      decoder: wire.makeDecoder(startsInReasoning: startsInReasoning), lengthLimit: lengthLimit)
  }
}

extension ResponseHead {
  static let ok = ResponseHead(status: 200)
}

extension Dialect {
  /// The dialect of a host as its row in the table of servers has it.
  static func of(_ host: String) -> Dialect {
    var dialect = Dialect()
    if host == "api.openai.com" || host.hasSuffix(".openai.azure.com") {
      dialect.maxTokensName = .maxCompletionTokens
      dialect.knowsDeveloperRole = true
      dialect.refusesStorage = host == "api.openai.com"
    } else if host == "api.mistral.ai" {
      dialect.seedName = "random_seed"
      dialect.includesUsage = false
    }
    return dialect
  }
}
