package import ChatAPI
package import JSON

/// A text to be spoken (OpenAI API reference, audio/speech).
package struct SpeechRequest: Hashable, Sendable {
  package static let path = "/audio/speech"

  package var model: String
  /// 1 to ``SpokenPieces/longest`` code points.
  package var text: String
  /// What the server calls it.
  package var voice: String
  package var format: SoundFormat
  /// 0.25 to 4; nil for what the server does by itself.
  package var speed: Double?
  /// How to speak, in words; only models that follow them take it.
  package var instructions: String?

  package init(
    model: String, text: String, voice: String, format: SoundFormat, speed: Double? = nil,
    instructions: String? = nil
  ) {
    self.model = model
    self.text = text
    self.voice = voice
    self.format = format
    self.speed = speed
    self.instructions = instructions
  }

  /// The body of the request.
  package var body: RequestBody { RequestBody(json: json) }

  /// The same as a value.
  package var json: JSONValue {
    var members = [
      JSONMember("model", .string(model)), JSONMember("input", .string(text)),
      JSONMember("voice", .string(voice)), JSONMember("response_format", .string(format.wireName)),
    ]
    if let speed {
      let number = speed == speed.rounded() ? "\(Int(speed))" : "\(speed)"
      members.append(JSONMember("speed", .number(number)))
    }
    if let instructions { members.append(JSONMember("instructions", .string(instructions))) }
    return .object(members)
  }

  /// The largest answer that is taken, in bytes: a second of sound in base64 for each character, and some
  /// room.
  package var byteLimit: Int { 4 << 20 + SpokenPieces.length(of: text) * 128 << 10 }

  /// The voices that a model of OpenAI has (OpenAI API reference, audio/speech): the older ones lack four.
  package static func openAIVoices(of model: String) -> [String] {
    let lacking = model.hasPrefix("tts-1") ? ["ballad", "cedar", "marin", "verse"] : []
    return [
      "alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage",
      "shimmer", "verse",
    ].filter { !lacking.contains($0) }
  }

  /// A voice that models of this name have.
  package static func usualVoice(of model: String) -> String {
    model.contains("mini-tts") ? "marin" : "alloy"
  }
}
