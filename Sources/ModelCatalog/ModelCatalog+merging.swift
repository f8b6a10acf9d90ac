import FoundationEssentials

extension ModelCatalog {
  /// The catalogue with a user's rows laid over it, in their order.
  package func merging(_ entries: [ModelEntry]) throws(CatalogError) -> ModelCatalog {
    var merged = self
    for entry in entries {
      guard !entry.id.isEmpty else { throw .missingName }
      merged.set(try entry.laid(over: merged.start(of: entry)))
    }
    return merged
  }

  /// The catalogue with the rows of a JSON text, `{"models": [{"id": "…", …}, …]}`, laid over it.
  package func merging(userJSON: [UInt8]) throws(CatalogError) -> ModelCatalog {
    struct Table: Decodable {
      let models: [ModelEntry]
    }
    let entries: [ModelEntry]
    do {
      entries = try JSONDecoder().decode(Table.self, from: Data(userJSON)).models
    } catch let error as DecodingError {
      throw CatalogError(error)
    } catch {
      throw .notJSON
    }
    return try merging(entries)
  }

  /// What a row starts from: the model that it is like, the one it overrides, or nothing.
  private func start(of entry: ModelEntry) throws(CatalogError) -> Model {
    guard let like = entry.like else {
      return all.first { $0.id.lowercased() == entry.id.lowercased() } ?? Model(id: entry.id)
    }
    guard var model = listed(like) else { throw .unknownModel(like, id: entry.id) }
    model.id = entry.id
    return model
  }
}
