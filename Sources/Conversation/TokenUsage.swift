/// What a server counted for one request (OpenAI API reference, chat/create, `usage`), in tokens.
package struct TokenUsage: Hashable, Codable, Sendable {
  package var prompt: Int
  /// Includes `reasoning`.
  package var completion: Int
  /// The part of `prompt` that was read from the server's cache.
  package var cached: Int
  package var reasoning: Int

  package init(prompt: Int, completion: Int, cached: Int = 0, reasoning: Int = 0) {
    self.prompt = prompt
    self.completion = completion
    self.cached = cached
    self.reasoning = reasoning
  }

  package var total: Int { prompt + completion }

  package static func + (left: Self, right: Self) -> Self {
    Self(
      prompt: left.prompt + right.prompt, completion: left.completion + right.completion,
      cached: left.cached + right.cached, reasoning: left.reasoning + right.reasoning)
  }
}
