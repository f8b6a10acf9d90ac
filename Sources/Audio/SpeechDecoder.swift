package import ChatAPI
import JSON

/// Makes sound of an answer as it comes: of bytes, of JSON with base64 inside, or of events, told by what
/// came and not by what was asked for.
///
/// A pure value: `feed` gives the sound that bytes complete, `finish` what is left.
package struct SpeechDecoder: Sendable {
  private enum Wrapping {
    case unknown
    case none
    case json
    case events(ServerSentEventParser)
  }

  private let provider: Provider
  private let mediaType: String
  private let asked: SoundFormat
  private var wrapping = Wrapping.unknown
  private var server: String { provider.name }
  /// Bytes that wait: for the wrapping to be told, or for the end of the JSON.
  private var held: [UInt8] = []
  private var isEmpty = true
  /// The beginning of the sound, until more has come than a head.
  private var head: [UInt8] = []
  private var hasEnded = false
  /// What ended the answer behind the sound that was given last: it is told when that has been used.
  package private(set) var fault: AudioError?
  /// The form of the sound, once its first bytes have come.
  package private(set) var format: SoundFormat?

  /// A decoder of an answer of that `Content-Type` to a request for sound of that form.
  package init(mediaType: String, asked: SoundFormat, from provider: Provider) {
    self.provider = provider
    self.mediaType = mediaType
    self.asked = asked
  }

  /// The sound that these bytes complete.
  ///
  /// Where they hold sound and an error behind it, the sound is given, and the error is ``fault``.
  ///
  /// - Throws: ``AudioError/answerNoSound(server:)``, and the error that an event or the JSON tells.
  package mutating func feed(_ bytes: [UInt8]) throws(AudioError) -> [UInt8] {
    if let fault { throw fault }
    return try given(try unwrapped(bytes))
  }

  /// The sound, or the fault where there is none before it.
  private func given(_ sound: [UInt8]) throws(AudioError) -> [UInt8] {
    if sound.isEmpty, let fault { throw fault }
    return sound
  }

  private mutating func unwrapped(_ bytes: [UInt8]) throws(AudioError) -> [UInt8] {
    switch wrapping {
    case .unknown:
      held += bytes
      return isTold ? try unwrapHeld() : []
    case .none: return try sound(bytes)
    case .json:
      held += bytes
      return []
    case .events(var parser):
      let events = parser.feed(bytes)
      wrapping = .events(parser)
      return try sound(self.bytes(of: events))
    }
  }

  /// The sound that is left at the end of the answer.
  ///
  /// - Throws: ``AudioError/answerEmpty(server:)`` where none came, ``AudioError/cutOff(server:)`` where
  ///   events end without a last one.
  package mutating func finish() throws(AudioError) -> [UInt8] {
    if let fault { throw fault }
    return try given(try rest())
  }

  private mutating func rest() throws(AudioError) -> [UInt8] {
    var rest: [UInt8] = []
    if case .unknown = wrapping, !held.isEmpty { rest = try unwrapHeld() }
    switch wrapping {
    case .unknown, .none: break
    case .json:
      guard let json = JSONValue(parsing: held) else { throw .answerNoSound(server: server) }
      let (bytes, error) = bytes(of: json)
      fault = error
      rest = try sound(bytes)
    case .events(var parser):
      // What is no JSON at the end was cut off in its middle.
      let events = parser.finish().filter { $0.isJSON }
      rest += try sound(bytes(of: events))
      if !hasEnded, !isEmpty { fault = fault ?? .cutOff(server: server) }
    }
    if isEmpty { throw fault ?? .answerEmpty(server: server) }
    return rest
  }

  private mutating func unwrapHeld() throws(AudioError) -> [UInt8] {
    let bytes = held
    held = []
    let text = String(decoding: bytes.prefix(64), as: UTF8.self)
    let start = text.drop(while: \.isWhitespace)
    let isPlain = mediaType.hasPrefix("audio/") || SoundFormat(signature: bytes) != nil
    if mediaType == "text/event-stream"
      || !isPlain && (start.hasPrefix("data:") || start.hasPrefix("event:"))
    {
      wrapping = .events(ServerSentEventParser(limit: 64 << 20))
    } else if mediaType.hasSuffix("json")
      || !isPlain && (start.hasPrefix("{") || start.hasPrefix("["))
    {
      wrapping = .json
    } else {
      wrapping = .none
      // A page or a message of some proxy on the way, whatever type it is said to be.
      if SoundFormat(signature: bytes) == nil, PlainText.begins(bytes) {
        throw .answerNoSound(server: server)
      }
    }
    return try unwrapped(bytes)
  }

  /// Whether enough has come to tell what it is: samples have no signature, and are told from text by more.
  private var isTold: Bool {
    let needed =
      SoundFormat(signature: held) == nil ? PlainText.sampleLength : SoundFormat.signatureLength
    return held.count >= needed
  }

  /// Tells the form by the first bytes.
  private mutating func sound(_ bytes: [UInt8]) throws(AudioError) -> [UInt8] {
    guard !bytes.isEmpty else { return [] }
    if format == nil {
      if let told = SoundFormat(signature: bytes) {
        format = told
      } else if asked == .pcm, mayBeSamples {
        format = .pcm
      } else if mediaType == "audio/pcm" || mediaType == "audio/l16" {
        format = .pcm
      } else {
        throw .answerNoSound(server: server)
      }
    }
    guard isEmpty, let format else { return bytes }
    head += bytes
    guard format.holdsSound(head) || head.count > SoundFormat.longestHead else { return [] }
    isEmpty = false
    defer { head = [] }
    return head
  }

  /// Whether the answer's type leaves room for samples.
  private var mayBeSamples: Bool {
    switch wrapping {
    case .json, .events: true
    case .none, .unknown:
      mediaType.isEmpty
        || ["audio/", "application/", "binary/"].contains { mediaType.hasPrefix($0) }
    }
  }

  /// The sound of events, up to the one that tells a fault.
  private mutating func bytes(of events: [ServerSentEvent]) -> [UInt8] {
    var bytes: [UInt8] = []
    for event in events where fault == nil { bytes += self.bytes(of: event) }
    return bytes
  }

  private mutating func bytes(of event: ServerSentEvent) -> [UInt8] {
    if event.data.elementsEqual("[DONE]".utf8) {
      hasEnded = true
      return []
    }
    guard let json = JSONValue(parsing: event.data) else {
      fault = .answerNoSound(server: server)
      return []
    }
    let type = json["type"]?.string ?? event.name
    if type.hasSuffix(".done") || type.hasSuffix(".completed") {
      hasEnded = true
      return []
    }
    let (bytes, error) = bytes(of: json, orNone: true)
    fault = type == "error" ? error ?? refusal(json) : error
    return bytes
  }

  /// The sound in a piece of JSON, and what is told to be wrong behind it.
  private func bytes(
    of json: JSONValue, orNone: Bool = false
  ) -> (sound: [UInt8], fault: AudioError?) {
    let told = json.tellsError ? refusal(json) : nil
    let names = [
      "audio_data", "audio", "delta", "data", "b64_json", "audio_content", "audioContent",
    ]
    let found = names.lazy.compactMap { json[$0] }.first
    let text = found?.string ?? found?["data"]?.string ?? found?[0]?["b64_json"]?.string
    guard let text else {
      return ([], told ?? (orNone ? nil : .answerNoSound(server: server)))
    }
    let letters = text.hasPrefix("data:") ? text.drop { $0 != "," }.dropFirst() : text[...]
    guard let bytes = Base64.decoded(letters.utf8) else {
      return ([], told ?? .answerNoSound(server: server))
    }
    return (bytes, told)
  }

  private func refusal(_ json: JSONValue) -> AudioError {
    .server(ChatAPIError(inside: json, of: provider))
  }
}

extension JSONValue {
  /// Whether there is an error in it: some servers write `null` where there is none.
  var tellsError: Bool { self["error"].map { $0 != .null } ?? false }
}

extension ServerSentEvent {
  /// Whether the data can be read, or say that the stream ends.
  var isJSON: Bool { JSONValue(parsing: data) != nil || data.elementsEqual("[DONE]".utf8) }
}
