import JSON

/// A recording that was sent (OpenAI API reference, audio/transcriptions and audio/translations): what is
/// heard is how long it is, in which form, and how many bytes.
///
/// `demo-ear-plain` answers in plain JSON, and `demo-ear-segments` in `verbose_json`, whatever they are asked
/// for, as local servers do.
struct DemoHearing {
  private static let formats = ["json", "text", "srt", "verbose_json", "vtt"]
  private static let onlyFormats = [
    "demo-ear-plain": "json", "demo-ear-segments": "verbose_json",
  ]
  private static let endings = [
    "flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm",
  ]

  let model: String
  let isStreamed: Bool
  private let format: String
  private let sound: SoundHeader
  private let isTranslation: Bool
  private let language: String?
  private let keywords: [String]

  init(_ form: FormData, isTranslation: Bool) throws(WireFault) {
    guard let model = form["model"], !model.isEmpty else { throw .missing("model") }
    guard let file = form.fields.first(where: { $0.name == "file" }) else { throw .missing("file") }
    guard file.bytes.count <= 25 << 20 else {
      throw WireFault(
        status: 413, message: "Maximum content size limit (26214400) exceeded.", param: "file")
    }
    let ending = file.fileName?.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard Self.endings.contains(ending), let sound = SoundHeader(Array(file.bytes)) else {
      throw .invalid(
        "file", "Invalid file format. Supported formats: \(Self.endings.sorted())")
    }
    if sound.seconds == 0 {
      throw .invalid("file", "Audio file is too short. Minimum audio length is 0.1 seconds.")
    }
    let format = form["response_format"] ?? "json"
    guard Self.formats.contains(format) else {
      throw .badValue("response_format", format, supported: Self.formats)
    }
    language = form["language"]
    if let language, language.count != 2 || !language.allSatisfy({ $0.isASCII && $0.isLetter }) {
      throw .invalid(
        "language", "Invalid language '\(language)'. Language parameter must be ISO-639-1.")
    }
    self.model = model
    self.format = Self.onlyFormats[model] ?? format
    self.sound = sound
    self.isTranslation = isTranslation
    isStreamed =
      form["stream"] == "true" && model != "whisper-1" && !isTranslation
      && Self.onlyFormats[model] == nil
    keywords = form.fields.filter { $0.name == "keywords[]" }.map(\.text)
  }

  /// The sentences that are heard, with the second at which each ends.
  private var sentences: [(text: String, end: Double)] {
    let length = sound.seconds.map { "\(Self.rounded($0)) s" } ?? "sound of unknown length"
    var texts = [
      "\(isTranslation ? "In English: " : "")I heard \(length) of \(sound.name).",
      "It came in \(sound.byteCount) bytes.",
    ]
    if let language { texts.append("The language is \(language).") }
    if !keywords.isEmpty { texts.append("The words are \(keywords.joined(separator: ", ")).") }
    let seconds = sound.seconds ?? Double(texts.count)
    return texts.enumerated().map { ($1, seconds * Double($0 + 1) / Double(texts.count)) }
  }

  private var text: String { sentences.map(\.text).joined(separator: " ") }

  private var usage: JSONValue {
    ["type": "duration", "seconds": JSONValue(Int((sound.seconds ?? 0).rounded(.up)))]
  }

  /// The media type and the text of the whole answer.
  var answer: (type: String, text: String) {
    switch format {
    case "text": ("text/plain", text + "\n")
    case "srt": ("text/plain", titles(mark: ",", head: "", isNumbered: true))
    case "vtt": ("text/vtt", titles(mark: ".", head: "WEBVTT\n\n", isNumbered: false))
    case "verbose_json": ("application/json", verbose.description)
    default:
      ("application/json", (["text": .string(text), "usage": usage] as JSONValue).description)
    }
  }

  /// The answer as events (`transcript.text.delta`, `transcript.text.done`).
  var events: [String] {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    let deltas = words.enumerated().map { index, word -> JSONValue in
      let delta = (index == 0 ? "" : " ") + word
      return ["type": "transcript.text.delta", "delta": .string(delta)]
    }
    let done: JSONValue = [
      "type": "transcript.text.done", "text": .string(text), "usage": usage,
    ]
    return (deltas + [done]).map { "data: \($0)\n\n" }
  }

