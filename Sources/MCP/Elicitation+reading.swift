import Conversation
import JSON

extension Elicitation {
  /// Reads the parameters of `elicitation/create`; nil for what is neither a form nor an address.
  init?(_ params: JSONValue, from server: String, host: String?) {
    let message = (params["message"]?.string ?? "").cutForQuestion
    switch params["mode"]?.string ?? "form" {
    case "form":
      let schema = params["requestedSchema"] ?? [:]
      guard case .object(let properties) = schema["properties"] ?? [:] else { return nil }
      let required = (schema["required"]?.elements ?? []).compactMap(\.string)
      let fields = properties.map { property in
        ElicitationField(
          property.name, property.value, isRequired: required.contains(property.name))
      }
      self.init(server: server, host: host, message: message, kind: .form(fields))
    case "url":
      guard let url = params["url"]?.string, !url.isEmpty else { return nil }
      self.init(server: server, host: host, message: message, kind: .url(url))
    default: return nil
    }
  }
}

extension String {
  /// At most 4,000 characters, of which people read less: the rest is left out, and said so.
  fileprivate var cutForQuestion: String {
    let kept = prefix(4_000)
    return kept.endIndex == endIndex ? self : kept + "…"
  }
}

extension ElicitationField {
  fileprivate init(_ name: String, _ schema: JSONValue, isRequired: Bool) {
    self.init(
      name: name, title: (schema["title"]?.string ?? name).cutForQuestion,
      details: (schema["description"]?.string ?? "").cutForQuestion, isRequired: isRequired,
      shape: Shape(schema),
      initial: Self.typed(schema["default"] ?? .null))
  }

  /// A default as a user would type it.
  private static func typed(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text): text
    case .number(let text): text
    case .bool(let flag): flag ? "yes" : "no"
    case .array(let elements): elements.compactMap(\.string).joined(separator: ", ")
    case .null, .object: nil
    }
  }
}

extension ElicitationField.Shape {
  /// What is not known is a text.
  fileprivate init(_ schema: JSONValue) {
    if let options = Self.options(schema, listed: "oneOf") {
      self = .choice(options)
      return
    }
    switch schema["type"]?.string {
    case "boolean": self = .flag
    case "number": self = .number(isWhole: false, Self.range(schema))
    case "integer": self = .number(isWhole: true, Self.range(schema))
    case "array":
      let options = schema["items"].flatMap { Self.options($0, listed: "anyOf") } ?? []
      let least = max(0, schema["minItems"]?.integer ?? 0)
      self = .choices(options, count: least...max(least, schema["maxItems"]?.integer ?? .max))
    default:
      let least = max(0, schema["minLength"]?.integer ?? 0)
      self = .text(
        length: least...max(least, schema["maxLength"]?.integer ?? .max),
        format: schema["format"]?.string)
    }
  }

  private static func range(_ schema: JSONValue) -> ClosedRange<Double> {
    let least = schema["minimum"]?.double ?? -.greatestFiniteMagnitude
    return least...max(least, schema["maximum"]?.double ?? .greatestFiniteMagnitude)
  }

  private static func options(_ schema: JSONValue, listed name: String) -> [ElicitationField
    .Option]?
  {
    if let titled = schema[name]?.elements {
      return titled.compactMap { option in
        option["const"]?.string.map { .init(value: $0, title: option["title"]?.string ?? $0) }
      }
    }
    let names = schema["enumNames"]?.elements ?? []
    return schema["enum"]?.elements?.enumerated().compactMap { index, value in
      value.string.map { text in
        .init(
          value: text, title: names.indices.contains(index) ? names[index].string ?? text : text)
      }
    }
  }
}

extension ElicitationAnswer {
  /// The result of the request (MCP 2026-07-28, client/elicitation, response actions).
  func result(for elicitation: Elicitation) -> JSONValue {
    switch self {
    case .accept(let content):
      if case .url = elicitation.kind { return ["action": "accept"] }
      return ["action": "accept", "content": JSONValue(parsing: content) ?? [:]]
    case .decline: return ["action": "decline"]
    case .cancel: return ["action": "cancel"]
    }
  }
}
