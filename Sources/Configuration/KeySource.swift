/// A place where a server's key may be.
package enum KeySource: Equatable, Sendable {
  /// The name of an environment variable.
  case environment(String)
  /// A shell command that prints the key on its first line.
  case command(String)
  /// A file that only its owner can read, with the key on its first line; may start with `~`.
  case file(String)
  case keyring(KeyringEntry)
}

/// An entry of the system keyring, by its attributes (`secret-tool lookup ATTRIBUTE VALUE …`).
package struct KeyringEntry: Equatable, Sendable {
  /// A name and a value that the keyring knows an entry by.
  package struct Attribute: Equatable, Sendable {
    package let name: String
    package let value: String
  }

  /// Never empty.
  package let attributes: [Attribute]

  /// The entry that `words` name in pairs of attribute and value; nil unless they are pairs.
  package init?(words: [String]) {
    guard !words.isEmpty, words.count.isMultiple(of: 2) else { return nil }
    attributes = stride(from: 0, to: words.count, by: 2).map {
      Attribute(name: words[$0], value: words[$0 + 1])
    }
  }

  private init(attributes: [Attribute]) {
    self.attributes = attributes
  }

  /// The entry under which Iris itself keeps the key of the server called `provider`.
  package static func iris(_ provider: String) -> KeyringEntry {
    KeyringEntry(attributes: [
      Attribute(name: "service", value: "iris"), Attribute(name: "provider", value: provider),
    ])
  }

  var words: [String] { attributes.flatMap { [$0.name, $0.value] } }
}
