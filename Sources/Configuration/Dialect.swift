/// How a server's wire differs from the plain OpenAI-compatible one.
///
/// The defaults are what every compatible server understands.
package struct Dialect: Equatable, Sendable {
  /// The name under which a server takes the limit of a reply's tokens.
  package enum MaxTokensName: String, CaseIterable, Sendable {
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
  }

  /// How the key travels.
  package enum KeyHeader: Equatable, Sendable {
    /// `Authorization: Bearer KEY`.
    case bearer
    /// A header that holds the bare key, like Azure's `api-key`.
    case named(String)
  }

  package var maxTokensName = MaxTokensName.maxTokens
  package var keyHeader = KeyHeader.bearer
  /// Whether models that ask so may be given `developer` messages in place of `system` ones.
  package var knowsDeveloperRole = false
  /// The name of the seed parameter (Mistral's differs).
  package var seedName = "seed"
  /// Whether `store: false` is sent, to a server that else keeps the conversation.
  package var sendsStoreFalse = false
  /// Whether `stream_options.include_usage` is understood.
  package var knowsStreamOptions = true
  /// Whether `image_url.detail` means anything to the server.
  package var knowsDetail = true
  /// Whether reasoning must be sent back with the assistant's messages (DeepSeek).
  package var wantsReasoningBack = false
  /// Azure's `api-version`; with one, the path names the model (``Provider/address(for:)``).
  package var apiVersion: String?

  package init() {}

  var isAzure: Bool { keyHeader == .named("api-key") }
}
