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
    ].filter { $0.value > 0 }
  }

  /// What the calls of the server's own tools cost beside the tokens.
  package var serverToolCost: Money {
    serverToolUses.reduce(.zero) { $0 + $1.key.price(of: $1.value) }
  }
}

extension HostedToolCall.Tool {
  /// What so many uses cost (OpenAI, pricing, July 2026): a search of the web $0.01, one of files $0.0025, a
  /// container of 1 GB for 20 minutes $0.03.
  package func price(of uses: Int) -> Money {
    let price =
      switch self {
      case .webSearch: 0.01
      case .fileSearch: 0.0025
      case .codeInterpreter: 0.03
      }
    return Money(dollars: price * Double(uses))
  }
}

extension HostedToolCall {
  /// Whether it looked for words, which is paid for; pages that are opened are not.
  fileprivate var isSearch: Bool { !input.hasPrefix("http://") && !input.hasPrefix("https://") }
}
