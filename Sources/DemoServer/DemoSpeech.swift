import JSON

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A request to speak (OpenAI API reference, audio/speech), answered in tones: one for each word, as long
/// as its letters, and as high as the voice and the word have it.
///
/// It makes WAV, FLAC without compression, and bare samples by itself, and the rest by ``DemoEncoder``. As some
/// servers do, a model that ends in `-vague` does not say which voices there are when it refuses one, and one that
/// ends in `-wav` makes nothing else.
struct DemoSpeech {
  /// The samples of a second, in bytes: 16 bits, one channel, 24,000 a second.
  static let bytesPerSecond = 48_000
  /// The voices that OpenAI has.
  static let voices = [
    "alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse",
    "marin", "cedar",
  ]

  private enum Format: String, CaseIterable { case wav, flac, pcm, mp3, opus, aac }

  let model: String
  let isEvents: Bool
  private let words: [String]
  private let voice: String
  private let speed: Double
  private let format: Format
  private let encoder: DemoEncoder

  init(_ json: JSONValue, encoder: DemoEncoder) throws(WireFault) {
    guard let model = json["model"]?.string, !model.isEmpty else { throw .missing("model") }
    guard let input = json["input"]?.string, !input.isEmpty else { throw .missing("input") }
    guard input.unicodeScalars.count <= 4_096 else {
      throw .invalid("input", "Input should be at most 4096 characters.")
    }
    guard let voice = json["voice"]?.string ?? json["voice"]?["id"]?.string else {
      throw .missing("voice")
    }
    guard Self.voices.contains(voice) else {
      if model.hasSuffix("-vague") { throw .invalid("voice", "Unknown voice.") }
      throw .badValue("voice", voice, supported: Self.voices)
    }
    let name =
      model.hasSuffix("-wav") ? "wav" : json["response_format"]?.string ?? "wav"
    guard let format = Format(rawValue: name) else {
      throw .badValue(
        "response_format", name, supported: Format.allCases.map(\.rawValue))
    }
    let speed = json["speed"]?.double ?? 1
    guard (0.25...4).contains(speed) else { throw .outOfRange("speed", speed, 0.25...4) }
    self.model = model
    self.voice = voice
    self.format = format
    self.encoder = encoder
    self.speed = speed
    words = input.split(whereSeparator: \.isWhitespace).map(String.init)
    isEvents = json["stream_format"]?.string == "sse"
  }

  var mediaType: String {
    switch format {
    case .mp3: "audio/mpeg"
    case .wav, .flac, .pcm, .opus, .aac: "audio/\(format.rawValue)"
    }
  }

  /// The answer in pieces of a word each, behind the format's header; encoded sound in as many pieces as there
  /// are words.
  ///
  /// A WAV says no length, since one that is made as it is sent has none.
  func pieces() async throws(WireFault) -> [[UInt8]] {
    switch format {
    case .pcm: return words.map(tone)
    case .wav: return [Self.waveHeader] + words.map(tone)
    case .flac: return [PlainFLAC.file(of: words.flatMap(tone))]
    case .mp3, .opus, .aac:
      let bytes = try await encoder.encoded(words.flatMap(tone), as: format.rawValue)
      let size = max(1, bytes.count / max(words.count, 1) + 1)
      return stride(from: 0, to: bytes.count, by: size).map {
        Array(bytes[$0..<min($0 + size, bytes.count)])
      }
    }
  }

  /// The answer's pieces as events, the last of them with the usage.
  func events(of pieces: [[UInt8]]) -> [[UInt8]] {
    let deltas = pieces.map { piece -> JSONValue in
      ["type": "speech.audio.delta", "audio": .string(Base64.text(of: piece))]
    }
    let seconds = words.reduce(0) { $0 + tone(of: $1).count } / Self.bytesPerSecond
    let (input, output) = (JSONValue(words.count), JSONValue(seconds * 20))
    let done: JSONValue = [
      "type": "speech.audio.done",
      "usage": [
        "input_tokens": input, "output_tokens": output,
        "total_tokens": JSONValue(words.count + seconds * 20),
      ],
    ]
    return (deltas + [done]).map { Array("data: \($0)\n\n".utf8) }
  }

