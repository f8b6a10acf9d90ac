import Conversation
import JSON
import Language

/// Reads one answer of `…/chat/completions`, whatever it turns out to be, into events.
///
/// A pure state machine: bytes in, events and at last an ending out. What the answer is, is told
/// from its status and its first byte, not from its content type, which relays get wrong: `{` or
/// `[` opens a completion or an error, `<` a page, anything else is a stream of events. What comes
/// out depends on the bytes alone, not on how they were split.
package struct ReplyReader: Sendable {
  /// How an answer came out.
  package enum Ending: Equatable, Sendable {
    case finished
    case failed(ChatAPIError)
  }

  enum Form: Equatable, Sendable {
    /// Nothing but blanks has come. Next: `stream`, `document`.
    case unknown
    case stream
    /// Read whole before it is understood.
    case document
  }

  /// How much of an error is read, in bytes.
  static let errorLimit = 1 << 20
  /// How much of what cannot be read is kept for the user to see, in bytes.
  static let excerptLimit = 2000

  let head: ResponseHead
  let server: String
  let key: APIKey?
  let request: RequestFacts
  /// The longest reply that is taken, in bytes of its text and reasoning.
  let lengthLimit: Int
  /// Set once; nothing is read behind it.
  package internal(set) var ending: Ending?
  /// How many bytes of text and reasoning have been given out.
  package private(set) var deliveredByteCount = 0
  var form = Form.unknown
  var isAtStart = true
  var document: [UInt8] = []
  var balance = JSONNesting()
  var parser = ServerSentEventParser(keepsStrayLines: true)
  var joiner = CharacterJoiner()
  /// Lines of a stream that belong to no event, since the last event.
  var stray = StrayLines()
  /// The start of the first event that is broken JSON.
  var unreadable: [UInt8]?
  var deltas = DeltaBuffer()
  private var think: ThinkSplitter
  var finishReason: FinishReason?
  private var usage: TokenUsage?
  private var fingerprint: String?
  /// Whether nothing that came was part of a chat API's answer.
  private(set) var isStrange = true
  /// The first bytes of a strange answer, for the user to see.
  private var opening: [UInt8] = []

  /// A reader of the answer with this head.
  ///
  /// `startsInReasoning` says that the model was seen to close a `<think>` that it had not opened.
  package init(
    head: ResponseHead, server: String, key: APIKey?, request: RequestFacts = RequestFacts(),
    lengthLimit: Int = 64 << 20, startsInReasoning: Bool = false
  ) {
    self.head = head
    self.server = server
    self.key = key
    self.request = request
    self.lengthLimit = lengthLimit
    think = ThinkSplitter(startsInReasoning: startsInReasoning)
    if !head.isSuccess { form = .document }
  }

  /// Whether any of the reply's text has been given out.
  package var hasDelivered: Bool { deliveredByteCount > 0 }

  /// Whether the reply is whole if nothing more comes: its finish reason is there, or the closing
  /// bracket of an answer in one piece.
  package var isWhole: Bool { finishReason != nil || form == .document && balance.isClosed }

  /// The events since the last call.
  package mutating func takeEvents() -> [ReplyEvent] { deltas.takeAll() }

  /// Takes a chunk of a stream, or the whole completion.
  mutating func take(_ json: JSONValue) {
    let chunk = ReplyChunk(json)
    usage = chunk.usage ?? usage
    finishReason = chunk.finishReason ?? finishReason
    if isStrange { isStrange = json["choices"] == nil && chunk.usage == nil }
    deliver(chunk)
    if let name = chunk.systemFingerprint, name != fingerprint {
      fingerprint = name
      deltas.append(.systemFingerprint(name))
    }
    if let fault = ServerFault(json) {
      fail(with: fault)
    } else if finishReason == .other("error") {
      fail(with: ServerFault(type: "server_error"))
    } else if deliveredByteCount > lengthLimit {
      fail(.tooLong(limit: lengthLimit))
    }
  }

  private mutating func deliver(_ chunk: ReplyChunk) {
    if !chunk.reasoning.isEmpty {
      think.noteReasoningElsewhere()
      deliver(.reasoning(chunk.reasoning))
    }
    if !chunk.text.isEmpty { deliver(think.feed(chunk.text)) }
    deliver(.refusal(chunk.refusal))
  }

  private mutating func deliver(_ pieces: ThinkSplitter.Pieces) {
    deliver(.reasoning(pieces.reasoning))
    if pieces.reasoningWasAnswer { deltas.append(.reclassified(.answer)) }
    deliver(.text(pieces.answer))
    if pieces.answerWasReasoning { deltas.append(.reclassified(.reasoning)) }
    deliver(.text(pieces.rest))
  }

  private mutating func deliver(_ piece: DeltaBuffer.Piece) {
    deltas.append(piece)
    deliveredByteCount += piece.text.utf8.count
  }

  mutating func fail(with fault: ServerFault) {
    end(ChatAPIError(head, fault: fault, server: server, key: key, request: request))
  }

  /// Fails with the excerpt of what came that explains it, where there is one.
  mutating func fail(_ fault: ReplyFault) {
    var error = ChatAPIError(.reply(fault), server: server)
    let excerpt: [UInt8] =
      switch fault {
      case .malformed: opening
      case .unreadable: unreadable ?? []
      case .cutOff: stray.text
      case .eventTooLong, .tooLong, .empty: []
      }
    if !excerpt.isEmpty { error.message = shown(excerpt) }
    error.requestID = head.headers["x-request-id"]
    end(error)
  }

  private func shown(_ bytes: [UInt8]) -> String {
    let line = String(decoding: bytes, as: UTF8.self).folded(to: 500)
    return key?.redacting(line) ?? line
  }

  /// Ends the reply, in good order where `error` is nil.
  mutating func end(_ error: ChatAPIError?) {
    guard ending == nil else { return }
    deliver(think.finish())
    if let usage { deltas.append(.usage(usage)) }
    if let error {
      ending = .failed(error)
      return
    }
    if unreadable != nil {
      deltas.append(
        .adapted(say("\(server) sent a part that cannot be read: the reply may have a gap.")))
    }
    deltas.append(.finished(finishReason))
    ending = .finished
  }

  /// Whether anything but blanks came at all.
  var hasBytes: Bool { !opening.isEmpty }

  mutating func noteOpening(_ bytes: [UInt8]) {
    guard isStrange, opening.count < Self.excerptLimit else { return }
    opening += bytes.prefix(Self.excerptLimit - opening.count)
  }
}
