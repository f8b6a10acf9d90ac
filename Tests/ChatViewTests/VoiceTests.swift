import ChatEngine
import ChatScreen
import Conversation
import Screen
import Testing

/// The sentence that is being said, on screens that are smaller than its message.
@Suite struct VoiceTests {
  private static let text = """
    # A title

    Sentence number 1 stands here. Sentence number 2 is quite a bit longer, so that it goes over several rows. Yes.
    Sentence number 3 is in the same paragraph. Yes.

    - An item is number 4.
    - Another one is number 5.

    ```swift
    let a = 1
    let b = 2
    ```

    > A quote with number 6, which is also rather long. And number 7.

    \((8...20).map { "Number \($0) comes at the end. Yes." }.joined(separator: " "))
    """

  /// What is lit, as one text.
  private func lit(_ frame: Frame) -> String {
    frame.rows.flatMap { row in
      row.split { !$0.style.attributes.contains(.reverse) }.map { $0.text }
    }.joined(separator: " ").split(separator: " ").joined(separator: " ")
  }

  private func speaking(_ columns: Int, _ rows: Int) -> Stage {
    var stage = Stage(columns, rows)
    stage.add(.user, "Speak.")
    stage.add(.assistant, Self.text)
    _ = stage.draw()
    stage.enter("/speak")
    return stage
  }

  private func say(_ place: Int, _ stage: inout Stage) -> Frame {
    stage.handle(.sound(.saying(1, sentence: place)))
    return stage.draw()
  }

  @Test(arguments: [(40, 10), (80, 24), (40, 12)])
  func `The view follows the sentence that is said, whole and among its like`(
    columns: Int, rows: Int
  ) throws {
    var stage = speaking(columns, rows)
    for place in 0..<1_000 {
      let frame = say(place, &stage)
      guard let speech = stage.state.sound.speech, speech.byteOffset != nil else { break }
      guard let shown = speech.shown else { continue }
      let words = shown == "Yes." ? "Yes." : shown
      #expect(lit(frame).contains(words), "\(place): \(words)")
    }
    // The last of the sentences that are alike stands at the end.
    #expect(stage.state.transcript.place == .bottom || stage.state.transcript.followsVoice)
    stage.handle(.sound(.spoken(1)))
    _ = stage.draw()
    #expect(stage.state.transcript.place == .bottom)
  }

  @Test func `A view that the user has moved stays where it is`() {
    var stage = speaking(40, 10)
    _ = say(0, &stage)
    #expect(stage.state.transcript.place != .bottom)
    stage.handle(.key(.pageDown))
    _ = stage.draw()
    let place = stage.state.transcript.place
    #expect(lit(say(1, &stage)) == "" || stage.state.transcript.place == place)
    #expect(stage.state.transcript.place == place)
    stage.handle(.sound(.spoken(1)))
    _ = stage.draw()
    #expect(stage.state.transcript.place == place)
  }

  @Test func `The code that a word stands for is in sight while the word is said`() throws {
    var stage = speaking(40, 10)
    for place in 0..<1_000 {
      let frame = say(place, &stage)
      let speech = try #require(stage.state.sound.speech)
      guard speech.byteOffset != nil else { break }
      guard speech.shown == nil else { continue }
      let rows = frame.rows.map(\.text)
      #expect(rows.contains { $0.contains("let a = 1") })
      return
    }
    Issue.record("no code was said")
  }
}
