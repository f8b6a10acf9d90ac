import Conversation
import Language
import ModelCatalog
import Testing

@Suite struct DrawingRuleTests {
  private func size(_ text: String, _ model: String) throws -> String? {
    let wanted = try #require(Drawing.Size(text))
    return ModelCatalog.builtIn.model(named: model).drawing?.size(nearest: wanted).description
  }

  @Test(arguments: [
    ("1536x1024", "1536x1024"), ("1000x1000", "1008x1008"), ("100x100", "816x816"),
    ("9000x9000", "2880x2880"), ("3:2", "1536x1024"), ("1:1", "1248x1248"), ("10:1", "2160x720"),
    ("auto", "auto"),
  ]) func `A free size is rounded to what the model draws`(wanted: String, drawn: String) throws {
    #expect(try size(wanted, "gpt-image-2") == drawn)
  }

  @Test func `Every rounded size keeps the rules of gpt-image-2`() throws {
    for width in stride(from: 1, through: 5000, by: 97) {
      for height in stride(from: 1, through: 5000, by: 131) {
        let text = try #require(try size("\(width)x\(height)", "gpt-image-2"))
        guard case .pixels(let size)? = Drawing.Size(text) else { return #expect(Bool(false)) }
        #expect(size.width % 16 == 0 && size.height % 16 == 0)
        #expect(max(size.width, size.height) <= 3840)
        #expect(max(size.width, size.height) <= 3 * min(size.width, size.height))
        #expect((655_360...8_294_400).contains(size.pixelCount), "\(size)")
      }
    }
  }

  @Test(arguments: [
    ("1920x1080", "1792x1024"), ("3:2", "1792x1024"), ("9:16", "1024x1792"),
    ("500x500", "1024x1024"),
  ]) func `Of a list of sizes the nearest is taken`(wanted: String, drawn: String) throws {
    #expect(try size(wanted, "dall-e-3") == drawn)
  }

  @Test func `Of squares the one of nearest pixels is taken`() throws {
    #expect(try size("300x300", "dall-e-2") == "256x256")
  }

  /// OpenAI's published prices of a picture.
  @Test(arguments: [
    ("1024x1024", "low", "$0.0060"), ("1024x1024", "medium", "$0.053"),
    ("1024x1024", "high", "$0.21"), ("1536x1024", "low", "$0.0050"),
    ("1024x1536", "medium", "$0.041"), ("1536x1024", "high", "$0.17"),
  ]) func `A picture costs what is published`(size: String, quality: String, price: String) throws {
    var drawing = Drawing(model: "gpt-image-2")
    (drawing.size, drawing.quality) = (try #require(Drawing.Size(size)), quality)
    let cost = ModelCatalog.builtIn.model(named: "gpt-image-2").cost(of: drawing)
    #expect(cost?.description == price)
  }

  @Test func `Where the model chooses the size, the dearest usual one is priced`() {
    var drawing = Drawing(model: "gpt-image-2")
    drawing.quality = "medium"
    let model = ModelCatalog.builtIn.model(named: "gpt-image-2")
    #expect(model.priceLine(of: drawing).text() == "gpt-image-2 medium: ≈$0.053")
  }

  @Test func `A price that nobody has told is not guessed`() throws {
    var drawing = Drawing(model: "gpt-image-2")
    let model = ModelCatalog.builtIn.model(named: "gpt-image-2")
    #expect(model.cost(of: drawing) == nil)
    drawing.quality = "low"
    drawing.size = try #require(Drawing.Size("2048x1024"))
    #expect(model.cost(of: drawing) == nil)
    #expect(
      model.priceLine(of: drawing).text() == "gpt-image-2 2048x1024 low: the price is not known.")
  }

  @Test func `The cheapest quality is usual, and what was rounded is told`() throws {
    var wanted = Drawing(model: "gpt-image-2")
    wanted.size = try #require(Drawing.Size("1000x1000"))
    wanted.count = 30
    let model = ModelCatalog.builtIn.model(named: "gpt-image-2")
    let adapted = model.adapting(wanted)
    #expect(adapted.quality == "low")
    #expect(
      model.rounding(of: wanted, to: adapted)?.text()
        == "gpt-image-2 does not draw 1000×1000: 1008x1008 is asked for.")
    #expect(model.rounding(of: adapted, to: adapted) == nil)
  }

  @Test(
    arguments: [
      (
        "gpt-image-2", "hd", nil, 1,
        "gpt-image-2 knows no quality hd. It knows: low, medium, high, auto."
      ),
      (
        "gpt-image-2", nil, "vivid", 1,
        "gpt-image-2 takes no style: say it in the prompt, or with --each."
      ),
      ("dall-e-3", nil, "odd", 1, "dall-e-3 knows no style odd. It knows: vivid, natural."),
      ("dall-e-3", nil, nil, 2, "dall-e-3 makes at most 1 at once: lower -n."),
      ("dall-e-3", "hd", "vivid", 1, nil),
      ("flux", "odd", "odd", 10, nil),
    ] as [(String, String?, String?, Int, String?)])
  func `What a model does not take is told before it is asked`(
    model: String, quality: String?, style: String?, count: Int, sentence: String?
  ) {
    var drawing = Drawing(model: model)
    (drawing.quality, drawing.style, drawing.count) = (quality, style, count)
    let rule = ModelCatalog.builtIn.model(named: model).drawing ?? DrawingRule()
    #expect(rule.problem(of: drawing, prompt: "a", name: model)?.text() == sentence)
  }

  @Test func `A prompt that is too long is refused with its length`() {
    let rule = ModelCatalog.builtIn.model(named: "dall-e-2").drawing
    let prompt = String(repeating: "a", count: 1001)
    #expect(
      rule?.problem(of: Drawing(model: "dall-e-2"), prompt: prompt, name: "dall-e-2")?.text()
        == "The prompt has 1001 characters, and dall-e-2 takes 1000: shorten it.")
  }

  @Test func `A server's own model is found by what it offers`() {
    let catalog = ModelCatalog.builtIn
    #expect(catalog.drawingModel(host: "api.openai.com", offered: []) == "gpt-image-2.6-flare")
    #expect(catalog.drawingModel(host: "a", offered: ["gpt-4o", "flux-1"]) == "flux-1")
    #expect(catalog.drawingModel(host: "a", offered: ["my-image", "gpt-image-2"]) == "gpt-image-2")
    #expect(catalog.drawingModel(host: "a", offered: ["gpt-4o"]) == nil)
  }
}
