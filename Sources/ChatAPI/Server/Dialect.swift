/// How a server's wire differs from OpenAI's, as far as it is known before asking.
///
/// A nil name is chosen for each model (``ParameterRules``); what is not known is learned.
package struct Dialect: Hashable, Sendable {
  /// `max_tokens` or `max_completion_tokens`; nil for what the model's family asks.
  package var maxTokensName: String?
  /// Whether instructions go as `developer` to the model families that ask so.
  package var knowsDeveloperRole = false
  /// Whether `store: false` is sent: only OpenAI keeps completions by itself.
  package var refusesStorage = false
  package var includesUsage = true
  package var seedName = "seed"
  /// Whether the server fetches pictures by their URL itself.
  package var fetchesPictureURLs = true
  /// Whether `image_url.detail` may be sent.
  package var knowsDetail = true
  /// Whether a reply's reasoning is sent back with it.
  package var echoesReasoning = false

  package init() {}

  /// The dialect of a well-known host; OpenAI's plainest for any other.
  package init(host: String) {
    self.init()
    if host == "api.openai.com" || host.hasSuffix(".openai.azure.com") {
      maxTokensName = "max_completion_tokens"
      knowsDeveloperRole = true
      refusesStorage = host == "api.openai.com"
    } else if host == "api.mistral.ai" {
      seedName = "random_seed"
      includesUsage = false
    }
  }
}
