/// What is learned of each model on each server, for a caller to keep from run to run.
package struct LearnedRules: Equatable, Sendable {
  /// By server and model, parted by a blank, which neither contains; what holds for every model of
  /// a server stands under no model.
  private var adaptations: [String: Set<Adaptation>] = [:]

  package init() {}

  /// What is known of a model on a server, and of the server whatever the model.
  package func adaptations(for model: String, at provider: Provider) -> Set<Adaptation> {
    (adaptations[Self.key(model, provider)] ?? [])
      .union(adaptations[Self.key("", provider)] ?? [])
  }

  /// What is known of the pictures that a model on a server takes.
  package func pictureLimits(for model: String, at provider: Provider) -> LearnedPictureLimits {
    LearnedPictureLimits(adaptations(for: model, at: provider))
  }

  /// Remembers `new`; whether any of it was new.
  @discardableResult
  package mutating func learn(
    _ new: [Adaptation], for model: String, at provider: Provider
  ) -> Bool {
    let known = adaptations(for: model, at: provider)
    let news = new.filter { !known.contains($0) }
    for adaptation in news {
      let key = Self.key(adaptation.isOfServer ? "" : model, provider)
      adaptations[key, default: []].insert(adaptation)
    }
    return !news.isEmpty
  }

  /// Takes back every limit of fewer than `count` pictures: the server has answered so many.
  mutating func unlearnPictureCount(below count: Int, for model: String, at provider: Provider) {
    let kept = adaptations[Self.key(model, provider)]?.filter {
      if case .pictureCount(let limit) = $0 { limit >= count } else { true }
    }
    adaptations[Self.key(model, provider)] = kept?.isEmpty == true ? nil : kept
  }

  /// Takes back all that was learned of a model on a server, and of the server whatever the model.
  package mutating func forget(_ model: String, at provider: Provider) {
    adaptations[Self.key(model, provider)] = nil
    adaptations[Self.key("", provider)] = nil
  }

  /// What is to be kept where another program has kept `stored` since this one read `base`: what
  /// changed here is changed there, each adaptation by itself.
  package func rebased(from base: LearnedRules, onto stored: LearnedRules) -> LearnedRules {
    var result = stored
    for key in Set(adaptations.keys).union(base.adaptations.keys) {
      let (old, new) = (base.adaptations[key] ?? [], adaptations[key] ?? [])
      let kept = (stored.adaptations[key] ?? []).subtracting(old.subtracting(new))
        .union(new.subtracting(old))
      result.adaptations[key] = kept.isEmpty ? nil : kept
    }
    return result
  }

  private static func key(_ model: String, _ provider: Provider) -> String {
    provider.base.origin + provider.base.path + " " + model
  }
}

extension LearnedRules: Codable {
  private enum CodingKeys: String, CodingKey {
    case adaptations
  }

  /// An adaptation, or nil for one that only a later version knows.
  private struct Known: Decodable {
    let adaptation: Adaptation?

    init(from decoder: any Decoder) {
      adaptation = try? Adaptation(from: decoder)
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let known = try container.decode([String: [Known]].self, forKey: .adaptations)
    adaptations = known.mapValues { Set($0.compactMap(\.adaptation)) }
  }
}

/// What servers said of the pictures that they take; nil where they said nothing.
package struct LearnedPictureLimits: Equatable, Sendable {
  /// In one request; 0 where the model sees none.
  package var count: Int?
  /// Pixels of the longer side.
  package var side: Int?
  /// Bytes of one picture, before base64.
  package var byteCount: Int?

  /// Of several limits the lowest counts.
  init(_ adaptations: Set<Adaptation>) {
    for adaptation in adaptations {
      switch adaptation {
      case .pictureCount(let limit): count = min(count ?? .max, limit)
      case .pictureSide(let limit): side = min(side ?? .max, limit)
      case .pictureByteCount(let limit): byteCount = min(byteCount ?? .max, limit)
      default: break
      }
    }
  }
}
