import Language
import Yams

extension Configuration {
  /// What a text in the form of `config.yaml` says, and what of it could not be used.
  ///
  /// It never fails: whatever is wrong is left out and named, in the order of the lines.
  package static func read(
    yaml: String
  ) -> (configuration: Configuration, mistakes: [ConfigurationMistake]) {
    let tree = SalvagedTree(yaml: yaml)
    var configuration = Configuration()
    var mistakes = tree.mistakes
    if let root = tree.root {
      mistakes += root.read(fields, of: "", into: &configuration)
      mistakes += configuration.dropUnknownProvider(namedBy: root)
    }
    mistakes.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    return (configuration, mistakes)
  }

  /// The name of the server inside the program, which has no settings.
  package static let demoName = "demo"

  /// Every name that `provider:` and `--provider` may give, the file's first, the demo's last.
  package var providerNames: [String] {
    let own = providers.map(\.name).filter { $0 != Self.demoName }
    let known = ProviderSettings.readyMade.map(\.name).filter { !own.contains($0) }
    return own + known + [Self.demoName]
  }

  private mutating func dropUnknownProvider(namedBy root: Node) -> [ConfigurationMistake] {
    guard let name = provider, !providerNames.contains(name) else { return [] }
    provider = nil
    let expected = nearest(to: name, among: providerNames).map { [$0] } ?? providerNames
    let node = root.mapping?["provider"] ?? root
    return [node.mistake(say("provider is “\(name)”, expected \(alternatives(expected))"))]
  }
}

extension Node {
  /// Reads the servers by name, each laid over what is known of it.
  func readProviders(into providers: inout [ProviderSettings]) -> [ConfigurationMistake] {
    guard let mapping else {
      return [mistake(say("providers holds nothing by name, expected lines like “work:”"))]
    }
    var mistakes: [ConfigurationMistake] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string, name.isOneLine else {
        mistakes.append(key.mistake(say("this is no server's name, expected one word")))
        continue
      }
      var provider = value.startingPoint(named: name)
      let known = provider.keySources
      provider.keySources = []
      mistakes += value.read(ProviderSettings.fields, of: name, into: &provider)
      if provider.keySources.isEmpty {
        provider.keySources = known
      } else {
        provider.needsKey = true
      }
      providers.append(provider)
    }
    return mistakes
  }

  /// What is known of a server before its settings are read: by `like`, its name, or its address.
  private func startingPoint(named name: String) -> ProviderSettings {
    let like = mapping?["like"]?.scalar?.string
    let known = ProviderSettings.readyMade(named: like ?? name)
    var provider = known ?? ProviderSettings(name: name, baseURL: "")
    if let address = mapping?["base_url"]?.scalar?.string, like == nil {
      provider.move(to: address)
    }
    provider.name = name
    return provider
  }
}
