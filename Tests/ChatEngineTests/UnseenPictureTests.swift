import ChatEngine
import ChatSamples
import Conversation
import Language
import SampleValues
import Testing

/// What a server's count says of pictures that its model was not shown.
@Suite struct UnseenPictureTests {
  /// Asks about these pictures; what was told of a reply whose server counted so many tokens.
  private func told(
    _ text: String, _ pictures: [PictureReference], counted: Int
  ) -> [EngineReport] {
    var input = AskInput(text: text)
    input.sources = pictures.map(\.name)
    let engine = ChatEngine(.empty, settings: Servers.sample.settings(), keepsConversation: false)
    var asker = Asker(AskState(engine, input))
    asker.on(.begin)
    for (index, picture) in pictures.enumerated() {
      asker.on(.picture(.found(request: index + 1, sources: [picture.name])))
    }
    for (waiting, picture) in zip(asker.engine.attachments.waiting, pictures) {
      asker.on(.picture(.prepared(waiting.id, .untouched(picture))))
    }
    asker.reply(.text("A bridge."))
    asker.reply(.usage(TokenUsage(prompt: TokenCount(counted), completion: 3)))
    asker.reply(.finished(.stop))
    return asker.reports.filter { if case .picturesUnseen = $0 { true } else { false } }
  }

  @Test func `A prompt of fewer tokens than its pictures is told`() throws {
    let one = try #require(told("What is it?", [.photo()], counted: 24).first)
    #expect(
      one.phrase?.text() == "openai counted 24 tokens in all: the model was not shown the picture.")
    let two = try #require(told("What?", [.photo(), .photo("b.jpg")], counted: 100).first)
    #expect(
      two.phrase?.text()
        == "openai counted 100 tokens in all: the model was not shown the 2 pictures.")
  }

  @Test func `One that holds its pictures is not, nor one of which nothing can be said`() {
    let tiny = PictureReference(
      source: .stored(
        StoredPicture(
          digest: .sample("dot"), format: .png, size: PixelSize(width: 8, height: 8),
          byteCount: 70)),
      name: "dot.png", detail: .auto)
    #expect(told("What is it?", [.photo()], counted: 300).isEmpty)
    #expect(told("What is it?", [.photo()], counted: 85).isEmpty)
    #expect(told("What is it?", [tiny], counted: 20).isEmpty)
    #expect(told("What is it?", [], counted: 20).isEmpty)
    // The words alone may be as much.
    #expect(told(String(repeating: "word ", count: 400), [.photo()], counted: 480).isEmpty)
  }
}
