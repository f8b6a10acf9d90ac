import Conversation

/// Reads one answer of `…/chat/completions`, whatever it turns out to be, into events.
///
/// A pure state machine: bytes in, events and at last an ending out. What the answer is, is told
/// from its status and its first byte, not from its content type, which relays get wrong: `{` or
/// `[` opens a completion or an error, `<` a page, anything else is a stream of events.
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

  /// The largest answer in one piece that is held, in bytes.
  static let documentLimit = 64 << 20
  /// How much of an error is read, in bytes.
  static let errorLimit = 1 << 20

  let head: ResponseHead
  let server: String
  let key: APIKey?
  /// Set once; nothing is read behind it.
  package internal(set) var ending: Ending?
  /// Whether any of the reply's text has been given out.
  package private(set) var hasDelivered = false
  var form = Form.unknown
  var document: [UInt8] = []
  var parser = ServerSentEventParser()
  var deltas = DeltaBuffer()
  private var think = ThinkSplitter()
  var finishReason: FinishReason?
  private var usage: TokenUsage?
  private var fingerprint: String?
  /// Whether nothing that came was part of a chat API's answer.
  private(set) var isStrange = true
  /// The first bytes of a strange answer, for the user to see.
  private var opening: [UInt8] = []

  package init(head: ResponseHead, server: String, key: APIKey?) {
    self.head = head
    self.server = server
    self.key = key
    if !head.isSuccess { form = .document }
  }

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
    }
  }

  private mutating func deliver(_ chunk: ReplyChunk) {
    let (thought, answer) = chunk.text.isEmpty ? ("", "") : think.feed(chunk.text)
    deliver(reasoning: chunk.reasoning + thought, answer: answer, refusal: chunk.refusal)
  }

  private mutating func deliver(reasoning: String, answer: String, refusal: String = "") {
    deltas.append(reasoning: reasoning)
    deltas.append(text: answer)
    deltas.append(refusal: refusal)
    hasDelivered = hasDelivered || !(reasoning.isEmpty && answer.isEmpty && refusal.isEmpty)
  }

  mutating func fail(with fault: ServerFault) {
    end(ChatAPIError(head, fault: fault, server: server, key: key))
  }

  mutating func fail(_ fault: ReplyFault) {
    var error = ChatAPIError(.reply(fault), server: server)
    if fault == .malformed, !opening.isEmpty { error.message = shown(opening) }
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
    let (thought, answer) = think.finish()
    deliver(reasoning: thought, answer: answer)
    if let usage { deltas.append(.usage(usage)) }
    if let error {
      ending = .failed(error)
    } else {
      deltas.append(.finished(finishReason))
      ending = .finished
    }
  }

  /// Whether the reply, if nothing more comes, is whole.
  var isWhole: Bool { finishReason != nil }

  /// Whether anything but blanks of HTTP came at all.
  var hasBytes: Bool { !opening.isEmpty }

  mutating func noteOpening(_ bytes: [UInt8]) {
    if isStrange, opening.count < 2000 { opening += bytes.prefix(2000) }
  }
}
