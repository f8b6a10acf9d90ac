import Audio
import JSON

/// What is printed of the recordings of a call, one behind the other, in the shape that was asked for.
///
/// Titles are one file, as of one recording that was cut: times and numbers go on from one to the next. JSON is
/// an object a line.
struct PrintedTranscripts: Sendable {
  let shape: TranscriptionRequest.Shape
  /// Where the next recording begins, in seconds.
  private var start = 0.0
  /// How many titles there are so far.
  private var count = 0
  private var isFirst = true
  /// How many recordings are to come.
  private var left: Int

  init(_ shape: TranscriptionRequest.Shape, recordingCount: Int) {
    self.shape = shape
    left = recordingCount
  }

  /// Whether the times of another recording go on behind the next.
  var goesOn: Bool { shape.isTimed && left > 1 }

  /// What is printed of the next recording.
  func text(of heard: Heard, in recording: Recording) -> String {
    switch shape {
    case .text: return heard.text.hasSuffix("\n") ? heard.text : heard.text + "\n"
    case .srt, .vtt:
      let words = heard.untimed.map { $0 + "\n" } ?? ""
      return heard.subtitles.delayed(by: start).text(as: shape, behind: isFirst ? nil : count)
        + words
    case .json:
      var members = [
        JSONMember("file", .string(recording.givenPath)), JSONMember("text", .string(heard.text)),
      ]
      if let seconds = heard.untimed == nil ? heard.seconds ?? recording.seconds : nil {
        members.append(JSONMember("seconds", .number("\((seconds * 1000).rounded() / 1000)")))
      }
      return "\(JSONValue.object(members))\n"
    }
  }

  /// Goes on behind a recording of that length.
  mutating func pass(_ heard: Heard, lasting seconds: Double) {
    start += seconds
    count += heard.subtitles.cues.count
    left -= 1
    isFirst = false
  }
}
