/// A form of recorded sound, told by the first bytes of a file and not by its name.
package enum SoundFormat: String, CaseIterable, Sendable {
  case wav, mp3, flac, ogg, aac, m4a, webm
  /// Samples without a header: 16 bits, little-endian, one channel, 24,000 a second (OpenAI API reference,
  /// audio/speech). Nothing in them tells what they are.
  case pcm

  /// How many first bytes are looked at.
  package static let signatureLength = 16

  /// The form of sound that begins with `bytes`; nil where they begin none that is known.
  package init?(signature bytes: [UInt8]) {
    func has(_ text: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    if has("RIFF") || has("RF64"), has("WAVE", at: 8) {
      self = .wav
    } else if has("fLaC") {
      self = .flac
    } else if has("OggS") {
      self = .ogg
    } else if has("ftyp", at: 4) {
      self = .m4a
    } else if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
      self = .webm
    } else if has("ID3") {
      self = .mp3
    } else if bytes.count > 1, bytes[0] == 0xFF, bytes[1] & 0xE0 == 0xE0 {
      // A layer of 0 is an ADTS frame of AAC (ISO/IEC 13818-7 §6.2), 1 and 2 are frames of MPEG audio
      // layers III and II. 3 would be layer I, which nobody writes, and UTF-16 text begins so.
      guard bytes[1] & 0x06 != 0x06 else { return nil }
      self = bytes[1] & 0x06 == 0 ? .aac : .mp3
    } else {
      return nil
    }
  }

  /// The form of a file that begins so, where nothing but sound does: a container that may as well hold
  /// pictures is sound by its brand, its name, or the lack of a video track.
  package init?(head: [UInt8], name: String) {
    guard let format = SoundFormat(signature: head) else { return nil }
    let ending = name.split(separator: ".").last?.lowercased() ?? ""
    switch format {
    case .m4a:
      let brand = String(decoding: head.dropFirst(8).prefix(4), as: UTF8.self)
      guard ["M4A ", "M4B "].contains(brand) || ["m4a", "m4b"].contains(ending) else { return nil }
    case .webm:
      let video = ["V_VP8", "V_VP9", "V_AV1", "V_MPEG"].map { Array($0.utf8) }
      guard !video.contains(where: { head.firstRange(of: $0) != nil }) else { return nil }
    default: break
    }
    self = format
  }

  /// Whether the name is one that the API knows for sound it makes.
  package init?(name: String) {
    switch name.lowercased() {
    case "opus": self = .ogg
    case "mp4", "mpga", "mpeg": self = .m4a
    case let name:
      guard let format = SoundFormat(rawValue: name) else { return nil }
      self = format
    }
  }

  /// Whether a file is named like sound.
  package static func isNamed(by path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return false }
    let ending = name[name.index(after: dot)...].lowercased()
    return ["wav", "mp3", "flac", "ogg", "opus", "aac", "m4a", "m4b"].contains(ending)
      || ForeignSound.isNamed(by: ending)
  }

  /// Whether sound of this form may stand behind other of the same: it has no header for all of it.
  package var isJoinable: Bool {
    switch self {
    case .wav, .mp3, .ogg, .aac, .pcm: true
    case .flac, .m4a, .webm: false
    }
  }

  /// What the API calls it in `response_format`.
  package var wireName: String { self == .ogg ? "opus" : rawValue }

  package var fileEnding: String { self == .ogg ? "opus" : rawValue }

  package var mediaType: String {
    switch self {
    case .wav: "audio/wav"
    case .mp3: "audio/mpeg"
    case .flac: "audio/flac"
    case .ogg: "audio/ogg"
    case .aac: "audio/aac"
    case .m4a: "audio/mp4"
    case .webm: "audio/webm"
    case .pcm: "audio/pcm"
    }
  }
}
