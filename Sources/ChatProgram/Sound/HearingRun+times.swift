import Audio
import Language

/// Where the times of a transcript come from.
enum TranscriptTiming: Sendable {
  /// From the server.
  case told
  /// The recording's length was shared out among the sentences.
  case shared
  /// Nothing tells the length either: it is that of a voice that reads the text.
  case guessed
}

extension HearingRun {
  /// Gives times to a transcript that has none: it is paid for, and is not lost for want of them.
  func estimate(_ heard: inout Heard, from start: Double) {
    guard !heard.isEmpty else { return }
    heard.timing = heard.seconds == nil ? .guessed : .shared
    heard.subtitles = Subtitles(
      estimatedFor: heard.text, from: start,
      seconds: heard.seconds ?? SoundLength.estimate(of: heard.text))
  }

  /// How long a recording is behind which the times of another go on.
  func length(of recording: Recording, _ heard: Heard) -> Double {
    if let seconds = recording.seconds { return seconds }
    if let seconds = heard.seconds { return seconds }
    tell(
      say(
        "Nothing tells how long \(recording.givenPath) is: the times behind it are guessed from its last words (≈). Convert it first, for example to wav."
      ))
    return heard.subtitles.cues.last?.end ?? 0
  }

  /// Tells once of a recording that its times are no server's.
  func tellTiming(of heard: Heard, in recording: Recording) {
    switch heard.timing {
    case .told: break
    case .shared:
      tell(
        say("\(server.model) tells no times: those of \(recording.givenPath) are estimated (≈)."))
    case .guessed where FFmpeg(environment: installation.environment).isInstalled:
      tell(
        say(
          "\(server.model) tells no times, and ffmpeg not how long \(recording.givenPath) is: its times are guessed from the words (≈). The file may be damaged; convert it first."
        ))
    case .guessed:
      tell(
        say(
          "\(server.model) tells no times, and nothing how long \(recording.givenPath) is: its times are guessed from the words (≈). Install ffmpeg, which tells the length."
        ))
    }
  }
}
