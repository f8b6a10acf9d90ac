package import Language

/// What happens while a reply is asked for, in the order in which it happens, whatever the wire.
///
/// A part of the reply is announced, grows and ends; parts may interleave, and each event says which
/// one it is about. Parts are numbered from 0 in the order in which they begin.
package enum ReplyEvent: Equatable, Sendable {
  /// A connection is being made; again for each attempt.
  case connecting
  /// The request leaves; nothing of the reply is there yet.
  case waiting
  /// Something that was set is sent otherwise, or not at all; once for each model and run.
  case adapted(Phrase)
  /// A part of the reply came, and cannot be kept on this machine.
  case lost(Phrase)
  /// The attempt failed; the next one, number `attempt` of retries from 1, follows after a delay.
  /// Number 0 is the first attempt, where the server's limit of requests is waited for. The reason is
  /// a clause without advice, to be put into a sentence.
  case retrying(attempt: Int, after: Duration, because: Phrase)
  case partStarted(ReplyPart)
  /// More of a part: everything that one read brought, joined from so many pieces of the server's.
  /// Never empty. Of a call, its arguments as JSON text.
  case partDelta(ReplyPart, String, pieces: Int = 1)
  /// A JSON object that only the server that gave it understands: of a call its further members, of
  /// reasoning the whole of it, of a text what the server calls it. Again where more came, with all of it.
  case partSealed(ReplyPart, String)
  /// Nothing more comes of the part.
  case partFinished(ReplyPart)
  /// A picture of the reply, whole, behind what came before it.
  case media(ReplyMedia)
  /// A part that is no text and comes whole, behind what came before it.
  case part(ContentPart)
  /// All text and reasoning so far is reasoning, or all of it is the answer: a model's thoughts turned
  /// out to have had no opening tag, or what was taken for thoughts to be the answer.
  case reclassified(isReasoning: Bool)
  /// The name of the server's configuration, where it tells one; again when it changes.
  case fingerprint(String)
  /// At most once, when the reply is over, also when it broke off.
  case usage(TokenUsage)
  /// The whole answer as its JSON text, of a reply that was not streamed; before its parts.
  case object(String)
  /// The end of a whole reply, and the reason as far as the server gave one.
  case finished(FinishReason?)
}

/// A picture or a file of a reply, from the wire to the disk.
package enum ReplyMedia: Equatable, Sendable {
  /// Where it is, or a `data:` URL of its bytes, as the server gave it.
  case address(String)
  /// A file that a tool of the server's wrote, which is there for minutes: its call, like
  /// `/containers/C/files/F/content`, nil where its identifiers are none for an address; and its name.
  case serverFile(call: String?, name: String)
  /// The bytes of a picture that a tool of the server's made, and the prompt as the model put it; the next
  /// one of the same call takes the place of one that is not finished.
  case made(PictureBytes, prompt: String?, isFinished: Bool, call: Int = 0)
  /// The part that stands for it, its bytes being kept.
  case kept(ContentPart, call: Int = 0)
  /// The same of a picture that is not finished: the next one of its call, finished or not, takes its place.
  case draft(ContentPart, call: Int = 0)
}

/// The bytes of a picture in the pieces in which they came: joining them would take as much memory again.
package struct PictureBytes: Equatable, Sendable, ExpressibleByArrayLiteral {
  package var pieces: [[UInt8]]

  package init(_ pieces: [[UInt8]] = []) {
    self.pieces = pieces
  }

  package init(_ bytes: some Sequence<UInt8>) { self.init([Array(bytes)]) }

  package init(arrayLiteral bytes: UInt8...) { self.init([bytes]) }

  package var count: Int { pieces.reduce(0) { $0 + $1.count } }

  /// Whether the bytes are the same, whatever the pieces.
  package static func == (one: PictureBytes, other: PictureBytes) -> Bool {
    one.pieces.joined().elementsEqual(other.pieces.joined())
  }
}

/// A part of a reply that is coming.
package struct ReplyPart: Hashable, Sendable {
  /// What the part's text is.
  package enum Kind: Hashable, Sendable {
    case text
    /// What the model shows of its thoughts.
    case reasoning
    /// A refusal, which stands in the answer's place.
    case refusal
    /// A call of a tool that the model wants made.
    case toolCall(id: String, name: String)
  }

  /// Its place among the reply's parts, from 0.
  package var index: Int
  package var kind: Kind

  package init(index: Int, kind: Kind) {
    self.index = index
    self.kind = kind
  }
}
