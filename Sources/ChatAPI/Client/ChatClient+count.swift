import Conversation
import JSON

extension ChatClient {
  /// How many tokens a server counts for a request; nil where it has no call that counts.
  ///
  /// The calls are `/responses/input_tokens` (OpenAI API reference, responses/input_tokens; llama.cpp has
  /// it too) and `/chat/completions/input_tokens` (llama.cpp). One that is missing is learned, and asked
  /// for no more. Asks each once.
  package func countTokens(
    of request: ModelRequest, at provider: Provider
  ) async throws(ChatAPIError) -> Int? {
    for wire in [Responses(provider.dialect), ChatCompletions(provider.dialect)]
      as [any WireProtocol]
    {
      let call = wire.call + "/input_tokens"
      let applied = learnedRules.adaptations(for: request.model, at: provider)
      guard !applied.contains(.missingCall(call)) else { continue }
      let body = wire.encode(request.forCounting, adaptations: applied.union(Self.uncounted)).body
      var exchange = try provider.transfer(
        .post(body), call: call, withoutVersion: applied.contains(.plainPath))
      exchange.byteLimit = 1 << 20
      exchange.limits.firstByte = min(provider.timeLimits.firstByte, .seconds(60))
      let (_, answer) = try await collect(
        exchange, server: provider.name, key: provider.apiKey, hiding: provider.redaction)
      switch answer {
      case .success(let bytes):
        if let count = JSONValue(parsing: bytes)?["input_tokens"]?.count { return count }
      case .failure(let error):
        guard error.saysThatCallIsMissing else { throw error }
      }
      learn(.missingCall(call), for: request.model, at: provider)
    }
    return nil
  }

  /// Members that are no part of what is counted, and that the call refuses.
  private static let uncounted: Set<Adaptation> = [
    .omit("stream"), .omit("store"), .omit("include"), .omit("stream_options"),
  ]
}

extension ModelRequest {
  /// The request with that alone which makes its prompt longer.
  fileprivate var forCounting: ModelRequest {
    var request = self
    request.isStreamed = false
    request.parameters = Parameters()
    request.parameters.responseFormat = parameters.responseFormat
    request.parameters.reasoningEffort = parameters.reasoningEffort
    return request
  }
}

extension ChatAPIError {
  /// Whether the server is there and has not the call.
  fileprivate var saysThatCallIsMissing: Bool {
    guard case .answer(let fault) = kind else { return false }
    return [404, 405, 501].contains(status) && fault.isOfAddress
  }
}
