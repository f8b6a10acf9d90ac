import Configuration
import Conversation
package import Files
import FoundationEssentials

/// The model that was chosen last on the screen for each server: new conversations there begin with it.
///
/// A JSON object of names by server, shared by all programs (`models.json` in the state folder).
package struct ChosenModels: Equatable, Sendable {
  /// The most bytes that are read: thousands of servers.
  private static let byteLimit = 1_000_000

  /// The names of models, by the servers'.
  private(set) var models: [String: String] = [:]

  package init() {}

  /// What is in the file at `path`; nothing where there is none, or a damaged one.
  package init(path: String) {
    self.init(stored: (try? SmallFile.bytes(of: path, atMost: Self.byteLimit)) ?? [])
  }

  private init(stored bytes: [UInt8]) {
    let stored = try? JSONDecoder().decode([String: String].self, from: Data(bytes))
    models = (stored ?? [:]).filter { $0.value.isModelName }
  }

  package subscript(provider: String) -> String? { models[provider] }

  /// Keeps a choice, beside what other programs chose for other servers meanwhile.
  package static func keep(
    _ model: String, for provider: String, at path: String
  ) throws(FileError) {
    try SharedFile.update(path, atMost: byteLimit) { bytes in
      var chosen = ChosenModels(stored: bytes)
      guard chosen.models.updateValue(model, forKey: provider) != model else { return nil }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return (try? encoder.encode(chosen.models)).map(Array.init)
    }
  }
}

extension Folders {
  /// Where the chosen models are kept.
  var chosenModels: String { state + "/models.json" }
}
