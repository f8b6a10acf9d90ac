import Foundation
package import JSON

/// The part of JSON Schema that OpenAI's own description of its API uses, for request bodies.
///
/// The description is not part of the project; it lies beside it where someone put it.
package struct OfficialSchema: Sendable {
  private let schemas: JSONValue

  package static let shared = OfficialSchema()

  private init?() {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "../shared/api/openai-openapi.json")
    guard let data = try? Data(contentsOf: file),
      let schemas = JSONValue(parsing: Array(data))?["components"]?["schemas"]
    else { return nil }
    self.schemas = schemas
  }

  /// What is wrong with `value` as a `CreateChatCompletionRequest`; empty when nothing is.
  package func faults(inChatRequest value: JSONValue) -> [String] {
    faults(in: value, as: "CreateChatCompletionRequest")
  }

  /// What is wrong with `value` as a request's body of this name; empty when nothing is.
  package func faults(in value: JSONValue, as name: String) -> [String] {
    guard let schema = schemas[name] else { return ["no schema"] }
    let known = names(of: schema)
    let unknown = value.members.map(\.name).filter { !known.contains($0) }
    return unknown.map { "unknown member \($0)" } + faults(in: value, schema, at: "$")
  }

  private func names(of schema: JSONValue) -> Set<String> {
    if let target = target(of: schema) { return names(of: target) }
    let inherited = schema["allOf"]?.elements?.map(names) ?? []
    let own = Set((schema["properties"]?.members ?? []).map(\.name))
    return inherited.reduce(own) { $0.union($1) }
  }

  private func target(of schema: JSONValue) -> JSONValue? {
    schema["$ref"]?.string?.split(separator: "/").last.flatMap { schemas[String($0)] }
  }

  private func faults(in value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    if let target = target(of: schema) { return faults(in: value, target, at: place) }
    var faults = schema["allOf"]?.elements?.flatMap { self.faults(in: value, $0, at: place) } ?? []
    if let choices = schema["anyOf"]?.elements,
      choices.allSatisfy({ !self.faults(in: value, $0, at: place).isEmpty })
    {
      faults.append("\(place) fits no choice")
    }
    if let allowed = schema["enum"]?.elements, !allowed.contains(value) {
      faults.append("\(place) is none of the allowed values")
    }
    if let type = schema["type"], !value.isOf(type) { faults.append("\(place) is of another type") }
    return faults + bounds(of: value, schema, at: place) + parts(of: value, schema, at: place)
  }

  private func bounds(of value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    var faults: [String] = []
    if case .number = value, let number = value.double {
      if let least = schema["minimum"]?.double, number < least { faults.append("\(place) too low") }
      if let most = schema["maximum"]?.double, number > most { faults.append("\(place) too high") }
    }
    if let count = value.elements?.count {
      if let least = schema["minItems"]?.integer, count < least {
        faults.append("\(place) too short")
      }
      if let most = schema["maxItems"]?.integer, count > most { faults.append("\(place) too long") }
    }
    return faults
  }

  private func parts(of value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
    var faults: [String] = []
    for (index, element) in (value.elements ?? []).enumerated() {
      guard let items = schema["items"] else { break }
      faults += self.faults(in: element, items, at: "\(place)[\(index)]")
    }
    guard case .object = value else { return faults }
    for name in schema["required"]?.elements?.compactMap(\.string) ?? [] where value[name] == nil {
      faults.append("\(place) lacks \(name)")
    }
    let properties = schema["properties"]
    for member in value.members {
      if let property = properties?[member.name] {
        faults += self.faults(in: member.value, property, at: "\(place).\(member.name)")
      } else if schema["additionalProperties"] == false {
        faults.append("\(place).\(member.name) is not allowed")
      }
    }
    return faults
  }
}

extension JSONValue {
  fileprivate var members: [JSONMember] {
    if case .object(let members) = self { members } else { [] }
  }

  /// Whether the value is of a type's name, or of one in a list of names.
  fileprivate func isOf(_ type: JSONValue) -> Bool {
    if let types = type.elements { return types.contains { isOf($0) } }
    return switch self {
    case .null: type == "null"
    case .bool: type == "boolean"
    case .number(let text): type == "number" || type == "integer" && Int64(text) != nil
    case .string: type == "string"
    case .array: type == "array"
    case .object: type == "object"
    }
  }
}
