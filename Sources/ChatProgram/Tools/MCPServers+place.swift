import ChatAPI
import Configuration
import MCP
import Processes
import Secrets

extension MCPServers {
  /// Where a server runs, with what it gets: its variables, or its key.
  func place(of settings: MCPSettings) throws(MCPError) -> MCPServerSettings.Place {
    guard let command = settings.command else {
      return .web(try provider(of: settings), client)
    }
    let folders = installation.folders
    let words = [command] + settings.arguments
    return .program(
      ChildProgram(
        arguments: words.map { $0.hasPrefix("~") ? folders.expand($0) : $0 },
        environment: environment(of: settings)))
  }

  /// Only what a program needs to run, and what is named.
  private func environment(of settings: MCPSettings) -> [String: String] {
    let own = installation.environment
    let names = MCPSettings.usualVariables + settings.passedVariables
    var result = own.filter { names.contains($0.key) }
    for variable in settings.variables {
      let value = variable.value.reveal().expandingVariables(of: own)
      result[variable.name] = value
      // A server may write it to its log.
      if variable.isSecret { KnownSecrets.ofProcess.add(Secret(value)) }
    }
    return result
  }

  private func provider(of settings: MCPSettings) throws(MCPError) -> Provider {
    let environment = installation.environment
    let address = (settings.address ?? "").expandingVariables(of: environment)
    var provider: Provider
    do throws(ChatAPIError) {
      provider = try Provider(address)
    } catch {
      throw .unreachable(error.phrase)
    }
    // The very address: nothing is put behind it.
    provider.base = WebAddress(address) ?? provider.base
    provider.hasAssumedVersion = false
    return try complete(provider, settings)
  }

  private func complete(
    _ provider: Provider, _ settings: MCPSettings
  ) throws(MCPError) -> Provider {
    let environment = installation.environment
    var provider = provider
    provider.apiKey = try key(of: settings)
    provider.headers = settings.headers.map { header in
      Provider.Header(header.name, header.value.reveal().expandingVariables(of: environment))
    }
    for header in provider.headers { KnownSecrets.ofProcess.add(Secret(header.value)) }
    provider.authorityFile =
      settings.certificateFile.map(installation.folders.expand)
      ?? environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
    provider.allowsKeyOverPlainHTTP = settings.allowsPlainHTTP
    provider.proxy =
      switch settings.proxy {
      case .environment: ProxySettings(environment: environment)
      case .direct: ProxySettings()
      case .address(let address): ProxySettings(proxy: address.reveal())
      }
    provider.timeLimits.connect = installation.configuration.timeouts.connect
    // Calls have a limit of their own, which progress moves and a question to the user stops.
    provider.timeLimits.firstByte = .seconds(86_400)
    provider.timeLimits.idle = .seconds(86_400)
    return provider
  }

  private func key(of settings: MCPSettings) throws(MCPError) -> APIKey? {
    let reader = KeyReader(
      environment: installation.environment, folders: installation.folders)
    do throws(ConfigurationError) {
      for source in settings.keySources {
        guard let key = try reader.key(from: source) else { continue }
        KnownSecrets.ofProcess.add(key)
        return APIKey(key.reveal())
      }
      return nil
    } catch {
      throw .unreachable(error.phrase)
    }
  }
}

extension MCPSettings.Variable {
  /// Whether the value may unlock something: it is taken from elsewhere, or is called so.
  fileprivate var isSecret: Bool {
    let name = name.lowercased()
    return value.reveal().contains("${")
      || ["key", "token", "secret", "pass", "auth"].contains { name.contains($0) }
  }
}

extension String {
  /// The text with the values of variables in the places of `${NAME}`; nothing for one that is not set.
  func expandingVariables(of environment: [String: String]) -> String {
    var result = ""
    var rest = self[...]
    while let start = rest.firstRange(of: "${"),
      let end = rest[start.upperBound...].firstIndex(of: "}")
    {
      result += rest[..<start.lowerBound]
      result += environment[String(rest[start.upperBound..<end])] ?? ""
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
