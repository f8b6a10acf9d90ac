import Conversation

/// The built-in table of models that make pictures, as of 2026-11-29: their sizes, qualities, prices,
/// ends, and what replaces them (OpenAI's deprecations page and image generation guide; the 2.5 and 2.6
/// models by others who quote them).
enum DrawingModels {
  static let all: [Model] =
    [
      gpt("gpt-image-2.6-flare", .free26, .secondary),
      gpt("gpt-image-2.6-sunburst", .free26, .secondary),
      gpt("gpt-image-2.5-flare", .free25, .secondary),
      gpt("gpt-image-2.5-sunburst", .free25, .secondary),
      gpt("gpt-image-2", .free2, .official),
      gone("gpt-image-1.5", .gptImage1, "2026-12-01"),
      gone("gpt-image-1-mini", .gptImage1, "2026-12-01"),
      gone("chatgpt-image-latest", .gptImage1, "2026-12-01"),
      gone("gpt-image-1", .gptImage1, "2026-10-23"),
      gone("dall-e-3", .dallE3, "2026-05-12"),
      gone("dall-e-2", .dallE2, "2026-05-12"),
    ] + demo

  /// The model that is asked for pictures unless the user names one, by the server's host.
  static let usual = [makerHost: "gpt-image-2.6-flare"]

  /// The host of the models of this table, where their ends are certain.
  static let makerHost = "api.openai.com"

  /// Our own demo, once in the shape of the GPT Image models and once in that of DALL·E 3; it charges
  /// nothing.
  private static let demo: [Model] = [("demo-image", DrawingRule.free2), ("demo-dall-e", .dallE3)]
    .map { name, rule in
      var model = Model(id: name)
      model.price = Price(input: 0, cachedInput: 0, output: 0)
      model.drawing = rule
      // DALL·E 2 did: it can be tried here.
      model.drawing?.varies = name == "demo-dall-e"
      model.source = .official
      return model
    }

  private static func gpt(_ id: String, _ rule: DrawingRule, _ source: Model.Source) -> Model {
    var model = Model(id: id)
    model.price = Price(input: 5, cachedInput: 2, output: 30)
    model.drawing = rule
    model.source = source
    return model
  }

  private static func gone(_ id: String, _ rule: DrawingRule, _ end: String) -> Model {
    var model = Model(id: id)
    model.drawing = rule
    model.source = .official
    model.shutdown = CalendarDate(iso: end)
    model.replacement = "gpt-image-2.6-flare"
    return model
  }
}

extension DrawingRule {
  /// gpt-image-2 (image generation guide: prices of a picture at $30 a million tokens).
  static let free2: DrawingRule = {
    var rule = DrawingRule()
    rule.sizes = .free
    rule.qualities = ["low", "medium", "high", "auto"]
    rule.usualQuality = "low"
    rule.promptLimit = 32_000
    rule.takesResponseFormat = false
    rule.varies = false
    rule.sendsPartialPictures = true
    rule.formats = ["png", "jpeg", "webp"]
    rule.outputTokens = [
      "low": [200, 167, 167], "medium": [1_767, 1_367, 1_367], "high": [7_033, 5_500, 5_500],
    ]
    return rule
  }()

  /// The 2.5 models count as gpt-image-2 does, and know more qualities.
  static let free25: DrawingRule = {
    var rule = free2
    rule.qualities = ["low", "medium", "high", "xhigh", "max", "auto"]
    rule.tokensAreApproximate = true
    return rule
  }()

  /// The 2.6 models take three to four times the tokens at the two cheapest qualities.
  static let free26: DrawingRule = {
    var rule = free25
    rule.formats = ["png", "jpeg", "webp", "gif", "svg"]
    for quality in ["low", "medium"] {
      rule.outputTokens[quality] = rule.outputTokens[quality]?.map { $0 * 7 / 2 }
    }
    return rule
  }()

  /// gpt-image-1 and 1.5, and their small one.
  static let gptImage1: DrawingRule = {
    var rule = free2
    rule.sizes = .listed(
      [(1024, 1024), (1536, 1024), (1024, 1536)].map { PixelSize(width: $0, height: $1) })
    rule.outputTokens = [
      "low": [272, 408, 400], "medium": [1_056, 1_584, 1_568], "high": [4_160, 6_240, 6_208],
    ]
    return rule
  }()

  static let dallE3: DrawingRule = {
    var rule = DrawingRule()
    rule.sizes = .listed(
      [(1024, 1024), (1792, 1024), (1024, 1792)].map { PixelSize(width: $0, height: $1) })
    rule.qualities = ["standard", "hd"]
    rule.styles = ["vivid", "natural"]
    rule.countLimit = 1
    rule.promptLimit = 4_000
    rule.edits = false
    rule.varies = false
    return rule
  }()

  static let dallE2: DrawingRule = {
    var rule = DrawingRule()
    rule.sizes = .listed(
      [(1024, 1024), (512, 512), (256, 256)].map { PixelSize(width: $0, height: $1) })
    rule.promptLimit = 1_000
    rule.varies = true
    return rule
  }()
}

extension ModelCatalog {
  /// The model that OpenAI's own server draws with unless the user names one.
  package static let makersDrawingModel = DrawingModels.usual[DrawingModels.makerHost]

  /// The model that makes pictures at a server unless the user names one: the usual one of its host, else
  /// the first of those that it offers which is known, or is named like one; nil where there is none.
  package func drawingModel(host: String, offered: [String]) -> String? {
    if let usual = DrawingModels.usual[host] { return usual }
    return offered.first { listed($0)?.drawing != nil }
      ?? offered.first(where: Self.looksLikeDrawing)
  }

  private static let drawingNames = [
    "image", "dall-e", "dalle", "flux", "stable-diffusion", "sdxl", "sd3", "imagen", "seedream",
    "wanx", "cogview", "kolors", "midjourney",
  ]

  private static func looksLikeDrawing(_ name: String) -> Bool {
    let lower = name.lowercased()
    return drawingNames.contains { lower.contains($0) }
  }
}
