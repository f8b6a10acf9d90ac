extension ReplyReader {
  /// Takes the next bytes of the answer.
  package mutating func feed(_ bytes: [UInt8]) {
    guard ending == nil else { return }
    noteOpening(bytes)
    if form == .unknown {
      document += bytes
      guard decideForm() else { return }
      let all = document
      document = []
      return read(all)
    }
    read(bytes)
  }

  private mutating func read(_ bytes: [UInt8]) {
    if form == .document { return feedDocument(bytes) }
    for event in parser.feed(bytes) { take(event) }
    if parser.hasOverflowed { fail(.eventTooLong) }
  }

  /// Ends the answer, by its own end or by a fault of the network.
  package mutating func finish(_ fault: NetworkFault? = nil) {
    if form == .document { finishDocument(fault) }
    for event in parser.finish() where ending == nil { take(event) }
    guard ending == nil else { return }
    if isWhole { return end(nil) }
    if let fault { return end(ChatAPIError(.network(fault), server: server)) }
    if hasDelivered { return fail(.cutOff) }
    fail(isStrange && hasBytes ? .malformed : .empty)
  }

  /// Tells what the answer is by its first byte that is no blank; false while there is none.
  private mutating func decideForm() -> Bool {
    var start = document[...]
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
    guard let first = start.first(where: { !$0.isJSONBlank }) else { return false }
    let documents = [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<")]
    form = documents.contains(first) ? .document : .stream
    return true
  }

  private mutating func take(_ event: ServerSentEvent) {
    guard ending == nil else { return }
    if event.isDone { return end(nil) }
    if event.name == "error" { return fail(with: event.fault) }
    if let json = JSONValue(parsing: event.data, ignoring: ReplyChunk.ignored) { take(json) }
  }

  private mutating func feedDocument(_ bytes: [UInt8]) {
    document += bytes
    if !head.isSuccess, document.count > Self.errorLimit { return finishDocument(nil) }
    if document.count > Self.documentLimit { fail(.eventTooLong) }
  }

  private mutating func finishDocument(_ fault: NetworkFault?) {
    if !head.isSuccess { return fail(with: ServerFault(answer: document)) }
    guard let json = JSONValue(parsing: document) else {
      if let fault { return end(ChatAPIError(.network(fault), server: server)) }
      let fault = ServerFault(answer: document)
      return fault.isPage ? fail(with: fault) : fail(.malformed)
    }
    if ServerFault(json) == nil {
      deltas.append(.responseObject(String(decoding: document, as: UTF8.self)))
    }
    take(json)
    guard ending == nil else { return }
    if isStrange { return fail(.malformed) }
    if isWhole || hasDelivered { end(nil) }
  }
}

extension ServerSentEvent {
  /// Whether this is the end of the stream, `[DONE]` with or without blanks.
  fileprivate var isDone: Bool {
    guard data.count < 32, data.contains(UInt8(ascii: "[")) else { return false }
    return String(decoding: data, as: UTF8.self).trimmingBlanks.hasPrefix("[DONE]")
  }

  /// What an event called `error` says.
  fileprivate var fault: ServerFault {
    guard let json = JSONValue(parsing: data) else {
      return ServerFault(message: String(decoding: data, as: UTF8.self))
    }
    return ServerFault(json) ?? ServerFault(body: json)
  }
}
