import Audio
import ChatAPI
import Testing

/// Answers of a server that hears, which are not quite what the reference says.
@Suite struct OddTranscriptTests {
  private func decode(
    _ answer: [UInt8], _ mediaType: String, _ shape: TranscriptionRequest.Shape
  ) throws -> Transcript {
    var decoder = TranscriptDecoder(
      mediaType: mediaType, shape: shape, from: try Provider("http://s/v1"))
    _ = try decoder.feed(answer)
    _ = try decoder.finish()
    if let fault = decoder.fault { throw fault }
    return decoder.transcript
  }

  @Test(arguments: TranscriptionRequest.Shape.allCases)
  func `JSON behind a byte order mark is JSON`(shape: TranscriptionRequest.Shape) throws {
    let answer = [0xEF, 0xBB, 0xBF] + Array(#"{"text":"Good day"}"#.utf8)
    #expect(try decode(answer, "application/json", shape).text == "Good day")
  }

  @Test func `An empty answer is no transcript, unless it is an empty file of subtitles`() throws {
    for shape in TranscriptionRequest.Shape.allCases {
      for mediaType in ["application/json", ""] {
        #expect(throws: AudioError.answerUnreadable(server: "s"), "\(shape)") {
          try decode([], mediaType, shape)
        }
      }
    }
    #expect(try decode([], "text/plain", .srt).text == "")
    #expect(try decode([], "application/x-subrip", .srt).text == "")
  }

  @Test(arguments: [#"{"text":{"a":1}}"#, #"{"text":42}"#, #"{"text":["a","b"]}"#])
  func `A text that is none is told`(answer: String) {
    #expect(throws: AudioError.answerUnreadable(server: "s")) {
      try decode(Array(answer.utf8), "application/json", .json)
    }
  }

  @Test func `The last event is right where those before it were not`() throws {
    let events =
      #"data: {"type":"transcript.text.delta","delta":"Hello wor"}"# + "\n\n"
      + #"data: {"type":"transcript.text.done","text":"Hello, world."}"# + "\n\n"
    #expect(
      try decode(Array(events.utf8), "text/event-stream", .json).text == "Hello, world.")
  }
}
