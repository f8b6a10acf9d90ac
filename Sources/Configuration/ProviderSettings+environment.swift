/// The environment variables that say something of a server.
enum Variable {
  static let key = "OPENAI_API_KEY"
  static let baseURL = "OPENAI_BASE_URL"
  static let organization = "OPENAI_ORG_ID"
  static let project = "OPENAI_PROJECT_ID"
  static let azureEndpoint = "AZURE_OPENAI_ENDPOINT"
  static let localPorts = "IRIS_LOCAL_PORTS"
}

extension [String: String] {
  /// The variable's value; nil where it is not set, or blank.
  package func value(of variable: String) -> String? {
    self[variable].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
  }
}

extension ProviderSettings {
  /// The server at an address of which nothing else is said, unlocked by its own variable, else
  /// by `OPENAI_API_KEY` as OpenAI's SDKs do.
  static func unnamed(at address: String) -> ProviderSettings {
    var provider = ProviderSettings(at: address)
    let source = KeySource.environment(Variable.key)
    if !provider.keySources.contains(source) { provider.keySources.append(source) }
    return provider
  }

  /// Lays what the environment says over what the file says.
  mutating func apply(_ environment: [String: String]) {
    switch name {
    case "openai": applyOpenAI(environment)
    case "azure":
      if let address = environment.value(of: Variable.azureEndpoint) { move(to: address) }
    default:
      guard let server = LocalServer(rawValue: name), baseURL == server.baseURL,
        let address = server.movedURL(in: environment)
      else { return }
      baseURL = address
    }
  }

  /// As OpenAI's SDKs: address, key, organization and project.
  ///
  /// At another host it is another server: what the file says of OpenAI, keys and headers first of
  /// all, does not go there.
  private mutating func applyOpenAI(_ environment: [String: String]) {
    if let address = environment.value(of: Variable.baseURL) {
      let isSameHost = Authority(of: address) == Authority(of: baseURL)
      if isSameHost { baseURL = address } else { self = .unnamed(at: address) }
    }
    if environment.value(of: Variable.key) != nil {
      let source = KeySource.environment(Variable.key)
      keySources = [source] + keySources.filter { $0 != source }
    }
    organization = environment.value(of: Variable.organization) ?? organization
    project = environment.value(of: Variable.project) ?? project
  }
}
