package import ChatAPI
import JSON

/// What was heard, as far as servers tell.
package struct Transcript: Equatable, Sendable {
  package var text = ""
  /// How long the recording is by the server's count.
  package var seconds: Double?
  package var tokens: Int?
  /// What was said when, where the server told it in JSON.
  package var segments: [Subtitles.Cue] = []

  package init() {}

  /// What was said when, whatever the server was asked for: its segments, or a text that is a file of
  /// subtitles.
  ///
  /// Without cues where it tells no times.
  package var subtitles: Subtitles {
    segments.isEmpty ? Subtitles(parsing: text) : Subtitles(cues: segments)
  }
}

/// Makes a transcript of an answer as it comes: of events, of JSON, or of bare text, told by what came.
package struct TranscriptDecoder: Sendable {
  private let provider: Provider
  private let mediaType: String
  private let shape: TranscriptionRequest.Shape
  private var parser: ServerSentEventParser?
  private var held: [UInt8] = []
  private var isDone = false
  /// What the text is made of, as the first event that has some shows; the other kind would say it again.
  private var source: TextSource?
  /// What ended the answer behind the text that was given last: it is told when that has been used.
  package private(set) var fault: AudioError?
  /// What has come so far.
  package private(set) var transcript = Transcript()

  /// A decoder of an answer of that `Content-Type` to a request for that shape.
  package init(mediaType: String, shape: TranscriptionRequest.Shape, from provider: Provider) {
    self.provider = provider
    self.mediaType = mediaType
    self.shape = shape
    if mediaType == "text/event-stream" { parser = ServerSentEventParser() }
  }

  /// The text that these bytes add.
  ///
  /// Where they hold text and an error behind it, the text is given, and the error is ``fault``.
  package mutating func feed(_ bytes: [UInt8]) throws(AudioError) -> String {
    if let fault { throw fault }
    return try given(taken(bytes))
  }

  /// The text, or the fault where there is none before it.
  private func given(_ text: String) throws(AudioError) -> String {
    if text.isEmpty, let fault { throw fault }
    return text
  }

  private mutating func taken(_ bytes: [UInt8]) -> String {
    guard parser != nil else {
      held += bytes
      return ""
    }
    return take(parser?.feed(bytes) ?? [])
  }

  /// The text that is left at the end.
  ///
  /// - Throws: ``AudioError/answerUnreadable(server:)``; ``AudioError/cutOff(server:)`` where events end
  ///   without a last one.
  package mutating func finish() throws(AudioError) -> String {
    if let fault { throw fault }
    return try given(try rest())
  }

  private mutating func rest() throws(AudioError) -> String {
    guard parser == nil else {
      // What is no JSON at the end was cut off in its middle.
      let rest = take((parser?.finish() ?? []).filter { $0.isJSON })
      if !isDone { fault = fault ?? .cutOff(server: provider.name) }
      return rest
    }
    // A byte order mark is no part of JSON (RFC 8259 §8.1), and some write it.
    if held.starts(with: [0xEF, 0xBB, 0xBF]) { held.removeFirst(3) }
    // Events whose type a server did not tell.
    if held.starts(with: "data:".utf8) || held.starts(with: "event:".utf8) {
      return try events(held)
    }
    try readWhole()
    return transcript.text
  }

  /// The text of an answer that is whole, and made of events.
  private mutating func events(_ bytes: some Sequence<UInt8>) throws(AudioError) -> String {
    parser = ServerSentEventParser()
    let text = taken(Array(bytes))
    return fault == nil ? try text + rest() : text
  }

  private mutating func readWhole() throws(AudioError) {
    let json = JSONValue(parsing: held)
    if let json, json["text"] != nil || json.tellsError { return try read(json) }
    // Some servers write a file of subtitles as a text in JSON.
    let isJSON = mediaType.hasSuffix("json")
    let bare = isJSON ? json?.string : nil
    let text = bare ?? String(decoding: held, as: UTF8.self)
    // Subtitles of a recording without words are an empty text, and no JSON is empty.
    guard !held.isEmpty || mediaType.hasPrefix("text/") || mediaType.hasSuffix("subrip") else {
      throw .answerUnreadable(server: provider.name)
    }
    let isText = mediaType.hasPrefix("text/") && mediaType != "text/html" || shape.isTimed
    guard isText, bare != nil || !(isJSON && json != nil || isMarkup(text, isJSON: isJSON)) else {
      throw .answerUnreadable(server: provider.name)
    }
    transcript.text = text
  }

  /// Reads a transcript in JSON, behind which an error may be told.
  private mutating func read(_ json: JSONValue) throws(AudioError) {
    if json.tellsError { fault = .server(ChatAPIError(inside: json, of: provider)) }
    guard let words = json["text"]?.string ?? (json["text"] == .null ? "" : nil) else {
      throw fault ?? .answerUnreadable(server: provider.name)
    }
    // LiteLLM puts the events of the server behind it into one text.
    if words.hasPrefix("data:"), words.contains("\"transcript.text.") {
      _ = try events(words.utf8)
      return
    }
    transcript.text = words
    for segment in json["segments"]?.elements ?? [] { add(segment: segment) }
    count(json)
  }

  /// Whether a text is HTML, or JSON that is cut, broken or holds no transcript.
  ///
  /// What is said may begin with a bracket, like `[Music]`, or a quote where the answer is bare text.
  private func isMarkup(_ text: String, isJSON: Bool) -> Bool {
    let start = text.drop(while: \.isWhitespace)
    let second = start.dropFirst().first { !$0.isWhitespace }
    switch start.first {
    case "<": return true
    case "{": return isJSON || second == nil || second == "\"" || second == "}"
    case "[": return isJSON || second == "{"
    case "\"": return isJSON
    default: return false
    }
  }

  /// The text of events, up to the one that tells a fault.
  private mutating func take(_ events: [ServerSentEvent]) -> String {
    var added = ""
    for event in events where fault == nil { added += take(event) }
    return added
  }

  private mutating func take(_ event: ServerSentEvent) -> String {
    if event.data.elementsEqual("[DONE]".utf8) {
      isDone = true
      return ""
    }
    guard let json = JSONValue(parsing: event.data) else {
      fault = .answerUnreadable(server: provider.name)
      return ""
    }
    let type = json["type"]?.string ?? event.name
    if type == "error" || json.tellsError {
      fault = .server(ChatAPIError(inside: json, of: provider))
      guard type != "error" else { return "" }
    }
    if type.hasSuffix(".done") { return end(json) }
    if let delta = json["delta"]?.string { return add(delta, from: .deltas) }
    guard let text = json["text"]?.string else { return "" }
    let isSegment = type.hasSuffix(".segment")
    if isSegment { add(segment: json) }
    return add(isSegment ? parted(text) : text, from: .segments)
  }

  /// What the last event adds: it has it all, so that what no event before has brought is added, and it is
  /// right where they were not.
  private mutating func end(_ json: JSONValue) -> String {
    isDone = true
    count(json)
    guard let text = json["text"]?.string else { return "" }
    if text.hasPrefix(transcript.text) {
      return add(String(text.dropFirst(transcript.text.count)))
    }
    if !text.allSatisfy(\.isWhitespace) { transcript.text = text }
    return ""
  }

  /// Diarizing models tell the same words in deltas and, with who said them when, in segments.
  private enum TextSource { case deltas, segments }

  private mutating func add(_ text: String, from source: TextSource) -> String {
    if self.source == nil, !text.isEmpty { self.source = source }
    return self.source == source ? add(text) : ""
  }

  /// A segment's text behind the one before, with a blank between words that have none.
  private func parted(_ text: String) -> String {
    guard let last = transcript.text.last, last.isASCII, !last.isWhitespace,
      let first = text.first, first.isASCII, !first.isWhitespace
    else { return text }
    return " " + text
  }

  /// Adds a segment's text as a cue: a time that is none is that of the segment before.
  private mutating func add(segment: JSONValue) {
    guard let text = segment["text"]?.string, !text.allSatisfy(\.isWhitespace) else { return }
    let last = transcript.segments.last?.end ?? 0
    let start = SoundLength.seconds(segment["start"]?.double) ?? last
    let end = SoundLength.seconds(segment["end"]?.double) ?? start
    transcript.segments.append(
      Subtitles.Cue(
        start: start, end: max(start, end),
        text: text.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
  }

  private mutating func add(_ text: String) -> String {
    transcript.text += text
    return text
  }

  private mutating func count(_ json: JSONValue) {
    let usage = json["usage"]
    let seconds = SoundLength.seconds((usage?["seconds"] ?? json["duration"])?.double)
    // A server that cannot tell says 0.
    transcript.seconds = seconds.flatMap { $0 > 0 ? $0 : nil }
    transcript.tokens = usage?["total_tokens"]?.count
  }
}