  /// A tone that swells and fades within 5 ms, so that words part without a click; 60 ms for each letter.
  private func tone(of word: String) -> [UInt8] {
    let count = Int(Double(max(word.count, 1)) * 0.06 / speed * 24_000)
    let seed = (voice + word).utf8.reduce(UInt32(7)) { ($0 &* 31) &+ UInt32($1) }
    let pitch = 180 + Double(seed % 320)
    return (0..<count).flatMap { place -> [UInt8] in
      let edge = min(1, Double(min(place, count - place)) / 120)
      let value = sin(Double(place) / 24_000 * pitch * 2 * .pi) * edge * 9_000
      let sample = UInt16(bitPattern: Int16(value))
      return [UInt8(truncatingIfNeeded: sample), UInt8(sample >> 8)]
    }
  }

  private static let waveHeader: [UInt8] =
    Array("RIFF".utf8) + [255, 255, 255, 255] + Array("WAVEfmt ".utf8)
    + [16, 0, 0, 0, 1, 0, 1, 0, 0xC0, 0x5D, 0, 0, 0x80, 0xBB, 0, 0, 2, 0, 16, 0]
    + Array("data".utf8) + [255, 255, 255, 255]
}

/// FLAC whose frames hold their samples as they are (RFC 9639 §9.2.3, verbatim subframes).
enum PlainFLAC {
  private static let blockSize = 4_096

  /// A file of 16-bit samples of one channel, 24,000 a second, given in little-endian bytes.
  static func file(of samples: [UInt8]) -> [UInt8] {
    let count = samples.count / 2
    let size: [UInt8] = [UInt8(blockSize >> 8), UInt8(blockSize & 0xFF)]
    // STREAMINFO: 20 bits of rate, 3 of channels - 1, 5 of bits - 1, 36 of samples; no sizes, no MD5.
    let facts = UInt64(24_000) << 44 | UInt64(15) << 36 | UInt64(count)
    var file: [UInt8] = Array("fLaC".utf8) + [0x80, 0, 0, 34] + size + size
    file += [UInt8](repeating: 0, count: 6)
    file += withUnsafeBytes(of: facts.bigEndian) { Array($0) } + [UInt8](repeating: 0, count: 16)
    for (number, start) in stride(from: 0, to: count, by: blockSize).enumerated() {
      file += frame(samples[start * 2..<min(count, start + blockSize) * 2], number: number)
    }
    return file
  }

  private static func frame(_ samples: ArraySlice<UInt8>, number: Int) -> [UInt8] {
    let last = samples.count / 2 - 1
    // Fixed block size, its 16 bits behind the number; rate, channels and bits of STREAMINFO and 16 bits.
    var frame: [UInt8] = [0xFF, 0xF8, 0x70, 0x08] + coded(number)
    frame += [UInt8(last >> 8), UInt8(last & 0xFF)]
    frame.append(crc8(frame))
    frame.append(0x02)
    for index in stride(from: samples.startIndex, to: samples.endIndex, by: 2) {
      frame += [samples[index + 1], samples[index]]
    }
    let sum = crc16(frame)
    return frame + [UInt8(sum >> 8), UInt8(sum & 0xFF)]
  }

  /// A number as UTF-8 writes letters (RFC 9639 §9.1.5).
  private static func coded(_ number: Int) -> [UInt8] {
    guard number >= 0x80 else { return [UInt8(number)] }
    guard number >= 0x800 else { return [UInt8(0xC0 | number >> 6), UInt8(0x80 | number & 0x3F)] }
    return [
      UInt8(0xE0 | number >> 12 & 0x0F), UInt8(0x80 | number >> 6 & 0x3F),
      UInt8(0x80 | number & 0x3F),
    ]
  }

  private static func crc8(_ bytes: [UInt8]) -> UInt8 {
    bytes.reduce(0) { sum, byte in
      (0..<8).reduce(sum ^ byte) { sum, _ in sum & 0x80 == 0 ? sum << 1 : sum << 1 ^ 0x07 }
    }
  }

  private static func crc16(_ bytes: [UInt8]) -> UInt16 {
    bytes.reduce(0) { sum, byte in
      (0..<8).reduce(sum ^ UInt16(byte) << 8) { sum, _ in
        sum & 0x8000 == 0 ? sum << 1 : sum << 1 ^ 0x8005
      }
    }
  }
}
