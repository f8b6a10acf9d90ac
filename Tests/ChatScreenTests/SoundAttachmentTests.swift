import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import ModelCatalog
import SampleValues
import Testing

/// Recordings that wait: what is told of them, and for whom they are sound.
@Suite struct SoundAttachmentTests {
  private static func talk(_ seconds: Double?) -> MediaReference {
    MediaReference(
      source: .stored(Digest.sample("talk")), mediaType: "audio/mpeg", byteCount: 1_200_000,
      name: "talk.mp3", facts: .sound(seconds: seconds))
  }

  /// What is said when the recording is attached for that model.
  private func says(_ seconds: Double?, model: String, warnings: [Phrase] = []) throws -> String? {
    var chat = Chat()
    chat.enter("/model \(model)")
    chat.enter("/attach x")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["x"])))
    let id = try #require(chat.state.pictures.waiting.last?.id)
    chat.on(.picture(.document(id, Self.talk(seconds), warnings: warnings)))
    return chat.says
  }

  @Test func `A model that hears gets the sound, with the price that its maker asks for sound`()
    throws
  {
    // 600 s are 6,000 tokens of 100 ms, at $32 a million.
    #expect(
      try says(600, model: "gpt-audio-1.5")
        == "talk.mp3: 10:00, 1.2 MB, as sound, ≈6.0k tok, $0.19.")
  }

  @Test func `Another model gets the transcript, and who makes it is told`() throws {
    let says = try says(
      3723, model: "gpt-4o", warnings: ["gpt-transcribe transcribes it when it is sent: ≈$0.28."])
    #expect(says?.hasPrefix("talk.mp3: 1:02:03, 1.2 MB, as its transcript, ≈") == true)
    #expect(says?.hasSuffix("gpt-transcribe transcribes it when it is sent: ≈$0.28.") == true)
  }

  @Test(arguments: [nil, .nan, .infinity, -1, 1e300] as [Double?])
  func `A length that an imported file made up harms nothing`(seconds: Double?) throws {
    #expect(try says(seconds, model: "gpt-audio-1.5")?.hasPrefix("talk.mp3: ") == true)
  }

  @Test func `It goes with the message, and the engine says whether the model hears`() throws {
    for (model, hears) in [("gpt-audio-1.5", true), ("gpt-4o", false)] {
      var chat = Chat()
      chat.enter("/model \(model)")
      chat.enter("/attach x")
      chat.on(.picture(.found(request: chat.lastSearch, sources: ["x"])))
      let id = try #require(chat.state.pictures.waiting.last?.id)
      chat.on(.picture(.document(id, Self.talk(60), warnings: [])))
      let request = try chat.ask("What is said?")
      #expect(request.messages.last?.parts == [.media(Self.talk(60)), .text("What is said?")])
      #expect(request.takesSound == hears)
    }
  }
}
