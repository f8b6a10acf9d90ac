import Conversation
import ModelCatalog
import Testing

@Suite struct ModelLookupTests {
  @Test(arguments: [
    ("gpt-4o", "gpt-4o"),
    ("GPT-4o", "gpt-4o"),
    ("gpt-4o-2024-08-06", "gpt-4o"),
    ("openai/gpt-4o", "gpt-4o"),
    ("openrouter/openai/gpt-4o-2024-08-06:free", "gpt-4o"),
    ("gpt-4o-mini", "gpt-4o-mini"),
    ("gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
    ("gpt-4-0613", "gpt-4"),
    ("gpt-5.6", "gpt-5.6-sol"),
    ("o3-20250416", "o3"),
    ("gpt-5-latest", "gpt-5"),
  ])
  func `A server's name for a model finds it`(name: String, id: String) {
    #expect(ModelCatalog.builtIn.listed(name)?.id == id)
  }

  @Test(arguments: ["gpt-4o-audio", "gpt-4o-20240", "gpt", "llama3:8b", "", "/", "-", "o3-micro"])
  func `Another model is not taken for a listed one`(name: String) {
    #expect(ModelCatalog.builtIn.listed(name) == nil)
  }

  @Test func `Of a model that no table lists, nothing is claimed`() {
    let model = ModelCatalog.builtIn.model(named: "llama3:8b")
    #expect(model == Model(id: "llama3:8b"))
    #expect(model.hasVision == nil)
    #expect(model.cost(of: TokenUsage(prompt: 1, completion: 1)) == nil)
    #expect(model.share(ofPrompt: 100) == nil)
    #expect(!model.isShutDown(at: Timestamp(milliseconds: .max)))
  }

  @Test func `The table is whole`() {
    let models = ModelCatalog.builtIn.all.filter { $0.drawing == nil }
    #expect(models.count == 35 + 3)
    #expect(models.filter { $0.shutdown != nil }.count == 20)
    for model in models {
      #expect(model.price != nil && model.promptLimit != nil && model.hasVision != nil)
      #expect(model.source != .user)
    }
  }

  /// OpenAI's models that make pictures, and the demo's two; prices in dollars per million tokens (image
  /// generation guide, deprecations).
  @Test func `Models that make pictures have prices of their own, those that are gone a successor`()
  {
    let models = ModelCatalog.builtIn.all.filter { $0.drawing != nil }
    let gone = models.filter { $0.shutdown != nil }
    let successors = ["gpt-image-2.6-flare", "gpt-image-2.6-sunburst"]
    #expect(
      Set(gone.map(\.id)) == [
        "dall-e-2", "dall-e-3", "gpt-image-1", "gpt-image-1-mini", "gpt-image-1.5",
        "chatgpt-image-latest",
      ])
    #expect(gone.allSatisfy { successors.contains($0.replacement ?? "") })
    let living = models.filter { $0.shutdown == nil }
    #expect(
      Set(living.map(\.id))
        == Set(successors).union([
          "gpt-image-2", "gpt-image-2.5-flare", "gpt-image-2.5-sunburst", "demo-image",
          "demo-dall-e",
        ]))
    for model in living {
      let isDemo = model.id.hasPrefix("demo")
      let usage = TokenUsage(prompt: 0, completion: 1_000_000)
      #expect(model.cost(of: usage)?.dollars == (isDemo ? 0 : 30), "\(model.id)")
    }
  }

  @Test func `The demo looks at pictures and charges nothing`() {
    let demo = ModelCatalog.builtIn.model(named: "demo")
    let picture = PixelSize(width: 1_024, height: 1_024)
    #expect(demo.pictures.tokens(for: picture, detail: .high) == .exact(765))
    #expect(demo.cost(of: TokenUsage(prompt: 1_000, completion: 1_000)) == .zero)
  }

  @Test func `A model without pictures says so`() {
    #expect(ModelCatalog.builtIn.model(named: "o3-mini").hasVision == false)
    #expect(ModelCatalog.builtIn.model(named: "o3").hasVision == true)
  }

  @Test func `The share of the window counts the prompt's own limit`() {
    let model = ModelCatalog.builtIn.model(named: "gpt-5")
    #expect(model.share(ofPrompt: 136_000) == 0.5)
    #expect(ModelCatalog.builtIn.model(named: "gpt-4o").share(ofPrompt: 128_000) == 1)
  }

  @Test(arguments: [
    // Milliseconds since 1970 by `date -u -d`, and the day.
    (0, "1970-01-01"), (951_782_400_000, "2000-02-29"), (951_868_800_000, "2000-03-01"),
    (1_796_947_199_999, "2026-12-10"), (1_796_947_200_000, "2026-12-11"),
    (1_709_164_800_000, "2024-02-29"), (1_798_675_200_000, "2026-12-31"),
  ])
  func `A time falls on its day`(milliseconds: Int, day: String) {
    let date = CalendarDate(Timestamp(milliseconds: Int64(milliseconds)))
    #expect(date.description == day)
    #expect(CalendarDate(iso: day) == date)
  }

  @Test func `A model is out of service from its day on`() {
    let model = ModelCatalog.builtIn.model(named: "gpt-5")
    #expect(!model.isShutDown(at: Timestamp(milliseconds: 1_796_947_199_999)))
    #expect(model.isShutDown(at: Timestamp(milliseconds: 1_796_947_200_000)))
  }

  @Test(arguments: [
    "", "2026-1-01", "2026-13-01", "2026-12-32", "2026-12", "26-12-110", "२०२६-12-11",
  ])
  func `What is not a date is none`(text: String) {
    #expect(CalendarDate(iso: text) == nil)
  }
}
