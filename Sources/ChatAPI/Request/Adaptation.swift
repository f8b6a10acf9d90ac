package import Language

/// One change to requests that a server or a model needs, known before or learned from its answers.
package enum Adaptation: Hashable, Codable, Sendable {
  /// A member of the request that is left out, by its name on the wire.
  case omit(String)
  case rename(String, to: String)
  /// Instructions go as `system`, not as `developer`.
  case systemRole
  /// The address without the `/v1` that Iris put behind it.
  case plainPath
  /// A reply's reasoning goes back with it.
  case echoReasoning
  /// Replies begin with reasoning that has no opening tag; nothing of the request changes.
  case opensInReasoning
}

extension Adaptation {
  /// What is done otherwise, for the user who set it.
  package func phrase(server: String) -> Phrase {
    switch self {
    case .omit("stream"): say("\(server) does not stream this model: the reply comes whole.")
    case .omit(let name): say("\(server) does not take \(name): it is left out.")
    case .rename(let old, let new): say("\(server) calls \(old) \(new): it is sent so.")
    case .systemRole: say("\(server) does not know the role developer: system is sent.")
    case .plainPath: say("\(server) has no /v1: it is asked without.")
    case .opensInReasoning:
      say("\(server) leaves out the opening tag of this model's reasoning: it is told apart.")
    case .echoReasoning: say("\(server) wants the model's reasoning back: it is sent.")
    }
  }
}

/// What is learned of each model on each server, for a caller to keep from run to run.
package struct LearnedRules: Equatable, Codable, Sendable {
  /// By server and model, parted by a blank, which neither contains; what holds for every model of
  /// a server stands under no model.
  private var adaptations: [String: Set<Adaptation>] = [:]

  package init() {}

  /// What is known of a model on a server, and of the server whatever the model.
  package func adaptations(for model: String, at endpoint: Endpoint) -> Set<Adaptation> {
    (adaptations[Self.key(model, endpoint)] ?? [])
      .union(adaptations[Self.key("", endpoint)] ?? [])
  }

  /// Remembers `new`; whether any of it was new.
  @discardableResult
  package mutating func learn(
    _ new: [Adaptation], for model: String, at endpoint: Endpoint
  ) -> Bool {
    let known = adaptations(for: model, at: endpoint)
    let news = new.filter { !known.contains($0) }
    for adaptation in news {
      let key = Self.key(adaptation == .plainPath ? "" : model, endpoint)
      adaptations[key, default: []].insert(adaptation)
    }
    return !news.isEmpty
  }

  private static func key(_ model: String, _ endpoint: Endpoint) -> String {
    endpoint.base.origin + endpoint.base.path + " " + model
  }
}
