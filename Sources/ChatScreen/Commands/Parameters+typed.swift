import ChatEngine
package import Conversation

extension ParameterName {
  /// Values that are words, for Tab; every word is taken where the set is open.
  var suggestions: [String] {
    switch self {
    case .responseFormat: ["text", "json"]
    case .reasoningEffort: ["none", "minimal", "low", "medium", "high", "xhigh", "max"]
    case .store, .upload: ["on", "off"]
    default: []
    }
  }
}

extension Parameters {
  /// Sets a parameter from what was typed.
  ///
  /// - Returns: false where the value is not one that the parameter takes; nothing changes then.
  package mutating func set(_ name: ParameterName, to value: String) -> Bool {
    switch name {
    case .temperature: assign(value, in: 0...2, to: \.temperature)
    case .topP: assign(value, in: 0...1, to: \.topP)
    case .frequencyPenalty: assign(value, in: -2...2, to: \.frequencyPenalty)
    case .presencePenalty: assign(value, in: -2...2, to: \.presencePenalty)
    case .maxTokens: assign(Int(value).flatMap { $0 > 0 ? $0 : nil }, to: \.maxTokens)
    case .seed: assign(Int64(value), to: \.seed)
    case .stop: assign(stops: ArgumentWords(value).words)
    case .responseFormat: assign(format: value)
    case .reasoningEffort:
      assign(value.isEmpty || value.contains(" ") ? nil : value, to: \.reasoningEffort)
    case .store: assign(Self.flag(value), to: \.store)
    case .upload: assign(Self.flag(value), to: \.upload)
    }
  }

  /// Takes a setting away, so that it is not sent.
  package mutating func unset(_ name: ParameterName) {
    switch name {
    case .temperature: temperature = nil
    case .topP: topP = nil
    case .maxTokens: maxTokens = nil
    case .frequencyPenalty: frequencyPenalty = nil
    case .presencePenalty: presencePenalty = nil
    case .seed: seed = nil
    case .stop: stop = []
    case .responseFormat: responseFormat = nil
    case .reasoningEffort: reasoningEffort = nil
    case .store: store = nil
    case .upload: upload = nil
    }
  }

  /// The value as it would be typed; nil where it is not set.
  package func value(of name: ParameterName) -> String? {
    switch name {
    case .temperature: temperature.map(Self.number)
    case .topP: topP.map(Self.number)
    case .maxTokens: maxTokens.map(String.init)
    case .frequencyPenalty: frequencyPenalty.map(Self.number)
    case .presencePenalty: presencePenalty.map(Self.number)
    case .seed: seed.map { String($0) }
    case .stop: stop.isEmpty ? nil : stop.map { "\"\($0)\"" }.joined(separator: " ")
    case .responseFormat:
      switch responseFormat {
      case .text: "text"
      case .jsonObject: "json"
      case .jsonSchema(let name, _): "json schema \(name)"
      case nil: nil
      }
    case .reasoningEffort: reasoningEffort
    case .store: store.map { $0 ? "on" : "off" }
    case .upload: upload.map { $0 ? "on" : "off" }
    }
  }

  /// A number without a needless `.0`.
  package static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }

  private static func flag(_ word: String) -> Bool? {
    ["on": true, "true": true, "off": false, "false": false][word.lowercased()]
  }

  private mutating func assign(
    _ text: String, in range: ClosedRange<Double>, to path: WritableKeyPath<Self, Double?>
  ) -> Bool {
    let number = Double(text).flatMap { $0.isFinite && range.contains($0) ? $0 : nil }
    return assign(number, to: path)
  }

  private mutating func assign<Value>(_ value: Value?, to path: WritableKeyPath<Self, Value?>)
    -> Bool
  {
    guard let value else { return false }
    self[keyPath: path] = value
    return true
  }

  private mutating func assign(stops: [String]) -> Bool {
    guard (1...4).contains(stops.count) else { return false }
    stop = stops
    return true
  }

  private mutating func assign(format: String) -> Bool {
    switch format.lowercased() {
    case "text": responseFormat = .text
    case "json", "json_object": responseFormat = .jsonObject
    default: return false
    }
    return true
  }
}
