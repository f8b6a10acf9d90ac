import Language

/// A server that is asked for something else than replies, and the model there; nil for what the
/// conversation's server, or what is known of it, gives.
package struct SideService: Equatable, Sendable {
  /// The name of a server, of this file or one that Iris knows.
  package var server: String?
  package var model: String?

  package init() {}
}

/// How texts are spoken, and with what sound is played and recorded.
package struct SpeechSettings: Equatable, Sendable {
  package var service = SideService()
  package var voice: String?
  /// 0.25 to 4, 1 for the voice's own; nil for what the server does by itself.
  package var speed: Double?
  /// A command that plays the WAV that comes on its standard input; nil for the first player that is installed.
  package var player: String?
  /// A command that writes a WAV to its standard output until it is ended; nil for the first recorder that
  /// is installed.
  package var recorder: String?

  package init() {}
}

extension Configuration {
  /// The settings of sound and of vectors.
  static var sideFields: [Field<Configuration>] {
    [
      .value("speech_server", \.speech.service.server, .line),
      .value("speech_model", \.speech.service.model, .line),
      .value("voice", \.speech.voice, .line),
      .value("speech_speed", \.speech.speed, .speed),
      .value("player", \.speech.player, .privateLine),
      .value("recorder", \.speech.recorder, .privateLine),
      .value("transcription_server", \.transcription.server, .line),
      .value("transcription_model", \.transcription.model, .line),
      .value("embedding_server", \.embedding.server, .line),
      .value("embedding_model", \.embedding.model, .line),
    ]
  }
}

extension Shape where Value == Double {
  /// How fast a voice speaks (OpenAI API reference, audio/speech).
  fileprivate static var speed: Shape {
    scalar(say("a number from 0.25 to 4")) {
      Double($0).flatMap { (0.25...4).contains($0) ? $0 : nil }
    }
  }
}
