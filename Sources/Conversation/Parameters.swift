/// Sampling and output settings; one that is nil (or empty) is never sent.
package struct Parameters: Hashable, Codable, Sendable {
  /// In 0…2.
  package var temperature: Double?
  /// In 0…1.
  package var topP: Double?
  package var maxTokens: Int?
  /// In −2…2.
  package var frequencyPenalty: Double?
  /// In −2…2.
  package var presencePenalty: Double?
  package var seed: Int64?
  /// At most four.
  package var stop: [String] = []
  package var responseFormat: ResponseFormat?
  /// An open set: `none`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`, and what comes.
  package var reasoningEffort: String?

  package init() {}
}

extension Parameters {
  /// These settings, and the others' where these are silent.
  package func over(_ others: Parameters) -> Parameters {
    var result = others
    result.temperature = temperature ?? others.temperature
    result.topP = topP ?? others.topP
    result.maxTokens = maxTokens ?? others.maxTokens
    result.frequencyPenalty = frequencyPenalty ?? others.frequencyPenalty
    result.presencePenalty = presencePenalty ?? others.presencePenalty
    result.seed = seed ?? others.seed
    result.stop = stop.isEmpty ? others.stop : stop
    result.responseFormat = responseFormat ?? others.responseFormat
    result.reasoningEffort = reasoningEffort ?? others.reasoningEffort
    return result
  }
}

/// The shape that a reply must have (OpenAI API reference, chat/create, `response_format`).
package enum ResponseFormat: Hashable, Codable, Sendable {
  case text
  case jsonObject
  /// `schema` is the JSON text of the `json_schema` object's `schema`.
  case jsonSchema(name: String, schema: String)
}
