import Conversation

/// A row of a user's own table of models: what it does not say stays as it was.
///
/// The keys are those of the built-in facts: `id`, `like`, `context`, `max_input`, `max_output`
/// (tokens), `input_per_1m`, `cached_per_1m`, `output_per_1m` (US dollars per million tokens),
/// `vision`, `shutdown` (`2027-01-14`). `like` names a listed model to start from, for a relay that
/// gives a model another name.
package struct ModelEntry: Hashable, Decodable, Sendable {
  package var id: String
  package var like: String?
  package var context: Int?
  package var maxInput: Int?
  package var maxOutput: Int?
  package var inputPrice: Double?
  package var cachedPrice: Double?
  package var outputPrice: Double?
  package var vision: Bool?
  package var shutdown: String?

  package init(id: String) {
    self.id = id
  }

  private enum CodingKeys: String, CodingKey {
    case id
    case like
    case context
    case maxInput = "max_input"
    case maxOutput = "max_output"
    case inputPrice = "input_per_1m"
    case cachedPrice = "cached_per_1m"
    case outputPrice = "output_per_1m"
    case vision
    case shutdown
  }
}

extension ModelEntry {
  /// `model` with what this row says laid over it.
  func laid(over model: Model) throws(CatalogError) -> Model {
    var model = model
    model.contextWindow = try count(context, "context") ?? model.contextWindow
    model.maxInput = try count(maxInput, "max_input") ?? model.maxInput
    model.maxOutput = try count(maxOutput, "max_output") ?? model.maxOutput
    model.price = try price(over: model.price)
    model.hasVision = vision ?? model.hasVision
    model.shutdown = try date(shutdown) ?? model.shutdown
    model.source = .user
    return model
  }

  private func price(over old: Price?) throws(CatalogError) -> Price? {
    let input = try amount(inputPrice, "input_per_1m")
    let output = try amount(outputPrice, "output_per_1m")
    let cached = try amount(cachedPrice, "cached_per_1m")
    if var price = old {
      price.input = input ?? price.input
      price.output = output ?? price.output
      price.cachedInput = cached ?? price.cachedInput
      return price
    }
    switch (input, output, cached) {
    case (nil, nil, nil): return nil
    case (let input?, let output?, _):
      return Price(input: input, cachedInput: cached, output: output)
    default: throw .halfPrice(id: id)
    }
  }

  private func count(_ value: Int?, _ key: String) throws(CatalogError) -> Int? {
    guard let value, !(1...TokenCount.largest).contains(value) else { return value }
    throw .badValue(id: id, key: key, value: "\(value)", expected: .positiveCount)
  }

  /// The dearest price that is taken for one, in US dollars per million tokens.
  private static let mostDollars = 1_000_000.0

  private func amount(_ value: Double?, _ key: String) throws(CatalogError) -> Double? {
    guard let value, !(0...Self.mostDollars).contains(value) else { return value }
    throw .badValue(id: id, key: key, value: "\(value)", expected: .amount)
  }

  private func date(_ text: String?) throws(CatalogError) -> CalendarDate? {
    guard let text else { return nil }
    guard let date = CalendarDate(iso: text) else {
      throw .badValue(id: id, key: "shutdown", value: text, expected: .date)
    }
    return date
  }
}
