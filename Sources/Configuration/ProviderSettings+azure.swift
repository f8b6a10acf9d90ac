extension ProviderSettings {
  /// The address that requests for `model` go to: `baseURL`, but for Azure, where people write the
  /// resource's address alone.
  ///
  /// Azure's newer API stands at `/openai/v1`; with an API version it is the older one, whose path
  /// names the deployment (Azure OpenAI REST API reference, chat completions).
  package func address(for model: String?) -> String {
    guard isAzure, !baseURL.isEmpty else { return baseURL }
    let path = baseURL.prefix { $0 != "?" }
    let hasQuery = path.count < baseURL.count
    var root = String(path)
    while root.hasSuffix("/") { root.removeLast() }
    guard let version = apiVersion, !hasQuery else {
      return hasQuery || root.contains("/openai") ? baseURL : root + "/openai/v1"
    }
    if root.contains("/deployments/") { return "\(root)?api-version=\(version)" }
    let resource = root.firstRange(of: "/openai/").map { root[..<$0.lowerBound] } ?? root[...]
    guard let model else { return "\(resource)/openai?api-version=\(version)" }
    return "\(resource)/openai/deployments/\(model)?api-version=\(version)"
  }
}
