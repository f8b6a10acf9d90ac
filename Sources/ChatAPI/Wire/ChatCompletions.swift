import Conversation

/// The wire of `POST …/chat/completions` (OpenAI API reference, chat/create), as compatible servers
/// speak it.
package struct ChatCompletions: WireProtocol {
  static let call = "/chat/completions"

  /// How the server's wire differs from OpenAI's.
  package var dialect: Dialect

  package init(_ dialect: Dialect) {
    self.dialect = dialect
  }

  package var call: String { Self.call }

  package func encode(
    _ request: ModelRequest, adaptations: Set<Adaptation> = []
  ) -> EncodedRequest {
    let encoder = ChatCompletionsEncoder(request, dialect: dialect, adaptations: adaptations)
    return EncodedRequest(
      body: encoder.body, facts: encoder.facts, omitted: encoder.omitted, unknown: encoder.unknown)
  }

  package func adaptation(to error: ChatAPIError, settings: [String]) -> Adaptation? {
    ParameterRules.adaptation(to: error, sent: settings)
  }

  /// The limit is the server's to tell here (`finish_reason`).
  package func makeDecoder(startsInReasoning: Bool, tokenLimit: Int?) -> any ReplyDecoder {
    ChatCompletionsDecoder(startsInReasoning: startsInReasoning)
  }
}
