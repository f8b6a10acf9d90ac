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
  func estimate(_ heard: inout Heard, from start: Double, of recording: Recording) async {
    guard !heard.isEmpty else { return }
    if heard.seconds == nil {
      let probe = RecordingProbe(environment: installation.environment)
      heard.seconds = await probe?.seconds(of: recording)
    }
    heard.timing = heard.seconds == nil ? .guessed : .shared
    heard.subtitles = Subtitles(
      estimatedFor: heard.text, from: start,
      seconds: heard.seconds ?? SoundLength.estimate(of: heard.text))
  }

  /// Tells once of a recording that its times are no server's.
  func tellTiming(of heard: Heard, in recording: Recording) {
    switch heard.timing {
    case .told: break
    case .shared:
      tell(
        say("\(server.model) tells no times: those of \(recording.path) are estimated (≈)."))
    case .guessed where FFmpeg(environment: installation.environment).isInstalled:
      tell(
        say(
          "\(server.model) tells no times, and ffmpeg not how long \(recording.path) is: its times are guessed from the words (≈). The file may be damaged; convert it first."
        ))
    case .guessed:
      tell(
        say(
          "\(server.model) tells no times, and nothing how long \(recording.path) is: its times are guessed from the words (≈). Install ffmpeg, which tells the length."
        ))
    }
  }
}
