import ChatEngine
import ChatScreen
import Configuration
import Language
import Secrets

extension ScreenEffectRunner {
  /// Takes a key that the user gave: it holds at once, and is kept in the keyring where there is one.
  ///
  /// The keyring may ask for its password, so the keeping waits in a task.
  func useKey(_ key: Secret, for provider: String) {
    directory.use(key, for: provider)
    runner.start(nil) { self.post(.program(.keyTaken(self.directory.keep(key, for: provider)))) }
  }
}

extension ScreenEffectRunner {
  /// Tells when a server's key is missing, before anything is written for it.
  func checkKey(of provider: String) {
    runner.start(nil) {
      guard let problem = self.directory.missingKey(of: provider) else { return }
      self.post(.server(.keyMissing(problem.phrase)))
    }
  }
}

extension ServerDirectory {
  /// Whether a server's key is missing; nil as well where a command has it, which may ask for a
  /// password and therefore waits for the first request.
  func missingKey(of name: String) -> ConfigurationError? {
    guard let settings = settings(of: name), settings.needsKey,
      !settings.keySources.contains(where: { if case .command = $0 { true } else { false } })
    else { return nil }
    do {
      _ = try key(for: settings)
      return nil
    } catch {
      return error.isMissingKey ? error : nil
    }
  }

  /// Keeps a key that the user gave; what became of it.
  func keep(_ key: Secret, for provider: String) -> Phrase {
    guard reader.hasKeyring else {
      return say(
        """
        The key for \(provider) holds until you quit. To keep it, install libsecret-tools, \
        or set api_key_command.
        """)
    }
    do {
      try reader.keep(key, for: provider)
      return say("The key for \(provider) is kept in the keyring.")
    } catch {
      return error.phrase
    }
  }

  /// What to ask the user for a key with.
  func keyQuestion(of provider: String) -> Phrase {
    let host = settings(of: provider)?.host ?? provider
    return say("The key for \(provider) (\(host)); it is not shown, and Enter alone gives none: ")
  }
}

extension ConfigurationError {
  /// Whether none of a server's sources has a key.
  var isMissingKey: Bool { if case .missingKey = self { true } else { false } }
}
