import Glibc
import Language
import Processes
package import Secrets

/// The system keyring, through libsecret's `secret-tool`.
extension KeyReader {
  /// Whether a key can be kept in the keyring.
  package var hasKeyring: Bool { secretTool != nil }

  /// Keeps the key of the server called `provider`, where ``key(for:)`` finds it again.
  ///
  /// - Throws: `noKeyring`, `keyringRefused`, `keyCommandTimedOut`.
  package func keep(_ key: Secret, for provider: String) throws(ConfigurationError) {
    guard let secretTool else { throw .noKeyring }
    let words = ["store", "--label=Iris: \(provider)"] + KeyringEntry.iris(provider).words
    var tool = child(secretTool, words)
    tool.input = Array(key.reveal().utf8)
    let status = try run(tool, "secret-tool store").status
    guard status == 0 else { throw .keyringRefused(status: status) }
  }

  /// The key that Iris itself kept; not looked for where a server has no keys, or it was asked for
  /// among the server's own sources.
  func kept(for provider: ProviderSettings) throws(ConfigurationError) -> Secret? {
    let own = KeySource.keyring(.iris(provider.name))
    guard !provider.keySources.isEmpty, !provider.keySources.contains(own) else { return nil }
    return try key(from: own)
  }

  /// The key under an entry; nil where there is no keyring, or no such entry.
  func key(from entry: KeyringEntry) throws(ConfigurationError) -> Secret? {
    guard let secretTool else { return nil }
    let outcome = try run(child(secretTool, ["lookup"] + entry.words), "secret-tool lookup")
    guard outcome.status == 0, let line = firstLine(outcome.output) else { return nil }
    return try Secret(key: line, from: say("the keyring"))
  }

  private func child(_ tool: String, _ words: [String]) -> ChildProgram {
    ChildProgram(arguments: [tool] + words, environment: environment)
  }

  private var secretTool: String? {
    InstalledPrograms.place(of: "secret-tool", in: environment.value(of: "PATH") ?? "/usr/bin:/bin")
  }
}
