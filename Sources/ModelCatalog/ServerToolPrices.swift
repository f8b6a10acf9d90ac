import Conversation

extension [ContentPart] {
  /// What the calls of the server's own tools cost beside the tokens (OpenAI, pricing, July 2026): a search
  /// of the web $0.01, one of files $0.0025, a container of 1 GB for 20 minutes $0.03.
  package var serverToolCost: Money {
    let calls = hostedCalls.filter { !$0.isFailed }
    let searches = calls.count { $0.tool == .webSearch && $0.isSearch }
    let fileSearches = calls.count { $0.tool == .fileSearch }
    let containers = Set(calls.compactMap(\.container)).count
    return Money(
      dollars: 0.01 * Double(searches) + 0.0025 * Double(fileSearches) + 0.03 * Double(containers))
  }
}

extension HostedToolCall {
  /// Whether it looked for words, which is paid for; pages that are opened are not.
  fileprivate var isSearch: Bool { !input.hasPrefix("http://") && !input.hasPrefix("https://") }
}
