/// What is known of a model that takes sound inside a message (OpenAI API reference, chat/create,
/// `input_audio`).
package struct HearingRule: Hashable, Sendable {
  /// How many tokens a second of sound is; nil where nobody has said.
  package var tokensPerSecond: Double?
  /// Dollars for a million tokens of sound; nil where it is not known.
  package var price: Double?

  package init(tokensPerSecond: Double? = nil, price: Double? = nil) {
    self.tokensPerSecond = tokensPerSecond
    self.price = price
  }

  /// The rule of the models whose name begins so, or holds it behind a maker's name; nil for a model that
  /// is not known to hear.
  package init?(model: String) {
    let name = (model.split(separator: "/").last.map(String.init) ?? model).lowercased()
    guard let known = Self.known.first(where: { name.hasPrefix($0.start) }) else { return nil }
    self = known.rule
  }

  /// The families that are known to hear, as of 2026-11-29.
  ///
  /// OpenAI counts a token for 100 ms of sound, Google 32 tokens for a second (Gemini API, audio
  /// understanding). Small Gemma 3n hear, larger Gemma 3 do not.
  private static let known: [(start: String, rule: HearingRule)] = [
    ("gpt-audio-1.5", HearingRule(tokensPerSecond: 10, price: 32)),
    ("gpt-audio", HearingRule(tokensPerSecond: 10)),
    ("gpt-4o-audio", HearingRule(tokensPerSecond: 10)),
    ("gpt-4o-mini-audio", HearingRule(tokensPerSecond: 10)),
    ("gemini-", HearingRule(tokensPerSecond: 32)),
    ("gemma-3n", HearingRule()), ("gemma3n", HearingRule()),
    ("voxtral", HearingRule()),
    ("qwen2-audio", HearingRule()), ("qwen2.5-omni", HearingRule()),
    ("qwen3-omni", HearingRule()), ("qwen-omni", HearingRule()),
    ("phi-4-multimodal", HearingRule()), ("ultravox", HearingRule()),
    ("minicpm-o", HearingRule()), ("demo", HearingRule(tokensPerSecond: 10)),
  ]

  /// What so many seconds of sound are in tokens.
  package func tokens(ofSeconds seconds: Double) -> TokenEstimate {
    guard let tokensPerSecond, seconds.isFinite, (0...1e6).contains(seconds) else {
      return .unknown
    }
    return .approximate(Int((seconds * tokensPerSecond).rounded(.up)))
  }

  /// What so many seconds of sound cost; nil where that is not known.
  package func cost(ofSeconds seconds: Double) -> Money? {
    guard let price, let tokens = tokens(ofSeconds: seconds).tokens else { return nil }
    return Money(dollars: Double(tokens) * price / 1e6)
  }
}
