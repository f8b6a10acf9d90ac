package import Language

/// Work with sound, beside the loop; each speech and each recording has a number of its own.
///
/// `beside` names the conversation's server, which is asked unless the configuration names another.
package enum SoundEffect: Equatable, Sendable {
  /// Has a sentence spoken behind those before, by this voice; nil for the usual one.
  case speak(Int, String, voice: String?, beside: String)
  /// There are no more sentences; answered by `spoken`.
  case endSpeech(Int)
  /// Ends the player, and asks for no more.
  case stopSpeech(Int)
  /// Records until it is ended; answered by `level`, and by `recordingFailed`. The keywords are names that
  /// are likely to be said.
  case record(Int, keywords: [String], beside: String)
  /// Ends the recording, and has it transcribed; answered by `heard` or `recordingFailed`.
  case endRecording(Int)
  /// Ends the recording, and throws it away.
  case dropRecording(Int)
  /// Asks which voices the server has; answered by `voices` or `voicesUnknown`.
  case listVoices(beside: String)
}

/// The answer to a ``SoundEffect``.
package enum SoundEvent: Equatable, Sendable {
  /// The sentence of that place, from 0 on, is being said now.
  case saying(Int, sentence: Int)
  case spoken(Int)
  case speechFailed(Int, Phrase)
  /// The server does not know the voice.
  case voiceRefused(Int, Phrase)
  case voices([String], server: String)
  case voicesUnknown(Phrase)
  /// A remark that is due once, such as that a voice is made by AI.
  case remarked(Phrase)
  /// The loudness of the recording's last moment, 0 to 100.
  case level(Int, Int)
  /// The recorder has ended by itself: what it recorded is being transcribed.
  case recorded(Int)
  case heard(Int, String)
  case recordingFailed(Int, Phrase)
}
