package import Conversation

/// What a model's tokens cost, in US dollars per million.
package struct Price: Hashable, Sendable {
  package var input: Double
  /// Input that the server read from its cache; nil where no discount is known.
  package var cachedInput: Double?
  package var output: Double
  package var longPrompt: LongPrompt?

  /// The dearer rate of a request whose prompt is long; it holds for the whole request.
  package struct LongPrompt: Hashable, Sendable {
    /// The longest prompt, in tokens, at the usual rate.
    package var threshold: Int
    /// Multiplies the prices of input and cached input.
    package var inputFactor: Double
    package var outputFactor: Double

    /// OpenAI's rule for its models with a window of a million tokens (pricing page, 2026).
    package static let beyond272K = LongPrompt(
      threshold: 272_000, inputFactor: 2, outputFactor: 1.5)
  }

  package init(
    input: Double, cachedInput: Double? = nil, output: Double, longPrompt: LongPrompt? = nil
  ) {
    self.input = input
    self.cachedInput = cachedInput
    self.output = output
    self.longPrompt = longPrompt
  }

  /// What a request cost; cached tokens count as usual ones where no discount is known.
  package func cost(of usage: TokenUsage) -> Money {
    let isLong = longPrompt.map { usage.prompt.value > $0.threshold } ?? false
    let inputFactor = isLong ? longPrompt?.inputFactor ?? 1 : 1
    let outputFactor = isLong ? longPrompt?.outputFactor ?? 1 : 1
    let cached = min(usage.cached, usage.prompt)
    let prompt =
      Double((usage.prompt - cached).value) * input
      + Double(cached.value) * (cachedInput ?? input)
    let completion = Double(usage.completion.value) * output
    return Money(dollars: (prompt * inputFactor + completion * outputFactor) / 1_000_000)
  }
}
