package import Conversation

extension [ContentPart] {
  /// How often a message used each of the server's own tools, as far as that is paid for: searches, and
  /// containers in which code ran.
  package var serverToolUses: [HostedToolCall.Tool: Int] {
    let calls = hostedCalls.filter { !$0.isFailed }
    return [
      .webSearch: calls.count { $0.tool == .webSearch && $0.isSearch },
      .fileSearch: calls.count { $0.tool == .fileSearch },
      .codeInterpreter: Set(calls.compactMap(\.container)).count,
      .imageGeneration: calls.count { $0.tool == .imageGeneration },
    ].filter { $0.value > 0 }
  }

  /// What the calls of the server's own tools cost beside the tokens, as far as that is known.
  package var serverToolCost: Money {
    serverToolUses.reduce(pictureToolCost ?? .zero) { $0 + ($1.key.price(of: $1.value) ?? .zero) }
  }

  /// What the pictures cost that the server's own tool made, by their models, sizes and qualities, and the
  /// prompts that it was given; nil where that is known of none.
  ///
  /// Servers do not tell it; pictures that went in are not counted, since nobody says which did.
  package var pictureToolCost: Money? {
    hostedCalls.filter { !$0.isFailed }.compactMap(\.pictureCost)
      .reduce(nil) { ($0 ?? .zero) + $1 }
  }
}

extension HostedToolCall.Tool {
  /// What so many uses cost (OpenAI, pricing, July 2026): a search of the web $0.01, one of files $0.0025, a
  /// container of 1 GB for 20 minutes $0.03; nil for pictures, which are paid by their tokens.
  package func price(of uses: Int) -> Money? {
    let price: Double? =
      switch self {
      case .webSearch: 0.01
      case .fileSearch: 0.0025
      case .codeInterpreter: 0.03
      case .imageGeneration: nil
      }
    return price.map { Money(dollars: $0 * Double(uses)) }
  }
}

extension HostedToolCall {
  /// What the picture and its prompt cost; nil where the price of the model is not known.
  fileprivate var pictureCost: Money? {
    guard let drawing else { return nil }
    let model = ModelCatalog.builtIn.model(named: drawing.model)
    let prompt = TokenEstimate.ofText(input).tokens.flatMap { model.cost(ofPrompt: $0) }
    return model.cost(of: drawing).map { $0 + (prompt ?? .zero) }
  }

  /// Whether it looked for words, which is paid for; pages that are opened are not.
  fileprivate var isSearch: Bool { !input.hasPrefix("http://") && !input.hasPrefix("https://") }
}
