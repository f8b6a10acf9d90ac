import Conversation
import ModelCatalog
import Testing

@Suite struct ServiceModelTests {
  /// 2026-11-30 and 2026-12-28, midnight UTC.
  private let november = Timestamp(milliseconds: 1_795_996_800_000)
  private let december = Timestamp(milliseconds: 1_798_416_000_000)

  @Test func `A model is told of 60 days before its end, and what replaces it`() throws {
    let whisper = try #require(ServiceModel(named: "whisper-1"))
    #expect(whisper.shutdown?.description == "2027-02-26")
    #expect(!whisper.endsSoon(at: november))
    #expect(whisper.endsSoon(at: december))
    #expect(whisper.successor == "gpt-transcribe")
    #expect(try #require(ServiceModel(named: "openai/tts-1")).endsSoon(at: november))
    #expect(try #require(ServiceModel(named: "gpt-transcribe")).endsSoon(at: december) == false)
    #expect(ServiceModel(named: "kokoro") == nil)
  }

  @Test func `Each model has the unit that it is sold by`() throws {
    let spoken = try #require(ServiceModel(named: "tts-1"))
    #expect(spoken.cost(ofCharacters: 1_000_000) == Money(dollars: 15))
    #expect(spoken.cost(ofSeconds: 60) == nil)
    let heard = try #require(ServiceModel(named: "gpt-transcribe"))
    #expect(heard.cost(ofSeconds: 120) == Money(dollars: 0.009))
    let vectors = try #require(ServiceModel(named: "text-embedding-3-small"))
    #expect(vectors.cost(ofTokens: 500_000) == Money(dollars: 0.01))
  }
}
