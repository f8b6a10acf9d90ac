/// How a server's wire differs from OpenAI's, as far as it is known before asking.
///
/// The defaults are what every compatible server understands; what is not known is learned.
package struct Dialect: Hashable, Sendable {
  /// The name under which a server takes the limit of a reply's tokens.
  package enum MaxTokensName: String, CaseIterable, Sendable {
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
  }

  /// How a server is asked for pictures.
  package enum ImageCalls: Hashable, Sendable {
    /// `/images/generations` in JSON, `/images/edits` as a form.
    case usual
    /// The same, and edits in JSON as well (OpenAI).
    case openAI
    /// `/images` in JSON for both (OpenRouter).
    case openRouter
  }

  /// Nil for the name that the model's family asks for (``ParameterRules``).
  package var maxTokensName: MaxTokensName?
  /// Whether instructions go as `developer` to the model families that ask so.
  package var knowsDeveloperRole = false
  /// Whether `store: false` is sent, to a server that else keeps completions by itself.
  package var refusesStorage = false
  /// Whether `/responses` is the call that the server wants, and knows all of.
  package var prefersResponses = false
  /// Whether `stream_options.include_usage` is understood.
  package var includesUsage = true
  /// The name of the seed parameter (Mistral's differs).
  package var seedName = "seed"
  /// Whether `image_url.detail` may be sent.
  package var knowsDetail = true
  /// The shape of the calls that make pictures.
  package var imageCalls = ImageCalls.usual
  /// Whether messages may hold documents as files (`file`, `input_file`).
  package var takesDocuments = false
  /// Whether the server keeps files (`/files`), which messages name.
  package var keepsFiles = false
  /// Whether a reply's reasoning is sent back with it (DeepSeek).
  package var echoesReasoning = false

  package init() {}
}
