/// The built-in table of models, as of 2026-11-20, in US dollars per million tokens.
///
/// `official` rows have at least their price from OpenAI's own pages (pricing and deprecations);
/// `secondary` ones rest on others who quote them.
enum BuiltInModels {
  /// Other names of listed models.
  static let aliases = ["gpt-5.6": "gpt-5.6-sol"]

  static let all = published + demo + DrawingModels.all

  /// Our own demo, which counts pictures as GPT-4o does and charges nothing.
  private static let demo = ["demo", "demo-fast", "demo-slow"].map {
    Model($0, .gpt4o, 0, 0, 0, .gpt4o, .official)
  }

  private static let published: [Model] = [
    Model("gpt-6.2-astra", .million, 8, nil, 40, .gpt6, .secondary),
    Model("gpt-6.2-sol", .million, 2, 0.1, 10, .gpt6, .official),
    Model("gpt-6.1-sol", .million, 2, 0.1, 10, .gpt6, .secondary),
    Model("gpt-6.1-terra", .million, 1, 0.05, 5, .gpt6, .secondary),
    Model("gpt-6-astra", .million, 10, 1, 50, .gpt6, .secondary),
    Model("gpt-6-sol", .million, 2, 0.2, 10, .gpt6, .secondary),
    Model("gpt-6-luna", .million, 0.1, 0.01, 0.5, .gpt6, .secondary),
    Model("gpt-5.6-sol", .million, 4, 0.4, 20, .gpt56, .secondary),
    Model("gpt-5.6-terra", .million, 2, 0.2, 12, .gpt56, .secondary),
    Model("gpt-5.6-luna", .million, 0.2, 0.02, 1.2, .gpt56, .secondary),
    Model("gpt-5.5", .million, 5, 0.5, 30, .gpt55, .official),
    Model("gpt-5.5-pro", .million, 30, nil, 180, .gpt55, .official),
    Model("gpt-5.4", .million, 2.5, 0.25, 15, .gpt54, .official),
    Model("gpt-5.4-mini", .large, 0.75, 0.075, 4.5, .gpt54Small, .official),
    Model("gpt-5.4-nano", .large, 0.2, 0.02, 1.25, .gpt54Small, .official, "2027-04-01"),
    Model("gpt-5.2", .large, 1.75, 0.175, 14, .gpt52, .official),
    Model("gpt-5.1", .large, 1.25, 0.125, 10, .gpt5, .official, "2027-04-01"),
    Model("gpt-5", .large, 1.25, 0.125, 10, .gpt5, .official, "2026-12-11"),
    Model("gpt-5-mini", .large, 0.25, 0.025, 2, .gpt5Mini, .official, "2026-12-11"),
    Model("gpt-5-nano", .large, 0.05, 0.005, 0.4, .gpt5Nano, .official, "2026-12-11"),
    Model("gpt-5-pro", .largePro, 15, nil, 120, .gpt5, .official, "2026-12-11"),
    Model("o3", .reasoning, 2, 0.5, 8, .o1, .official, "2026-12-11"),
    Model("o3-pro", .reasoning, 20, nil, 80, .o1, .official, "2026-12-11"),
    Model("gpt-4.1", .gpt41, 2, 0.5, 8, .gpt4o, .official, "2027-01-14"),
    Model("gpt-4.1-mini", .gpt41, 0.4, 0.1, 1.6, .gpt41Mini, .official, "2027-01-14"),
    Model("gpt-4o", .gpt4o, 2.5, 1.25, 10, .gpt4o, .official, "2027-01-14"),
    Model("gpt-4o-mini", .gpt4o, 0.15, 0.075, 0.6, .gpt4oMini, .official, "2027-01-14"),
    Model("gpt-4.1-nano", .gpt41, 0.1, 0.025, 0.4, .gpt41Nano, .official, "2026-10-23"),
    Model("gpt-4-turbo", .gpt4Turbo, 10, nil, 30, .unknown, .official, "2026-10-23"),
    Model("gpt-4", .gpt4, 30, nil, 60, nil, .official, "2026-10-23"),
    Model("gpt-3.5-turbo", .gpt35, 0.5, nil, 1.5, nil, .official, "2026-10-23"),
    Model("o1", .reasoning, 15, 7.5, 60, .o1, .official, "2026-10-23"),
    Model("o1-pro", .reasoning, 150, nil, 600, .o1, .official, "2026-10-23"),
    Model("o3-mini", .reasoning, 1.1, 0.55, 4.4, nil, .official, "2026-10-23"),
    Model("o4-mini", .reasoning, 1.1, 0.275, 4.4, .o4Mini, .official, "2026-10-23"),
  ]
}

/// How many tokens a family takes and gives.
private struct Window {
  let context: Int
  let maxInput: Int?
  let maxOutput: Int

  static let million = Window(context: 1_050_000, maxInput: 922_000, maxOutput: 128_000)
  static let large = Window(context: 400_000, maxInput: 272_000, maxOutput: 128_000)
  static let largePro = Window(context: 400_000, maxInput: 272_000, maxOutput: 272_000)
  static let reasoning = Window(context: 200_000, maxInput: nil, maxOutput: 100_000)
  static let gpt41 = Window(context: 1_047_576, maxInput: nil, maxOutput: 32_768)
  static let gpt4o = Window(context: 128_000, maxInput: nil, maxOutput: 16_384)
  static let gpt4Turbo = Window(context: 128_000, maxInput: nil, maxOutput: 4_096)
  static let gpt4 = Window(context: 8_192, maxInput: nil, maxOutput: 8_192)
  static let gpt35 = Window(context: 16_385, maxInput: nil, maxOutput: 4_096)
}

extension Model {
  /// A row of the table: the prices are of input, cached input and output; no picture rule means
  /// no pictures.
  fileprivate init(
    _ id: String, _ window: Window, _ input: Double, _ cachedInput: Double?, _ output: Double,
    _ pictures: PictureRule?, _ source: Source, _ shutdown: String? = nil
  ) {
    self.init(id: id)
    contextWindow = window.context
    maxInput = window.maxInput
    maxOutput = window.maxOutput
    price = Price(
      input: input, cachedInput: cachedInput, output: output,
      longPrompt: window.context == Window.million.context ? .beyond272K : nil)
    hasVision = pictures != nil
    self.pictures = pictures ?? .unknown
    self.source = source
    self.shutdown = shutdown.flatMap(CalendarDate.init(iso:))
  }
}
