package import ChatAPI
import ChatCore
import ChatEngine
package import Configuration
import DemoServer
package import Language
package import Secrets
import Synchronization

/// The servers that requests can go to, by name, with their keys.
///
/// Keys are read when a server is first asked, never before: a key command may take its time, or
/// ask for a password. May be used from any task.
package final class ServerDirectory: Sendable {
  /// The name of the server inside the program.
  package static let demoName = "demo"

  /// Why a server cannot be asked.
  package enum Failure: Error, Equatable {
    case configuration(ConfigurationError)
    case address(ChatAPIError)
    case demo

    package var phrase: Phrase {
      switch self {
      case .configuration(let error): error.phrase
      case .address(let error): error.phrase
      case .demo: say("The demo could not be started: no port on 127.0.0.1 is free. Try again.")
      }
    }
  }

  private let installation: Installation
  private let askKey: @Sendable (String, ServerDirectory) -> Secret?
  let reader: KeyReader
  /// Keys that were read, by the server's name.
  private let keys = Mutex<[String: Secret]>([:])
  private let demo = Mutex<Task<DemoServer?, Never>?>(nil)

  /// `askKey` asks the user for the key of the server of that name, where none of its sources has
  /// one.
  package init(
    _ installation: Installation,
    askKey: @escaping @Sendable (String, ServerDirectory) -> Secret? = { _, _ in nil }
  ) {
    self.installation = installation
    self.askKey = askKey
    reader = KeyReader(environment: installation.environment, folders: installation.folders)
  }

  /// The server that a conversation goes to unless it names another.
  package var defaultName: String { installation.settings.provider?.name ?? Self.demoName }

  /// Every server that can be switched to, the default first.
  package var providers: [Provider] {
    let configuration = installation.configuration
    let names = [defaultName] + configuration.providerNames.filter { $0 != defaultName }
    return names.compactMap(provider)
  }

  /// Whether requests can go to a server of this name.
  func has(_ name: String) -> Bool { name == Self.demoName || provider(named: name) != nil }

  func provider(named name: String) -> Provider? {
    if let provider = installation.settings.provider, provider.name == name { return provider }
    return try? installation.configuration.provider(
      named: name, environment: installation.environment)
  }

  /// All that a request to the server needs; reads its key.
  ///
  /// Waits for a key command as long as it may take: call it from a task.
  package func endpoint(
    named name: String, model: String? = nil
  ) async throws(Failure) -> Endpoint {
    guard name != Self.demoName else { return try await demoEndpoint() }
    do {
      let provider = try installation.configuration.provider(
        named: name, installation.settings.provider, environment: installation.environment)
      return try endpoint(for: provider, model: model, key: try key(for: provider))
    } catch let error as ConfigurationError {
      throw .configuration(error)
    } catch let error as ChatAPIError {
      throw .address(error)
    } catch {
      throw .demo
    }
  }

  /// Whether pictures at URLs are fetched here, because the user wants it or the server cannot.
  func fetchesURLs(for name: String) -> Bool {
    installation.settings.fetchesURLs || provider(named: name)?.limits.takesURLs == false
  }

  /// What a server takes of one picture.
  package func pictureRules(of name: String) -> PictureRules {
    var rules = provider(named: name).map { PictureRules($0.limits) } ?? PictureRules()
    rules.keepsMetadata = installation.configuration.keepsMetadata
    return rules
  }

  /// The server's address and dialect, without its key: for what is written to files.
  func address(of name: String, model: String?) async throws(Failure) -> Endpoint {
    guard name != Self.demoName, let provider = provider(named: name) else {
      return try await demoEndpoint()
    }
    do {
      return try endpoint(for: provider, model: model, key: nil)
    } catch {
      throw .address(error)
    }
  }

  /// The model that a server is asked for where none is chosen.
  func usualModel(of name: String) -> String? {
    name == Self.demoName ? "demo" : provider(named: name)?.model
  }

  /// The variable that holds a server's key; nil for one that wants none.
  func keyVariable(of name: String) -> String? {
    guard let provider = provider(named: name), provider.needsKey || !provider.keySources.isEmpty
    else { return nil }
    for case .environment(let variable) in provider.keySources { return variable }
    return "OPENAI_API_KEY"
  }

  /// Unlocks a server with a key that the user gave, until the program ends.
  func use(_ key: Secret, for name: String) {
    KnownSecrets.ofProcess.add(key)
    keys.withLock { $0[name] = key }
  }

  func key(for provider: Provider) throws(ConfigurationError) -> Secret? {
    if let key = keys.withLock({ $0[provider.name] }) { return key }
    let key = try readKey(for: provider)
    if let key { use(key, for: provider.name) }
    return key
  }

  private func readKey(for provider: Provider) throws(ConfigurationError) -> Secret? {
    do {
      return try reader.key(for: provider)
    } catch {
      guard error.isMissingKey, let key = askKey(provider.name, self) else { throw error }
      return key
    }
  }

  private func endpoint(
    for provider: Provider, model: String?, key: Secret?
  ) throws(ChatAPIError) -> Endpoint {
    var endpoint = try Endpoint(
      provider.address(for: model), apiKey: key.flatMap { APIKey($0.reveal()) })
    endpoint.take(provider, installation)
    return endpoint
  }

  // MARK: - The demo

  private func demoEndpoint() async throws(Failure) -> Endpoint {
    guard let server = await startedDemo().value else { throw .demo }
    do {
      return try Endpoint(server.baseURL)
    } catch {
      throw .address(error)
    }
  }

  private func startedDemo() -> Task<DemoServer?, Never> {
    demo.withLock { running in
      if let running { return running }
      let task = Task(executorPreference: QuietExecutor.ofTasks) { () -> DemoServer? in
        try? await DemoServer.start(executor: QuietExecutor.ofTasks)
      }
      running = task
      return task
    }
  }

  /// Stops the demo, if it runs.
  package func close() async {
    guard let task = demo.withLock({ $0 }) else { return }
    await task.value?.stop()
  }
}

extension Configuration {
  /// The server of that name: the one that the settings chose, else one of the file's.
  fileprivate func provider(
    named name: String, _ chosen: Provider?, environment: [String: String]
  ) throws(ConfigurationError) -> Provider {
    if let chosen, chosen.name == name { return chosen }
    return try provider(named: name, environment: environment)
  }
}
