package import Conversation
import JSON
package import Language

/// The JSON that a reply was asked to be, and what is wrong with one that is not.
///
/// Servers drop `response_format` and `text.format` without a word: a script must not take prose for data.
/// Of JSON Schema (draft 2020-12) it knows what says of which members and types a value is; a keyword that
/// it does not know, such as `pattern`, forbids nothing.
package struct ReplyShape {
  /// Nil for JSON mode, which demands JSON of any shape.
  private let schema: JSONValue?

  /// Nil where no JSON is asked for.
  package init?(_ format: ResponseFormat?) {
    switch format {
    case .jsonObject: schema = nil
    case .jsonSchema(_, let text): schema = JSONValue(parsing: Array(text.utf8))
    case .text, nil: return nil
    }
  }

  /// What is wrong with a reply; nil where it is as it was asked to be.
  ///
  /// `isCut` says that it ended at a limit of tokens, `isOnResponses` that the user had it asked for so.
  package func fault(of reply: String, isCut: Bool, isOnResponses: Bool = false) -> Phrase? {
    guard let value = JSONValue(parsing: Array(reply.utf8)) else {
      return isCut
        ? say(
          "The JSON of the reply is not whole, since it was cut. Ask for less, or allow more tokens."
        )
        : say("The reply is not JSON, though it was asked for. Try --api chat, or another model.")
    }
    guard let schema, let fault = SchemaCheck(root: schema).fault(of: value) else { return nil }
    // Servers that make chats of responses leave the schema behind.
    return isOnResponses
      ? say("The reply does not fit the schema: \(fault.phrase) Try --api chat, or another model.")
      : say("The reply does not fit the schema: \(fault.phrase) Ask again, or try another model.")
  }
}

/// What of a value does not fit its schema, at a place like `$.items[0].name`.
enum SchemaFault: Equatable {
  case missing(String)
  case otherType(String)
  case otherValue(String)
  case unknownMember(String)
  case noChoice(String)

  var phrase: Phrase {
    switch self {
    case .missing(let place): say("\(place) is missing.")
    case .otherType(let place): say("\(place) is of another type.")
    case .otherValue(let place): say("\(place) is none of the values that are allowed.")
    case .unknownMember(let place): say("\(place) is not allowed.")
    case .noChoice(let place): say("\(place) fits none of the choices.")
    }
  }
}

/// A value held against a schema and the definitions in it.
struct SchemaCheck {
  private let root: JSONValue
  /// How many references are followed in a row, of those that refer to each other.
  private static let referenceLimit = 64

  init(root: JSONValue) {
    self.root = root
  }

  /// The first fault of a value; nil where there is none.
  func fault(of value: JSONValue) -> SchemaFault? { fault(of: value, root, "$", 0) }

  private func fault(
    of value: JSONValue, _ schema: JSONValue, _ place: String, _ references: Int
  ) -> SchemaFault? {
    if schema == false { return .unknownMember(place) }
    if let target = target(of: schema), references < Self.referenceLimit,
      let fault = fault(of: value, target, place, references + 1)
    {
      return fault
    }
    if let type = schema["type"], !value.isOf(type) { return .otherType(place) }
    if let allowed = schema["enum"]?.elements, !allowed.contains(value) {
      return .otherValue(place)
    }
    if let only = schema["const"], only != value { return .otherValue(place) }
    for part in schema["allOf"]?.elements ?? [] {
      if let fault = fault(of: value, part, place, references) { return fault }
    }
    for choices in [schema["anyOf"], schema["oneOf"]].compactMap({ $0?.elements }) {
      let fits = choices.contains { fault(of: value, $0, place, references) == nil }
      if !fits { return .noChoice(place) }
    }
    return faultOfParts(of: value, schema, place)
  }

  private func faultOfParts(
    of value: JSONValue, _ schema: JSONValue, _ place: String
  ) -> SchemaFault? {
    if let items = schema["items"] {
      for (index, element) in (value.elements ?? []).enumerated() {
        if let fault = fault(of: element, items, "\(place)[\(index)]", 0) { return fault }
      }
    }
    guard case .object(let members) = value else { return nil }
    let names = Set(members.map(\.name))
    let required = schema["required"]?.elements?.compactMap(\.string) ?? []
    if let missing = required.first(where: { !names.contains($0) }) {
      return .missing("\(place).\(missing)")
    }
    for member in members {
      let inside = "\(place).\(member.name)"
      guard
        let property = schema["properties"]?[member.name] ?? schema["additionalProperties"],
        schema["patternProperties"] == nil || schema["properties"]?[member.name] != nil
      else { continue }
      if let fault = fault(of: member.value, property, inside, 0) { return fault }
    }
    return nil
  }

  /// What a reference inside the schema, such as `#/$defs/item`, stands for.
  private func target(of schema: JSONValue) -> JSONValue? {
    guard let reference = schema["$ref"]?.string, reference.hasPrefix("#") else { return nil }
    return reference.dropFirst().split(separator: "/").reduce(Optional(root)) { found, name in
      let name = String(name).replacing("~1", with: "/").replacing("~0", with: "~")
      return found?[name]
    }
  }
}

extension JSONValue {
  /// Whether the value is of a type by this name, or of one of a list of names.
  fileprivate func isOf(_ type: JSONValue) -> Bool {
    if let types = type.elements { return types.contains { isOf($0) } }
    return switch self {
    case .null: type == "null"
    case .bool: type == "boolean"
    case .number: type == "number" || type == "integer" && double?.rounded() == double
    case .string: type == "string"
    case .array: type == "array"
    case .object: type == "object"
    }
  }
}
