package import Conversation
import JSON
package import Language

extension ResponseFormat {
  /// Why a text is no schema that a reply could be held to.
  package enum SchemaFault: Error, Equatable {
    case notJSON
    case notAnObject

    /// What is wrong with the file at `path`, and what to do.
    package func phrase(path: String) -> Phrase {
      switch self {
      case .notJSON:
        say("\(path) is not valid JSON. Correct it, or name a file with a JSON Schema.")
      case .notAnObject:
        say("\(path) is no JSON Schema. It must hold an object such as {\"type\": \"object\"}.")
      }
    }
  }

  /// The format that a file with a JSON Schema asks for.
  ///
  /// Takes the schema by itself, OpenAI's `json_schema` object with `name` and `schema`, or the whole
  /// `response_format` (OpenAI API reference, chat/create). Without a name of its own it is called
  /// as the file is.
  package init(schema text: String, path: String) throws(SchemaFault) {
    guard let json = JSONValue(parsing: text) else { throw .notJSON }
    let described = json["json_schema"] ?? json
    let inner = described["schema"]
    let schema = inner ?? described
    guard case .object = schema else { throw .notAnObject }
    let file = path.split(separator: "/").last?.split(separator: ".").first.map(String.init)
    let name = inner == nil ? file : described["name"]?.string ?? file
    self = .jsonSchema(
      name: Self.name(of: name ?? ""), schema: String(decoding: schema.bytes, as: UTF8.self))
  }

  /// The characters that the API takes in a schema's name, at most 64 of them.
  private static func name(of text: String) -> String {
    let allowed = text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }
    return allowed.isEmpty ? "reply" : String(allowed.prefix(64))
  }
}
