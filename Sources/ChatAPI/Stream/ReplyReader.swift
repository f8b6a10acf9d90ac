package import Conversation
import JSON
import Language

/// Reads one answer of a server, whatever it turns out to be, into events.
///
/// A pure state machine: bytes in, events and at last an ending out. What the answer is, is told
/// from its status and its first byte, not from its content type, which relays get wrong: `{` or
/// `[` opens a completion or an error, `<` a page, anything else is a stream of events. What comes
/// out depends on the bytes alone, not on how they were split. What the JSON in it says is the
/// wire's own ``ReplyDecoder``'s to know.
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
  var form = Form.unknown
  var isAtStart = true
  var document: [UInt8] = []
  var balance = JSONNesting()
  var parser = ServerSentEventParser(keepsStrayLines: true)
  var joiner = CharacterJoiner()
  var repeated = RepeatedEvent()
  /// Lines of a stream that belong to no event, since the last event.
  var stray = StrayLines()
  /// The start of the first event that is broken JSON.
  var unreadable: [UInt8]?
  var events = ReplyEventBuffer()
  var decoder: any ReplyDecoder
  /// Whether pictures are decoded as they come.
  let takesPictures: Bool
  /// Whether nothing that came was part of a chat API's answer.
  private(set) var isStrange = true
  /// The first bytes of a strange answer, for the user to see.
  private var opening: [UInt8] = []

  /// A reader of the answer with this head, on the wire of this decoder.
  ///
  /// `takesPictures` says that pictures were asked for: they are decoded while their events come.
  package init(
    head: ResponseHead, server: String, key: APIKey?, request: RequestFacts = RequestFacts(),
    decoder: any ReplyDecoder, takesPictures: Bool = false, lengthLimit: Int = 64 << 20
  ) {
    self.head = head
    self.server = server
    self.key = key
    self.request = request
    self.lengthLimit = lengthLimit
    self.decoder = decoder
    self.takesPictures = takesPictures
    if !head.isSuccess { form = .document }
  }

  /// Whether any of the reply's text has been given out.
  package var hasDelivered: Bool { events.byteCount > 0 }

  /// Whether the reply is whole if nothing more comes: its finish reason is there, or the closing
  /// bracket of an answer in one piece.
  package var isWhole: Bool { decoder.finishReason != nil || form == .document && balance.isClosed }

  /// The events since the last call.
  package mutating func takeEvents() -> [ReplyEvent] {
    decoder.flush(into: &events)
    return events.takeAll()
  }

  /// Takes an event of a stream, or the whole answer.
  mutating func decode(_ json: JSONValue) {
    if isStrange { isStrange = !decoder.recognizes(json) }
    decoder.decode(json, into: &events)
    if let fault = ServerFault(json) {
      fail(with: fault)
    } else if decoder.finishReason == .other("error") {
      fail(with: ServerFault(type: "server_error"))
    } else {
      checkLength()
    }
  }

  /// Takes the text of an event that is the last one but for its text.
  mutating func take(_ text: String) {
    decoder.take(text)
    checkLength()
  }

  private mutating func checkLength() {
    if events.hasTooManyParts { return fail(.tooManyParts(limit: ReplyEventBuffer.partLimit)) }
    guard events.byteCount + decoder.waitingByteCount > lengthLimit else { return }
    fail(.tooLong(limit: lengthLimit))
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
      case .eventTooLong, .tooLong, .tooManyParts, .empty, .pictureUnreadable, .pictureMissing,
        .pictureTooLarge, .tooManyPictures:
        []
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
    decoder.finish(into: &events)
    if let error {
      ending = .failed(error)
      return
    }
    if unreadable != nil {
      events.append(
        .adapted(say("\(server) sent a part that cannot be read: the reply may have a gap.")))
    }
    events.append(.finished(decoder.finishReason))
    ending = .finished
  }

  /// Whether anything but blanks came at all.
  var hasBytes: Bool { !opening.isEmpty }

  mutating func noteOpening(_ bytes: [UInt8]) {
    guard isStrange, opening.count < Self.excerptLimit else { return }
    opening += bytes.prefix(Self.excerptLimit - opening.count)
  }
}
