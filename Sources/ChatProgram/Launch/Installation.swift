package import Configuration
import Conversation
import Files
package import Language
package import ModelCatalog
import Secrets

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where and with what the program was started: folders, configuration, what the user asked for.
package struct Installation: Sendable {
  package var environment: [String: String]
  package var folders: Folders
  package var configuration: Configuration
  /// What of `config.yaml` could not be used; the rest is used.
  package var mistakes: [Phrase]
  package var settings: Settings
  package var invocation: Invocation
  package var catalog: ModelCatalog

  /// Reads the environment and the configuration.
  ///
  /// - Throws: `ConfigurationError` where there is no home, or a named file or provider is missing.
  package init(
    _ invocation: Invocation, environment: [String: String]
  ) throws(ConfigurationError) {
    self.invocation = invocation
    self.environment = environment
    folders = try Folders(environment: environment, accountHome: Folders.accountHome())
    let path = invocation.configurationFile ?? folders.configurationFile
    let loaded = try Configuration.load(from: path)
    if loaded == nil, invocation.configurationFile != nil {
      throw .unreadable(path: path, code: ENOENT)
    }
    configuration = loaded?.configuration ?? Configuration()
    mistakes = (loaded?.mistakes ?? []).map { say("\(path): \($0.phrase)") }
    Self.learnSecrets(of: configuration, environment)
    settings = try configuration.settings(under: invocation.options, environment: environment)
    if let provider = settings.provider {
      KnownSecrets.ofProcess.add(provider, environment: environment)
    }
    catalog = .builtIn
    tellPastedCalls()
    readCatalog()
    guard configuration.schemaFile != nil || invocation.schemaFile != nil else { return }
    try readSchemas()
    settings = try configuration.settings(
      under: self.invocation.options, environment: environment)
  }

  /// Tells of servers whose address names a call that Iris does not make there.
  private mutating func tellPastedCalls() {
    let chosen = settings.provider
    let others = configuration.providers.filter { $0.name != chosen?.name }
    for server in [chosen].compactMap(\.self) + others {
      guard let call = server.otherCall else { continue }
      mistakes.append(
        say(
          """
          The address of \(server.name) ends in \(call); Iris asks for /chat/completions there. \
          Leave \(call) out of it.
          """))
    }
  }

  /// Makes known what may not be seen of the environment and of every configured server, before
  /// the first sentence about them.
  private static func learnSecrets(
    of configuration: Configuration, _ environment: [String: String]
  ) {
    KnownSecrets.ofProcess.add(environment: environment)
    for provider in configuration.providers {
      KnownSecrets.ofProcess.add(provider, environment: environment)
    }
  }

  /// `models.json` beside the configuration overrides the table of models.
  private mutating func readCatalog() {
    let path = folders.configuration + "/models.json"
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try SmallFile.bytes(of: path, atMost: 16_000_000)
    } catch {
      if error.isMissing { return }
      mistakes.append(ConfigurationError.unreadable(path: path, code: error.code).phrase)
      return
    }
    do {
      catalog = try catalog.merging(userJSON: bytes)
    } catch {
      mistakes.append(say("\(path) is left out: \(error.sentence)"))
    }
  }

  /// The language of the configuration, else of the locale.
  package var language: Language {
    configuration.language ?? Language(environment: environment)
  }
}

extension Language {
  /// The language of the locale (POSIX 8.2: `LC_ALL` before `LC_MESSAGES` before `LANG`).
  package init(environment: [String: String]) {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let locale = variables.compactMap { environment[$0] }.first { !$0.isEmpty }
    self.init(locale: locale ?? "C")
  }
}
