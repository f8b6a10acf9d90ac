import Conversation
import JSON

extension ReplyReader {
  /// Takes the next bytes of the answer.
  ///
  /// - Complexity: linear in the bytes fed, over all calls together.
  package mutating func feed(_ bytes: [UInt8]) {
    guard ending == nil else { return }
    switch form {
    case .unknown: open(with: bytes)
    case .stream: feedStream(bytes)
    case .document: feedDocument(bytes)
    }
  }

  /// Ends the answer, by its own end or by a fault of the network.
  package mutating func finish(_ fault: NetworkFault? = nil) {
    if form == .document { finishDocument(fault) }
    for event in parser.finish() where ending == nil { decodeEvent(event) }
    decoder.flush(into: &events)
    guard ending == nil else { return }
    if decoder.finishReason != nil { return end(nil) }
    // What has come can be gone on from, however its connection ended.
    if fault == .connectionLost, hasDelivered { return fail(.cutOff) }
    if let fault { return end(ChatAPIError(.network(fault), server: server)) }
    if unreadable != nil { return fail(.unreadable) }
    if hasDelivered { return fail(.cutOff) }
    fail(isStrange && hasBytes ? .malformed : .empty)
  }

  /// Tells what the answer is by its first byte behind a byte order mark and blanks.
  private mutating func open(with bytes: [UInt8]) {
    document += bytes
    if isAtStart {
      // Part of a mark says nothing yet.
      if document.count < byteOrderMark.count, byteOrderMark.starts(with: document) { return }
      if document.starts(with: byteOrderMark) { document.removeFirst(byteOrderMark.count) }
      isAtStart = false
    }
    let rest = Array(document.drop { $0.isJSONBlank })
    document = []
    guard let first = rest.first else { return }
    let documents = [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<")]
    form = documents.contains(first) ? .document : .stream
    feed(rest)
  }

  private mutating func feedStream(_ bytes: [UInt8]) {
    noteOpening(bytes)
    let text = takesPictures ? events.pictures.feed(bytes) : bytes
    for event in parser.feed(text) where ending == nil { decodeEvent(event) }
    if parser.hasOverflowed { fail(.eventTooLong) }
  }

  private mutating func decodeEvent(_ event: ServerSentEvent) {
    if event.isStrayLine { return decodeStrayLine(event.data) }
    if !stray.isEmpty { stray = StrayLines() }
    if !joiner.waits, let text = repeated.text(of: event) { return take(text) }
    if event.isDone { return end(nil) }
    if event.name == "error" { return fail(with: event.fault) }
    let data = joiner.join(event.data)
    if let json = JSONValue(parsing: data, ignoring: decoder.ignoredMembers) {
      decode(json)
      if let text = decoder.onlyText, !joiner.waits, data == event.data {
        repeated.learn(event, holding: text, ignoring: decoder.ignoredMembers)
      }
    } else if event.looksLikeJSON, unreadable == nil {
      unreadable = Array(event.data.prefix(Self.excerptLimit))
    }
  }

  /// A server that fails in mid-stream may write its error as it would have at first: bare.
  private mutating func decodeStrayLine(_ line: [UInt8]) {
    guard let json = stray.append(line) else { return }
    if let fault = ServerFault(json) { return fail(with: fault) }
    if decoder.recognizes(json) { decode(json) }
  }

  private mutating func feedDocument(_ bytes: [UInt8]) {
    noteOpening(bytes)
    let room = (head.isSuccess ? documentLimit : Self.errorLimit) - document.count
    document += bytes.prefix(room)
    balance.feed(bytes)
    guard bytes.count > room else { return }
    if head.isSuccess { fail(.tooLong(limit: lengthLimit)) } else { finishDocument(nil) }
  }

  /// The largest answer in one piece that is held, in bytes: an escape takes three times the room of
  /// the character that it stands for.
  private var documentLimit: Int { max(1 << 20, min(lengthLimit, 1 << 40) * 3) }

  private mutating func finishDocument(_ fault: NetworkFault?) {
    guard ending == nil else { return }
    if !head.isSuccess { return fail(with: ServerFault(answer: document)) }
    guard let json = JSONValue(parsing: document) else {
      if let fault { return end(ChatAPIError(.network(fault), server: server)) }
      let fault = ServerFault(answer: document)
      return fault.isPage ? fail(with: fault) : fail(.malformed)
    }
    if ServerFault(json) == nil {
      events.append(.object(String(decoding: document, as: UTF8.self)))
    }
    decode(json)
    decoder.flush(into: &events)
    guard ending == nil else { return }
    if isStrange { return fail(.malformed) }
    if decoder.finishReason != nil || hasDelivered { end(nil) } else { fail(.empty) }
  }
}

/// Lines of a stream that belong to no event, as far as they may be JSON on one line or on several.
struct StrayLines: Equatable, Sendable {
  /// How much is kept, in bytes.
  private static let limit = 64 << 10

  private(set) var text: [UInt8] = []

  var isEmpty: Bool { text.isEmpty }

  /// Where the JSON begins that is not closed yet.
  private var start = 0
  private var balance = JSONNesting()

  /// Adds a line; the JSON that it completes, where it does.
  ///
  /// - Complexity: linear in the bytes added, over all calls together.
  mutating func append(_ line: [UInt8]) -> JSONValue? {
    guard text.count + line.count < Self.limit else { return nil }
    text += line + [0x0A]
    balance.feed(line)
    guard balance.isClosed else { return nil }
    defer { (start, balance) = (text.count, JSONNesting()) }
    let json = text[start...].drop { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "[") }
    return JSONValue(parsing: Array(json))
  }
}

extension ServerSentEvent {
  /// Whether this is the end of the stream, `[DONE]` with or without blanks.
  fileprivate var isDone: Bool {
    guard data.count < 32, data.contains(UInt8(ascii: "[")) else { return false }
    return String(decoding: data, as: UTF8.self).trimmingBlanks.hasPrefix("[DONE]")
  }

  /// Whether the data was meant to be an object, unlike the `ping` of some relays.
  fileprivate var looksLikeJSON: Bool {
    data.first { !$0.isJSONBlank } == UInt8(ascii: "{")
  }

  /// What an event called `error` says.
  fileprivate var fault: ServerFault {
    guard let json = JSONValue(parsing: data) else {
      return ServerFault(message: String(decoding: data, as: UTF8.self))
    }
    return ServerFault(json) ?? ServerFault(body: json)
  }
}

private let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
