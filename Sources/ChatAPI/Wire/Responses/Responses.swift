import Conversation

/// The wire of `POST …/responses` (OpenAI API reference, responses/create), as compatible servers
/// speak it.
///
/// Nothing is kept on the server: every request carries the whole path (docs/decisions/0160).
package struct Responses: WireProtocol {
  static let call = "/responses"

  /// How the server's wire differs from OpenAI's.
  package var dialect: Dialect

  package init(_ dialect: Dialect) {
    self.dialect = dialect
  }

  package var call: String { Self.call }

  package func encode(
    _ request: ModelRequest, adaptations: Set<Adaptation> = []
  ) -> EncodedRequest {
    let encoder = ResponsesEncoder(request, dialect: dialect, adaptations: adaptations)
    return EncodedRequest(
      body: encoder.body, facts: encoder.facts, omitted: encoder.omitted,
      unknown: encoder.unknown)
  }

  /// The change that a refusal asks for; settings are named as users know them, so that what is learned
  /// holds on both calls.
  package func adaptation(to error: ChatAPIError, settings: [String]) -> Adaptation? {
    guard case .answer = error.kind, error.status != 401, error.status != 429 else { return nil }
    if error.refusesSealedReasoning { return .omitSealedReasoning }
    if error.refusesPicturesOfTools { return .picturesBehindResults }
    let adaptation = ParameterRules.adaptation(to: error, sent: settings)
    guard case .omit(let name)? = adaptation else { return adaptation }
    return .omit(ResponsesEncoder.settingName(ofMember: name))
  }

  package func makeDecoder(startsInReasoning: Bool, tokenLimit: Int?) -> any ReplyDecoder {
    ResponsesDecoder(startsInReasoning: startsInReasoning, tokenLimit: tokenLimit)
  }
}

extension ChatAPIError {
  /// Whether reasoning that came from this server, or so it was thought, cannot be read there: its key
  /// belongs to another account, or its model to another family.
  fileprivate var refusesSealedReasoning: Bool {
    if code == "invalid_encrypted_content" || parameter?.hasSuffix("encrypted_content") == true {
      return true
    }
    let words = message?.lowercased() ?? ""
    // A setting that asks for such reasoning is another matter.
    if parameter == "include" || words.contains("not supported with this model") { return false }
    if words.contains("container") && (words.contains("expired") || words.contains("not found")) {
      return true
    }
    return words.contains("encrypted content") || words.contains("encrypted_content")
      || words.contains("of type 'reasoning'")
      || words.contains("item with id 'rs_") || words.contains("item with id 'ig_")
      || words.contains("unknown input item type: reasoning")
  }

  /// Whether the result of a tool may be text alone (llama.cpp: “Output of tool call should be 'Input
  /// text'”).
  fileprivate var refusesPicturesOfTools: Bool {
    let words = message?.lowercased() ?? ""
    return words.contains("output of tool call")
      || parameter?.hasSuffix(".output") == true && words.contains("string")
  }
}
