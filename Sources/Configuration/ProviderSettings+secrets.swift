import JSON
import Secrets

extension ProviderSettings {
  /// Everything in this server's settings that unlocks something, its key aside.
  ///
  /// A key that was put where only the way to it belongs (into `api_key_command`, a file's name, an
  /// address) is among them, as far as it looks like one.
  var secrets: [Secret] {
    var texts = Self.secrets(inAddress: baseURL)
    for header in headers { texts += header.secrets }
    if case .address(let address) = proxy { texts += Self.secrets(inAddress: address.reveal()) }
    for source in keySources {
      switch source {
      case .environment(let name): texts += [name].filter(\.looksLikeKey)
      case .command(let command): texts += command.words.filter(\.looksLikeKey)
      case .file(let path): texts += path.words.filter(\.looksLikeKey)
      case .keyring(let entry): texts += entry.words.filter(\.looksLikeKey)
      }
    }
    return texts.map(Secret.init)
  }

  /// The name and password before an address's host, and the values behind its question mark.
  ///
  /// Azure's `api-version` is no secret, and stands in every example.
  static func secrets(inAddress address: String) -> [String] {
    let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
    let authority = rest.prefix { !"/?#".contains($0) }
    var texts: [String] = []
    if let at = authority.lastIndex(of: "@") {
      let names = authority[..<at].split(separator: ":", maxSplits: 1).map(String.init)
      texts += names.count > 1 ? [names[1]] : names
      if names.count > 1, names[0].looksLikeKey { texts.append(names[0]) }
    }
    let query = address.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    for item in query.prefix(while: { $0 != "#" }).split(separator: "&") {
      let parts = item.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() != "api-version" else { continue }
      texts.append(String(parts[1]))
    }
    return texts + address.words.filter(\.looksLikeKey)
  }
}

extension Header {
  /// What of the value unlocks something: all of it where the name says so or it looks like a key,
  /// also without its scheme (RFC 9110 §11.4), and the password of Basic authentication.
  fileprivate var secrets: [String] {
    let text = value.reveal()
    let words = text.split(separator: " ").map(String.init)
    guard namesSecret || words.contains(where: \.looksLikeKey) else { return [] }
    return [text] + words.filter { $0.count >= 8 } + words.compactMap(Self.password(inBasic:))
  }

  private var namesSecret: Bool {
    let name = name.lowercased()
    let signs = ["auth", "key", "token", "secret", "passw", "cookie", "credential", "signature"]
    return signs.contains { name.contains($0) }
  }

  /// The password in `user:password` that is written in base64 (RFC 7617 §2).
  private static func password(inBasic word: String) -> String? {
    guard let text = word.decodedBase64, let colon = text.firstIndex(of: ":") else { return nil }
    return String(text[colon...].dropFirst())
  }
}

extension String {
  /// Whether a word is a key rather than a name, going by its beginning or by being long and random.
  var looksLikeKey: Bool {
    let starts = ["sk-", "sk_", "gsk_", "AIza", "xai-", "pplx-", "nvapi-", "hf_", "r8_", "Bearer"]
    guard utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
    if count >= 12, starts.contains(where: hasPrefix) { return true }
    let isWord = allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    return isWord && count >= 32 && contains(where: \.isNumber) && contains(where: \.isLetter)
  }

  /// The pieces between blanks and the signs that part words in commands, paths and addresses.
  fileprivate var words: [String] {
    split { $0.isWhitespace || "/\"'=&?:;,|()<>$`@".contains($0) }.map(String.init)
  }

  /// The text that base64 (RFC 4648 §4) says; nil for what is no base64 of UTF-8.
  fileprivate var decodedBase64: String? {
    Base64.decoded(utf8).flatMap { String(validating: $0, as: UTF8.self) }
  }
}

extension KnownSecrets {
  /// Adds the keys that the environment holds for the servers that Iris knows, and the passwords of
  /// its proxies.
  package func add(environment: [String: String]) {
    // Their settings are ours, and hold none: a start does not look through twenty addresses.
    for provider in ProviderSettings.readyMade { addKeys(of: provider, environment) }
    for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] {
      for name in [name, name.lowercased()] {
        let address = environment[name] ?? ""
        for text in ProviderSettings.secrets(inAddress: address) { add(Secret(text)) }
      }
    }
    for text in ProviderSettings.secrets(inAddress: environment[Variable.baseURL] ?? "") {
      add(Secret(text))
    }
  }

  /// Adds what a server's settings hold, and the keys in the variables that they name.
  package func add(_ provider: ProviderSettings, environment: [String: String]) {
    for secret in provider.secrets { add(secret) }
    addKeys(of: provider, environment)
  }

  private func addKeys(of provider: ProviderSettings, _ environment: [String: String]) {
    for case .environment(let name) in provider.keySources {
      if let key = environment.value(of: name) { add(Secret(key)) }
    }
  }
}