  private var verbose: JSONValue {
    var start = 0.0
    let segments = sentences.enumerated().map { index, sentence -> JSONValue in
      defer { start = sentence.end }
      return [
        "id": JSONValue(index), "start": .number("\(start)"), "end": .number("\(sentence.end)"),
        "text": .string(sentence.text),
      ]
    }
    return [
      "task": isTranslation ? "translate" : "transcribe",
      "language": .string(language ?? "english"),
      "duration": .number("\(sound.seconds ?? 0)"), "text": .string(text),
      "segments": .array(segments), "usage": usage,
    ]
  }

  private func titles(mark: String, head: String, isNumbered: Bool) -> String {
    var start = 0.0
    return head
      + sentences.enumerated().map { index, sentence in
        defer { start = sentence.end }
        return (isNumbered ? "\(index + 1)\n" : "")
          + "\(Self.time(start, mark)) --> \(Self.time(sentence.end, mark))\n\(sentence.text)\n\n"
      }.joined()
  }

  /// `00:00:02,500` (SubRip, with a comma) or `00:00:02.500` (WebVTT §4.1).
  private static func time(_ seconds: Double, _ mark: String) -> String {
    let all = Int((seconds * 1000).rounded())
    let parts = [all / 3_600_000, all / 60_000 % 60, all / 1000 % 60].map { padded($0, 2) }
    return parts.joined(separator: ":") + mark + padded(all % 1000, 3)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  private static func rounded(_ seconds: Double) -> String {
    let tenths = Int((seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

/// What the first bytes of a recording tell; it shares no code with the client's own reading.
struct SoundHeader {
  let name: String
  /// Nil where the header does not tell.
  let seconds: Double?
  let byteCount: Int

  init?(_ bytes: [UInt8]) {
    byteCount = bytes.count
    func starts(_ text: String, _ offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    if starts("RIFF"), starts("WAVE", 8) {
      guard let wave = Self.wave(bytes) else { return nil }
      (name, seconds) = ("WAV, \(wave.rate) Hz", wave.seconds)
    } else if starts("fLaC") {
      name = "FLAC"
      seconds = Self.flac(bytes)
    } else if let kind = Self.kinds.first(where: { starts($0.mark, $0.offset) }) {
      (name, seconds) = (kind.name, nil)
    } else if bytes.count > 1, bytes[0] == 0xFF, bytes[1] & 0xE0 == 0xE0 {
      (name, seconds) = ("MP3", nil)
    } else {
      return nil
    }
  }

  private static let kinds = [
    (mark: "OggS", offset: 0, name: "Ogg"), (mark: "ftyp", offset: 4, name: "MP4"),
    (mark: "ID3", offset: 0, name: "MP3"), (mark: "\u{1A}E", offset: 0, name: "WebM"),
  ]

  private static func wave(_ bytes: [UInt8]) -> (rate: Int, seconds: Double)? {
    func number(_ place: Int, _ width: Int) -> Int? {
      guard place + width <= bytes.count else { return nil }
      return (0..<width).reduce(0) { $0 | Int(bytes[place + $1]) << ($1 * 8) }
    }
    var place = 12
    var (rate, bytesPerSecond) = (0, 0)
    while let size = number(place + 4, 4) {
      let name = String(decoding: bytes[place..<place + 4], as: UTF8.self)
      if name == "fmt " {
        rate = number(place + 12, 4) ?? 0
        bytesPerSecond = number(place + 16, 4) ?? 0
      } else if name == "data", bytesPerSecond > 0 {
        // A length that is a lie is no longer than what is there.
        let count = min(size, bytes.count - place - 8)
        return (rate, Double(count) / Double(bytesPerSecond))
      }
      place += 8 + size + size % 2
    }
    return nil
  }

  /// Samples divided by the rate (RFC 9639 §8.2).
  private static func flac(_ bytes: [UInt8]) -> Double? {
    guard bytes.count >= 26 else { return nil }
    let facts = bytes[18..<26].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let rate = facts >> 44
    return rate > 0 ? Double(facts & 0xF_FFFF_FFFF) / Double(rate) : nil
  }
}
