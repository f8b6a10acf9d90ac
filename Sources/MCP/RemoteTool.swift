package import JSON

/// A tool as its server lists it (MCP 2026-07-28, server/tools).
package struct RemoteTool: Equatable, Sendable {
  package var name: String
  package var summary: String
  /// The JSON Schema of its arguments.
  package var schema: JSONValue
  /// What goes into headers too over HTTP: the ends of their names, and the ways to the arguments.
  var headers: [ParameterHeader]

  /// An argument that is said in a header too.
  struct ParameterHeader: Equatable, Sendable {
    var name: String
    /// The names of the properties that lead to it.
    var path: [String]
  }
}

extension RemoteTool {
  /// Reads an element of `tools`; nil where it has no name, or its schema is none.
  ///
  /// One with a damaged `x-mcp-header` is left out, as the protocol demands it over HTTP.
  init?(_ json: JSONValue) {
    guard let name = json["name"]?.string, !name.isEmpty, name.utf8.count <= 256 else { return nil }
    let schema = json["inputSchema"] ?? .null
    guard case .object = schema else { return nil }
    var headers: [ParameterHeader] = []
    guard Self.collectHeaders(of: schema, at: [], into: &headers),
      Set(headers.map { $0.name.lowercased() }).count == headers.count
    else { return nil }
    self.name = name
    // Some servers have a title and no description.
    summary = json["description"]?.string ?? json["title"]?.string ?? ""
    self.schema = schema
    self.headers = headers
  }

  /// Finds the marked properties; false where one is marked that must not be.
  private static func collectHeaders(
    of schema: JSONValue, at path: [String], into headers: inout [ParameterHeader]
  ) -> Bool {
    guard path.count < 16, case .object(let properties)? = schema["properties"] else { return true }
    return properties.allSatisfy { property in
      let path = path + [property.name]
      if let mark = property.value["x-mcp-header"] {
        guard let name = mark.string, name.isToken,
          ["string", "integer", "boolean"].contains(property.value["type"]?.string)
        else { return false }
        headers.append(ParameterHeader(name: name, path: path))
      }
      return collectHeaders(of: property.value, at: path, into: &headers)
    }
  }

  /// The headers of a call with these arguments, by the ends of their names.
  func headerValues(of arguments: JSONValue) -> [String: String] {
    headers.reduce(into: [:]) { values, header in
      let value = header.path.reduce(arguments as JSONValue?) { $0?[$1] }
      switch value {
      case .string(let text): values[header.name] = text
      case .number(let text): values[header.name] = text
      case .bool(let flag): values[header.name] = flag ? "true" : "false"
      default: break
      }
    }
  }
}

extension String {
  /// Whether the text is a token (RFC 9110 §5.6.2).
  fileprivate var isToken: Bool {
    !isEmpty
      && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "!#$%&'*+-.^_`|~".contains($0)) }
  }
}
