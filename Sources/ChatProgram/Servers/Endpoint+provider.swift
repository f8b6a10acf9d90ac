import ChatAPI
import Configuration
import Secrets

extension Endpoint {
  /// Takes over what the configuration says of a server.
  mutating func take(_ provider: Provider, _ installation: Installation) {
    let environment = installation.environment
    let timeouts = installation.configuration.timeouts
    organization = provider.organization
    project = provider.project
    headers = provider.headers.map { Header($0.name, $0.value.reveal()) }
    authorityFile =
      provider.certificateFile.map(installation.folders.expand)
      ?? environment.value(of: "SSL_CERT_FILE")
    allowsKeyOverPlainHTTP = provider.allowsPlainHTTP
    limits.connect = timeouts.connect
    limits.firstByte = timeouts.firstByte
    limits.idle = timeouts.idle
    replyLimit = installation.configuration.replyLimit
    proxy =
      switch provider.proxy {
      case .environment: ProxySettings(environment: environment)
      case .direct: ProxySettings()
      case .address(let address): ProxySettings(proxy: address.reveal())
      }
    takeDialect(of: provider)
  }

  private mutating func takeDialect(of provider: Provider) {
    if case .named(let name) = provider.dialect.keyHeader { keyHeader = .named(name) }
    // What the ready-made table or the user says goes before what the host's name suggests.
    if provider.dialect.maxTokensName == .maxCompletionTokens {
      dialect.maxTokensName = provider.dialect.maxTokensName.rawValue
    }
    dialect.knowsDeveloperRole = provider.dialect.knowsDeveloperRole
    dialect.refusesStorage = provider.dialect.sendsStoreFalse
    dialect.includesUsage = provider.dialect.knowsStreamOptions
    dialect.seedName = provider.dialect.seedName
    dialect.echoesReasoning = provider.dialect.wantsReasoningBack
    dialect.knowsDetail = provider.dialect.knowsDetail
    dialect.fetchesPictureURLs = provider.limits.takesURLs
  }
}
