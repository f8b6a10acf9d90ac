/// A number of tokens, in 0…10¹²; sums and differences stay in that range.
///
/// The bound is a hundred thousand times what any request holds, so that a server's nonsense is told
/// from a count, and low enough that no arithmetic on it overflows.
package struct TokenCount: Hashable, Comparable, Sendable, CustomStringConvertible {
  package static let largest = 1_000_000_000_000

  package let value: Int

  /// The nearest number of tokens in range.
  package init(_ value: Int) {
    self.value = min(max(0, value), Self.largest)
  }

  /// A count from outside; nil where it is out of range, and so no count at all.
  package init?(exactly value: Int) {
    guard (0...Self.largest).contains(value) else { return nil }
    self.value = value
  }

  package var description: String { String(value) }

  package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
  package static func + (left: Self, right: Self) -> Self { Self(left.value + right.value) }
  package static func - (left: Self, right: Self) -> Self { Self(left.value - right.value) }
  package static func += (left: inout Self, right: Self) { left = left + right }
}

extension TokenCount: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int) { self.init(value) }
}

/// A whole number in JSON; one that is out of range throws.
extension TokenCount: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let count = Self(exactly: try container.decode(Int.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no token count")
    }
    self = count
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

/// What a server counted for one request (OpenAI API reference, chat/create, `usage`), in tokens; or
/// what Iris took it for, of a reply that was stopped before the server told.
package struct TokenUsage: Hashable, Sendable {
  package var prompt: TokenCount
  /// Includes `reasoning`.
  package var completion: TokenCount
  /// The part of `prompt` that was read from the server's cache.
  package var cached: TokenCount
  package var reasoning: TokenCount
  /// Whether any of it is an estimate: shown with “≈”.
  package var isEstimated = false

  package init(
    prompt: TokenCount, completion: TokenCount, cached: TokenCount = 0, reasoning: TokenCount = 0,
    isEstimated: Bool = false
  ) {
    self.isEstimated = isEstimated
    self.prompt = prompt
    self.completion = completion
    self.cached = cached
    self.reasoning = reasoning
  }

  /// Counts from outside, 0 for those that were not told; nil where one is out of range, or neither
  /// prompt nor completion was told.
  package init?(reportedPrompt prompt: Int?, completion: Int?, cached: Int?, reasoning: Int?) {
    guard prompt != nil || completion != nil,
      let prompt = TokenCount(exactly: prompt ?? 0),
      let completion = TokenCount(exactly: completion ?? 0),
      let cached = TokenCount(exactly: cached ?? 0),
      let reasoning = TokenCount(exactly: reasoning ?? 0)
    else { return nil }
    self.init(prompt: prompt, completion: completion, cached: cached, reasoning: reasoning)
  }

  package var total: TokenCount { prompt + completion }

  package static func + (left: Self, right: Self) -> Self {
    Self(
      prompt: left.prompt + right.prompt, completion: left.completion + right.completion,
      cached: left.cached + right.cached, reasoning: left.reasoning + right.reasoning,
      isEstimated: left.isEstimated || right.isEstimated)
  }
}

/// An object of whole numbers; `isEstimated` stands there only where it is true.
extension TokenUsage: Codable {
  private enum CodingKeys: CodingKey { case prompt, completion, cached, reasoning, isEstimated }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      prompt: try object.decode(TokenCount.self, forKey: .prompt),
      completion: try object.decode(TokenCount.self, forKey: .completion),
      cached: try object.decode(TokenCount.self, forKey: .cached),
      reasoning: try object.decode(TokenCount.self, forKey: .reasoning),
      isEstimated: try object.decodeIfPresent(Bool.self, forKey: .isEstimated) ?? false)
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(prompt, forKey: .prompt)
    try object.encode(completion, forKey: .completion)
    try object.encode(cached, forKey: .cached)
    try object.encode(reasoning, forKey: .reasoning)
    if isEstimated { try object.encode(true, forKey: .isEstimated) }
  }
}
