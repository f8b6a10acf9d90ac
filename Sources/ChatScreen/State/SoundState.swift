package import Conversation

/// The speech that is heard and the recording that is made, at most one of each.
package struct SoundState: Equatable, Sendable {
  /// A text that is being said.
  package struct Speech: Equatable, Sendable {
    package let id: Int
    /// The message that the text is of; nil for the sample of a voice.
    package let message: MessageID?
    /// For the sample of a voice, which voice was in use before.
    var former: FormerVoice?
    /// What of the message is being said, as the transcript shows it; nil before the first sentence, and
    /// where a word stands for what is shown.
    package var shown: String? {
      guard let place, sentences.indices.contains(place) else { return nil }
      return sentences[place].shown
    }
    /// Where in the message's text that begins, as a byte's offset; nil before the first sentence.
    package var byteOffset: Int? {
      place.flatMap { sentences.indices.contains($0) ? sentences[$0].byteOffset : nil }
    }
    /// How often the same was said before from that byte on, of what the transcript shows alike.
    package func repetition(from byteOffset: Int) -> Int {
      guard let place, let shown else { return 0 }
      return sentences.prefix(place).count { $0.shown == shown && $0.byteOffset >= byteOffset }
    }
    /// Whether the transcript stood at its end when the speech began, where it goes back to.
    var isFromBottom = false
    /// The place of the sentence that is being said; nil before the first.
    var place: Int?
    /// All sentences that were sent to the voice.
    var sentences: [SpokenSentence] = []
    /// Makes sentences of the message's Markdown.
    var reader = SpokenTextReader()
    /// How many bytes of the message's text were taken so far.
    var taken = 0
    /// Whether the message still grows.
    var isGrowing: Bool
  }

  /// A voice that comes back where the one that was chosen is refused; nil for the usual one.
  struct FormerVoice: Equatable, Sendable {
    var name: String?
  }

  /// A recording, or one that is being transcribed.
  package struct Recording: Equatable, Sendable {
    package let id: Int
    /// The uptime in milliseconds at which it began.
    package let startedAt: Int64
    /// 0 to 100; nil while the recorder has not begun.
    package var level: Int?
    /// Whether it has ended, and its words are waited for.
    package var isEnded = false
  }

  package var speech: Speech?
  package var recording: Recording?
  /// Whether each reply is read aloud as it comes.
  package var speaksReplies = false
  /// The voice that was chosen; nil for the usual one.
  package var voice: String?
  /// The voices that the server told of when it was asked last.
  package var voices: [String] = []
  /// Whether a list of voices is waited for.
  var expectsVoices = false
  /// The reply whose rest is not to be said, since its speech was stopped.
  var refused: MessageID?
  /// The last number that was given to a speech or a recording.
  var lastID = 0

  package init() {}

  mutating func nextID() -> Int {
    lastID += 1
    return lastID
  }
}
