/// Why a model stopped writing (OpenAI API reference, chat/create, `choices[].finish_reason`).
package enum FinishReason: Hashable, Sendable {
  case stop
  case length
  case contentFilter
  case toolCalls
  /// A reason that no schema names, as the server wrote it.
  case other(String)
}

extension FinishReason: RawRepresentable, Codable {
  package init(rawValue: String) {
    self =
      switch rawValue {
      case "stop": .stop
      case "length": .length
      case "content_filter": .contentFilter
      case "tool_calls": .toolCalls
      default: .other(rawValue)
      }
  }

  package var rawValue: String {
    switch self {
    case .stop: "stop"
    case .length: "length"
    case .contentFilter: "content_filter"
    case .toolCalls: "tool_calls"
    case .other(let reason): reason
    }
  }
}
