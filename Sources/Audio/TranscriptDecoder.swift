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
  package mutating func feed(_ bytes: [UInt8]) throws(AudioError) -> String {
    guard parser != nil else {
      held += bytes
      return ""
    }
    return try take(parser?.feed(bytes) ?? [])
  }

  /// The text that is left at the end.
  ///
  /// - Throws: ``AudioError/answerUnreadable(server:)``; ``AudioError/cutOff(server:)`` where events end
  ///   without a last one.
  package mutating func finish() throws(AudioError) -> String {
    guard parser == nil else {
      // What is no JSON at the end was cut off in its middle.
      let rest = try take((parser?.finish() ?? []).filter { $0.isJSON })
      guard isDone else { throw .cutOff(server: provider.name) }
      return rest
    }
    // Events whose type a server did not tell.
    if held.starts(with: "data:".utf8) || held.starts(with: "event:".utf8) {
      parser = ServerSentEventParser()
      let text = try feed(held)
      return try text + finish()
    }
    try readWhole()
    return transcript.text
  }

  private mutating func readWhole() throws(AudioError) {
    let text = String(decoding: held, as: UTF8.self)
    if let json = JSONValue(parsing: held), json["text"] != nil || json["error"] != nil {
      guard json["error"] == nil else {
        throw .server(ChatAPIError(inside: json, of: provider))
      }
      transcript.text = json["text"]?.string ?? ""
      transcript.segments = (json["segments"]?.elements ?? []).compactMap { Subtitles.Cue($0) }
      count(json)
      return
    }
    let isText = mediaType.hasPrefix("text/") && mediaType != "text/html" || shape.isTimed
    guard isText, !text.drop(while: \.isWhitespace).hasPrefix("<") else {
      throw .answerUnreadable(server: provider.name)
    }
    transcript.text = text
  }

  private mutating func take(_ events: [ServerSentEvent]) throws(AudioError) -> String {
    var added = ""
    for event in events {
      if event.data.elementsEqual("[DONE]".utf8) {
        isDone = true
        continue
      }
      guard let json = JSONValue(parsing: event.data) else {
        throw .answerUnreadable(server: provider.name)
      }
      let type = json["type"]?.string ?? event.name
      guard type != "error", json["error"] == nil else {
        throw .server(ChatAPIError(inside: json, of: provider))
      }
      if type.hasSuffix(".done") {
        isDone = true
        count(json)
        // Where no deltas came, the last event has it all.
        if transcript.text.isEmpty, let text = json["text"]?.string { added += add(text) }
      } else if let delta = json["delta"]?.string ?? json["text"]?.string {
        added += add(delta)
      }
    }
    return added
  }

  private mutating func add(_ text: String) -> String {
    transcript.text += text
    return text
  }

  private mutating func count(_ json: JSONValue) {
    let usage = json["usage"]
    transcript.seconds = SoundLength.seconds((usage?["seconds"] ?? json["duration"])?.double)
    transcript.tokens = usage?["total_tokens"]?.count
  }
}

extension Subtitles.Cue {
  /// A segment of a `verbose_json`; nil where it is none.
  fileprivate init?(_ segment: JSONValue) {
    guard let start = SoundLength.seconds(segment["start"]?.double),
      let end = SoundLength.seconds(segment["end"]?.double), let text = segment["text"]?.string
    else { return nil }
    self.init(
      start: start, end: end,
      text: text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }
}
