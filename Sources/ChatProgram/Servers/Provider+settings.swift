import ChatAPI
import Configuration
import ModelCatalog
import Secrets

extension Provider {
  /// The server that the settings describe, as it is asked for `model` with this key.
  ///
  /// - Throws: `.request(.addressInvalid)`.
  init(
    _ settings: ProviderSettings, model: String?, key: Secret?, in installation: Installation
  ) throws(ChatAPIError) {
    try self.init(settings.address(for: model), apiKey: key.flatMap { APIKey($0.reveal()) })
    let environment = installation.environment
    keyHeader = settings.keyHeader
    organization = settings.organization
    project = settings.project
    headers = settings.headers.map { Header($0.name, $0.value.reveal()) }
    authorityFile =
      settings.certificateFile.map(installation.folders.expand)
      ?? environment.value(of: "SSL_CERT_FILE")
    allowsKeyOverPlainHTTP = settings.allowsPlainHTTP
    replyLimit = installation.configuration.replyLimit
    proxy =
      switch settings.proxy {
      case .environment: ProxySettings(environment: environment)
      case .direct: ProxySettings()
      case .address(let address): ProxySettings(proxy: address.reveal())
      }
    dialect = settings.dialect
    limits = settings.limits
    fetchesPictureURLs = installation.fetchesPictureURLs(for: settings)
    timeLimits.connect = installation.configuration.timeouts.connect
    timeLimits.firstByte = installation.configuration.timeouts.firstByte
    timeLimits.idle = installation.configuration.timeouts.idle
  }
}

extension Installation {
  /// Whether pictures at URLs are fetched here: as the command line says, else the server's own
  /// settings, else the configuration; always for a server that cannot fetch.
  func fetchesPictureURLs(for settings: ProviderSettings) -> Bool {
    invocation.options.fetchesURLs ?? settings.fetchesURLs ?? configuration.fetchesURLs
      || !settings.limits.takesURLs
  }
}
