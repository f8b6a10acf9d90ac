package import Language

/// What is wrong with a user's table of models.
package enum CatalogError: Error, Hashable, Sendable {
  /// What a value should have been.
  package enum Expectation: Hashable, Sendable {
    case positiveCount
    case amount
    case date
  }

  case notJSON
  /// A key is missing, or its value has another type; `place` is a path like `models[2].context`.
  case wrongShape(place: String)
  case missingName
  case badValue(id: String, key: String, value: String, expected: Expectation)
  /// A price of input without one of output, or the other way round.
  case halfPrice(id: String)
  case unknownModel(String, id: String)

  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self = .wrongShape(place: (context.codingPath + [key]).place)
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      self = .wrongShape(place: context.codingPath.place)
    case .dataCorrupted: self = .notJSON
    @unknown default: self = .notJSON
    }
  }
}

extension [any CodingKey] {
  /// The path as people write it: `models[2].context`.
  fileprivate var place: String {
    reduce("") { path, key in
      if let index = key.intValue { return "\(path)[\(index)]" }
      return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
    }
  }
}

extension CatalogError {
  /// What happened and what to do, for the user.
  package var sentence: Phrase {
    switch self {
    case .notJSON:
      say("The table of models is not JSON. Correct it, or take it away to use the built-in one.")
    case .wrongShape(let place):
      say("The table of models has nothing of the right kind at \(place). Correct it there.")
    case .missingName:
      say("A row of the table of models has an empty id. Give it the name that requests carry.")
    case .badValue(let id, let key, let value, let expected):
      say("In the table of models, \(key) of \(id) is \(value). \(expected.sentence)")
    case .halfPrice(let id):
      say(
        "The table of models has half a price of \(id). Give both input_per_1m and output_per_1m.")
    case .unknownModel(let name, let id):
      say("In the table of models, \(id) is like \(name), which is not listed. Name a listed one.")
    }
  }
}

extension CatalogError.Expectation {
  fileprivate var sentence: Phrase {
    switch self {
    case .positiveCount: say("Give a number of tokens from 1 to 1000000000000.")
    case .amount: say("Give dollars per million tokens from 0 to 1000000.")
    case .date: say("Give a date like 2027-01-14.")
    }
  }
}
