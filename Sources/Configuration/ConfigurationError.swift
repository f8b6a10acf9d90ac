import Files
import Glibc
package import Language

/// Why the configuration, or the key that it names, cannot be used.
///
/// Keys are never part of it; of a command that prints one, only the program's name is.
package enum ConfigurationError: Error, Equatable {
  /// `code` is an `errno`.
  case unreadable(path: String, code: Int32)
  case tooLarge(path: String)
  case noHome
  case unknownProvider(String, known: [String])
  /// The provider has no base URL.
  case missingAddress(String)
  /// None of the provider's sources has a key.
  case missingKey(provider: String, sources: [KeySource])
  case keyFileIsOpen(path: String, mode: String)
  case keyFileIsNotOurs(path: String)
  case keyFileIsEmpty(path: String)
  case keyFileIsNoFile(path: String)
  case keyCommandFailed(command: String, status: Int32)
  case keyCommandTimedOut(command: String, limit: Duration)
  case keyCommandPrintedNothing(command: String)
  /// The key has control characters or spaces; `source` says where it came from.
  case malformedKey(source: Phrase)
  case noKeyring
  case keyringRefused(status: Int32)
  /// Something that was named with it, in the words of who found out.
  case unusable(Phrase)
}

extension ConfigurationError {
  /// Why the configuration, or a file with a key, cannot be read.
  init(_ error: FileError) {
    self =
      error.code == EFBIG
      ? .tooLarge(path: error.path) : .unreadable(path: error.path, code: error.code)
  }

  /// What happened, and what to do next.
  package var phrase: Phrase {
    switch self {
    case .unreadable(let path, let code):
      say("Cannot read \(path): \(reason(code)). Check the path and who may read it.")
    case .tooLarge(let path):
      say("\(path) is larger than Iris reads of such a file. Name another one, or make it smaller.")
    case .noHome:
      say("There is no home folder to keep anything in. Set HOME, or the XDG_…_HOME variables.")
    case .unknownProvider(let name, let known):
      unknownPhrase(name, known)
    case .missingAddress(let name):
      say("Provider \(name) has no address. Give it a base_url in config.yaml, or use --base-url.")
    case .missingKey(let provider, let sources):
      missingPhrase(provider, sources)
    case .keyFileIsOpen(let path, let mode):
      say("\(path) holds a key and others may read it (\(mode)). Run: chmod 600 \(path)")
    case .keyFileIsNotOurs(let path):
      say("\(path) holds a key but belongs to somebody else. Copy it to a file of your own.")
    case .keyFileIsEmpty(let path):
      say("\(path) has no key on its first line. Write the key there.")
    case .keyFileIsNoFile(let path):
      say("\(path) is no ordinary file. Name a file that holds the key, or use api_key_command.")
    case .keyCommandFailed(let command, let status):
      say("The key's command “\(command)” failed with status \(status). Run it by hand to see why.")
    case .keyCommandTimedOut(let command, let limit):
      timeOutPhrase(command, limit.components.seconds)
    case .keyCommandPrintedNothing(let command):
      say("The key's command “\(command)” printed no key. Its first line must be the key.")
    case .malformedKey(let source):
      say("The key from \(source) has spaces or control characters in it. Copy it once more.")
    case .noKeyring:
      say("There is no secret-tool here. Install libsecret-tools, or use another key source.")
    case .keyringRefused(let status):
      say("The keyring did not keep the key (status \(status)). Unlock it, or use api_key_file.")
    case .unusable(let phrase): phrase
    }
  }
}

private func unknownPhrase(_ name: String, _ known: [String]) -> Phrase {
  let nearest = nearest(to: name, among: known).map { [$0] } ?? known
  return say("There is no provider \(name). Use \(alternatives(nearest)).")
}

private func missingPhrase(_ provider: String, _ sources: [KeySource]) -> Phrase {
  for case .environment(let variable) in sources {
    return say("No key for \(provider). Set \(variable), or name a key source in config.yaml.")
  }
  return say("No key for \(provider). Name a key source in config.yaml, as in api_key_env.")
}

private func timeOutPhrase(_ command: String, _ seconds: Int64) -> Phrase {
  say(
    """
    The key's command “\(command)” did not answer within \(seconds) s. \
    Run it by hand to see what it waits for.
    """)
}

private func reason(_ code: Int32) -> String {
  FileError.reason(of: code)
}

/// Does `work` on a file that the user named; what the system refuses is told in our words.
func reading<Value: ~Copyable>(
  _ work: () throws(FileError) -> Value
) throws(ConfigurationError) -> Value {
  do throws(FileError) {
    return try work()
  } catch {
    throw ConfigurationError(error)
  }
}
