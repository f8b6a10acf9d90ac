/// Finds API keys in what is typed, so that they reach no history, draft or file.
///
/// Keys are known by the prefixes that services give them; what else stands behind `/key` counts as
/// one, whatever it looks like.
enum KeyText {
  /// How the keys of services begin: OpenAI and its kin, Groq, xAI, Hugging Face, Perplexity, NVIDIA,
  /// Google, Replicate, GitHub, AWS.
  private static let prefixes = [
    "sk-", "sk_", "gsk_", "xai-", "hf_", "pplx-", "nvapi-", "AIza", "r8_", "ghp_", "gho_",
    "github_pat_", "AKIA",
  ]

  /// The fewest characters that such a key has; shorter words are examples (`sk-…`).
  private static let fewest = 16

  /// Whether a word is an API key by its form.
  static func isKey(_ word: some StringProtocol) -> Bool {
    guard word.utf8.count >= fewest, prefixes.contains(where: { word.hasPrefix($0) }) else {
      return false
    }
    return word.utf8.allSatisfy(isOfKeys)
  }

  /// Whether keys have such a byte in them.
  private static func isOfKeys(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Whether a text is a key and nothing else, as a paste into the wrong window is.
  static func isKeyAlone(_ text: String) -> Bool {
    text.utf8.count <= 512 && isKey(text.trimmed)
  }

  /// The command without the keys in it, each replaced by an ellipsis.
  static func hidingKeys(in command: String) -> String {
    var result = ""
    var rest = command[...]
    while let start = rest.utf8.firstIndex(where: isOfKeys) {
      let end = rest.utf8[start...].firstIndex { !isOfKeys($0) } ?? rest.endIndex
      let word = rest[start..<end]
      result += rest[..<start] + (isKey(word) ? "…" : word)
      rest = rest[end...]
    }
    return result + rest
  }
}

extension String {
  /// The text as it may be kept in a history or a draft: without what was typed behind `/key`,
  /// without keys in other commands, and empty where it is nothing but a key.
  package var withoutKeys: String {
    guard utf8.count <= 1 << 16 else { return self }
    if CommandLine(trimmed)?.name == CommandName.key.rawValue { return "/key" }
    if KeyText.isKeyAlone(self) { return "" }
    return hasPrefix("/") && !hasPrefix("//") ? KeyText.hidingKeys(in: self) : self
  }
}
