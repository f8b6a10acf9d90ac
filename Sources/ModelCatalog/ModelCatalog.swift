/// What is known of models: windows, prices, pictures; data that users can override.
///
/// No server tells these facts (`GET /models` names models and no more), so they are kept here as a
/// table, with its date, and shown as what they are.
package struct ModelCatalog: Hashable, Sendable {
  /// By lower-case name.
  private var models: [String: Model]

  /// A catalogue of `models`; of two with one name the later stays.
  package init(_ models: [Model]) {
    self.models = Dictionary(models.map { ($0.id.lowercased(), $0) }) { $1 }
  }

  /// The models that Iris was built with, as of 2026-11-20.
  package static let builtIn = ModelCatalog(BuiltInModels.all)

  /// Every listed model, by name.
  package var all: [Model] { models.values.sorted { $0.id < $1.id } }

  /// The model that a server calls `name`; one of which nothing is known when none is listed.
  package func model(named name: String) -> Model { listed(name) ?? Model(id: name) }

  /// The listed model that a server calls `name`.
  ///
  /// A provider before a slash (`openai/gpt-4o`), a variant behind a colon (`gpt-4o:free`) and the
  /// date of a version (`gpt-4o-2024-08-06`) do not make another model; any other suffix does
  /// (`gpt-4o-mini`).
  package func listed(_ name: String) -> Model? {
    let name = name.lowercased()
    let bare = name.withoutProvider
    let candidates = [name, name.withoutVersion, bare, bare.withoutVersion]
    return candidates.lazy.compactMap { models[BuiltInModels.aliases[$0] ?? $0] }.first
  }

  /// Puts `model` in the catalogue, in the place of one with the same name.
  mutating func set(_ model: Model) { models[model.id.lowercased()] = model }
}

extension String {
  /// `gpt-4o` of `openrouter/openai/gpt-4o:free`.
  fileprivate var withoutProvider: String {
    let name = split(separator: "/").last ?? ""
    return String(name.prefix { $0 != ":" })
  }

  /// Without `-2024-08-06`, `-20240806`, `-0613` or `-latest` at its end.
  fileprivate var withoutVersion: String {
    var fields = split(separator: "-", omittingEmptySubsequences: false)
    if fields.last == "latest" {
      fields.removeLast()
    } else if fields.suffix(3).map(\.count) == [4, 2, 2], fields.suffix(3).allSatisfy(\.isDigits) {
      fields.removeLast(3)
    } else if let last = fields.last, last.isDigits, last.count == 8 || last.count == 4 {
      fields.removeLast()
    }
    return fields.joined(separator: "-")
  }
}

extension Substring {
  fileprivate var isDigits: Bool { utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
