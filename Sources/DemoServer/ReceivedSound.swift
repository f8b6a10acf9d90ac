import JSON

/// Sound as it arrived in a message (OpenAI API reference, chat/create, `input_audio`).
struct ReceivedSound: Sendable {
  private let format: String
  private let header: SoundHeader

  /// Reads the object that holds `data` and `format`.
  init(_ sound: JSONValue?, at place: String) throws(WireFault) {
    guard let format = sound?["format"]?.string else {
      throw .missing("\(place).input_audio.format")
    }
    guard ["wav", "mp3"].contains(format) else {
      throw .badValue("\(place).input_audio.format", format, supported: ["wav", "mp3"])
    }
    guard let data = sound?["data"]?.string, let bytes = Base64.decoded(data.utf8),
      let header = SoundHeader(bytes)
    else { throw .invalid("\(place).input_audio.data", "Failed to decode the audio data.") }
    self.format = format
    self.header = header
  }

  /// What the demo says that it got.
  var description: String {
    let length = header.seconds.map { ", \(Int($0.rounded())) s" } ?? ""
    return "[sound: \(header.name)\(length), \(header.byteCount) bytes, sent as \(format)]"
  }
}
