package import ChatAPI
import ChatEngine
package import Configuration
import Conversation
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
  package static let demoName = Configuration.demoName

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
  /// The calls that were chosen while the program runs, by the server's name.
  private let calls = Mutex<[String: WireChoice]>([:])
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
  package var providers: [ProviderSettings] {
    let configuration = installation.configuration
    let names = [defaultName] + configuration.providerNames.filter { $0 != defaultName }
    return names.compactMap(settings)
  }

  /// Whether requests can go to a server of this name.
  func has(_ name: String) -> Bool { name == Self.demoName || settings(of: name) != nil }

  func settings(of name: String) -> ProviderSettings? {
    if let provider = installation.settings.provider, provider.name == name { return provider }
    return try? installation.configuration.provider(
      named: name, environment: installation.environment)
  }

  /// All that a request to the server needs; reads its key.
  ///
  /// Waits for a key command as long as it may take: call it from a task.
  package func provider(
    named name: String, model: String? = nil
  ) async throws(Failure) -> Provider {
    guard name != Self.demoName else { return try await demoProvider() }
    do {
      let settings = try installation.configuration.provider(
        named: name, installation.settings.provider, environment: installation.environment)
      var provider = try Provider(
        settings, model: model, key: try key(for: settings), in: installation)
      provider.api = api(of: settings.name)
      return provider
    } catch let error as ConfigurationError {
      throw .configuration(error)
    } catch let error as ChatAPIError {
      throw .address(error)
    } catch {
      throw .demo
    }
  }

  /// Whether pictures at URLs are fetched here, because the user wants it or the server cannot.
  package func fetchesURLs(for name: String) -> Bool {
    settings(of: name).map(installation.fetchesPictureURLs) ?? installation.settings.fetchesURLs
  }

  /// Whether documents go to a server as files, as far as is known before asking.
  package func takesDocuments(_ name: String) -> Bool {
    name == Self.demoName || settings(of: name)?.dialect.takesDocuments ?? false
  }

  /// What a server takes of one picture.
  package func pictureRules(of name: String) -> PictureRules {
    var rules = settings(of: name).map { PictureRules($0.limits) } ?? PictureRules()
    rules.keepsMetadata = installation.configuration.keepsMetadata
    return rules
  }

  /// The server as it is asked, without its key: for what is written to files.
  package func lockedProvider(
    named name: String, model: String?
  ) async throws(Failure) -> Provider {
    guard name != Self.demoName, let settings = settings(of: name) else {
      return try await demoProvider()
    }
    do {
      var provider = try Provider(settings, model: model, key: nil, in: installation)
      provider.api = api(of: name)
      return provider
    } catch {
      throw .address(error)
    }
  }

  /// The model that a server is asked for where none is chosen.
  func usualModel(of name: String) -> String? {
    name == Self.demoName ? "demo" : settings(of: name)?.model
  }

  /// The variable that holds a server's key; nil for one that wants none.
  package func keyVariable(of name: String) -> String? {
    guard let provider = settings(of: name), provider.needsKey || !provider.keySources.isEmpty
    else { return nil }
    for case .environment(let variable) in provider.keySources { return variable }
    return "OPENAI_API_KEY"
  }

  /// Unlocks a server with a key that the user gave, until the program ends.
  func use(_ key: Secret, for name: String) {
    KnownSecrets.ofProcess.add(key)
    keys.withLock { $0[name] = key }
  }

  /// Has a server asked with this call until the program ends.
  func use(_ api: WireChoice, for name: String) { calls.withLock { $0[name] = api } }

  /// Which call a server is asked with: as chosen last, on the command line, or in its settings.
  func api(of name: String) -> WireChoice {
    calls.withLock { $0[name] } ?? installation.invocation.options.api
      ?? settings(of: name)?.api ?? .auto
  }

  func key(for provider: ProviderSettings) throws(ConfigurationError) -> Secret? {
    if let key = keys.withLock({ $0[provider.name] }) { return key }
    let key = try readKey(for: provider)
    if let key { use(key, for: provider.name) }
    return key
  }

  private func readKey(for provider: ProviderSettings) throws(ConfigurationError) -> Secret? {
    do {
      return try reader.key(for: provider)
    } catch {
      guard error.isMissingKey, let key = askKey(provider.name, self) else { throw error }
      return key
    }
  }

  // MARK: - The demo

  private func demoProvider() async throws(Failure) -> Provider {
    guard let server = await startedDemo().value else { throw .demo }
    do {
      var provider = try Provider(server.baseURL)
      provider.title = Self.demoName
      provider.dialect.takesDocuments = true
      provider.dialect.keepsFiles = true
      provider.api = api(of: Self.demoName)
      return provider
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
    named name: String, _ chosen: ProviderSettings?, environment: [String: String]
  ) throws(ConfigurationError) -> ProviderSettings {
    if let chosen, chosen.name == name { return chosen }
    return try provider(named: name, environment: environment)
  }
}
