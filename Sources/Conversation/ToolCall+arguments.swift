import JSON

extension ToolCall {
  /// The arguments as JSON of one line, where they are an object; nil where they are not.
  ///
  /// No arguments at all are an empty object.
  package var compactArguments: String? {
    if arguments.allSatisfy(\.isWhitespace) { return "{}" }
    guard let value = JSONValue(parsing: arguments), case .object = value else { return nil }
    return value.description
  }

  /// The arguments for people to read, a line for each name and value, indented by two columns a level;
  /// as the model wrote them where they are no JSON.
  package var readableArguments: [String] {
    guard let value = JSONValue(parsing: arguments) else {
      return arguments.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    guard case .object(let members) = value else {
      return value.lines(indent: "", name: "", end: "")
    }
    return members.flatMap { $0.value.lines(indent: "", name: $0.name + ": ", end: "") }
  }
}

extension JSONValue {
  fileprivate func lines(indent: String, name: String, end: String) -> [String] {
    switch self {
    case .object(let members) where !members.isEmpty:
      let inner = members.enumerated().flatMap { place, member in
        member.value.lines(
          indent: indent + "  ", name: member.name.quotedAsJSON + ": ",
          end: place < members.count - 1 ? "," : "")
      }
      return [indent + name + "{"] + inner + [indent + "}" + end]
    case .array(let elements) where !elements.isEmpty:
      let inner = elements.enumerated().flatMap { place, element in
        element.lines(indent: indent + "  ", name: "", end: place < elements.count - 1 ? "," : "")
      }
      return [indent + name + "["] + inner + [indent + "]" + end]
    default: return [indent + name + description + end]
    }
  }
}
