import JSON

/// The calls of tools that the demo makes, where a request offers tools and the user names one.
///
/// Each JSON object in the user's text is the arguments of one call; without any, each word with a
/// capital letter behind the first is, as the first parameter that the tool requires. So “weather in
/// Paris, Rome and Oslo” makes three calls in one reply. A word of ``Form`` has them come as a server
/// sends them that does not keep to OpenAI's form.
struct DemoCalls: Equatable, Sendable {
  /// How calls stand in the stream.
  enum Form: String, CaseIterable, Sendable {
    /// Numbered, with arguments in pieces.
    case whole
    /// Every call has index 0, its own id and whole arguments (Ollama).
    case index0
    /// No index and no id (Gemini's proxies).
    case unnumbered
    /// Arguments as an object.
    case objects
    /// The reply ends with the reason `stop`.
    case stop
  }

  struct Call: Equatable, Sendable {
    let name: String
    let arguments: JSONValue
  }

  let calls: [Call]
  let form: Form

  /// The calls that answer a request; nil where it offers no tool, names none, or brings results.
  init?(_ request: ChatRequest) {
    guard request.messages.last?.role == "user" else { return nil }
    // Pictures of results come behind them, in a message of the user's role.
    guard request.messages.dropLast().last?.role != "tool" else { return nil }
    let text = request.lastUserText
    let tools = request.parameters.first { $0.name == "tools" }?.value.elements ?? []
    let named = tools.compactMap { $0["function"] }.first { function in
      function["name"]?.string.map { name in
        // A server's tool may be named without its server.
        let short = name.firstRange(of: "__").map { name[$0.upperBound...] } ?? name[...]
        return text.lowercased().contains(short.lowercased())
      } ?? false
    }
    guard let named, let name = named["name"]?.string else { return nil }
    let words = Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    form = Form.allCases.first { words.contains($0.rawValue) } ?? .whole
    calls = Self.arguments(in: text, for: named).map { Call(name: name, arguments: $0) }
  }

  private static func arguments(in text: String, for function: JSONValue) -> [JSONValue] {
    let objects = objects(in: text)
    if !objects.isEmpty { return objects }
    let parameter = function["parameters"]?["required"]?[0]?.string
    let words = text.split { !$0.isLetter && $0 != "-" }.dropFirst()
      .filter { $0.first?.isUppercase == true }
    guard let parameter, !words.isEmpty else { return [.object([])] }
    return words.map { .object([JSONMember(parameter, .string(String($0)))]) }
  }

  /// Every JSON object that stands in a text.
  private static func objects(in text: String) -> [JSONValue] {
    var objects: [JSONValue] = []
    var rest = Array(text.utf8)[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "{")) {
      rest = rest[start...]
      let ends = rest.indices.filter { rest[$0] == UInt8(ascii: "}") }.prefix(50)
      let found = ends.lazy.compactMap { end in
        JSONValue(parsing: Array(rest[start...end])).map { ($0, end) }
      }.first
      if let found { objects.append(found.0) }
      rest = rest[((found?.1 ?? start) + 1)...]
    }
    return objects
  }

  /// Why the reply ends, as the server says it.
  var finishReason: String { form == .stop ? "stop" : "tool_calls" }

  /// `delta.tool_calls` of each chunk, in their order.
  var deltas: [JSONValue] {
    calls.indices.flatMap { index -> [JSONValue] in
      let call = calls[index]
      let arguments = call.arguments.description
      switch form {
      case .whole, .stop:
        let middle = arguments.index(arguments.startIndex, offsetBy: arguments.count / 2)
        return [
          delta(index, id: "call_demo_\(index)", name: call.name, .string("")),
          delta(index, .string(String(arguments[..<middle]))),
          delta(index, .string(String(arguments[middle...]))),
        ]
      case .index0:
        return [delta(0, id: "call_demo_\(index)", name: call.name, .string(arguments))]
      case .unnumbered: return [delta(nil, name: call.name, .string(arguments))]
      case .objects:
        return [delta(index, id: "call_demo_\(index)", name: call.name, call.arguments)]
      }
    }
  }

  private func delta(
    _ index: Int?, id: String? = nil, name: String? = nil, _ arguments: JSONValue
  ) -> JSONValue {
    let function = name.map { [JSONMember("name", .string($0))] } ?? []
    var members = index.map { [JSONMember("index", JSONValue($0))] } ?? []
    members += id.map { [JSONMember("id", .string($0)), JSONMember("type", "function")] } ?? []
    members.append(
      JSONMember("function", .object(function + [JSONMember("arguments", arguments)])))
    return ["tool_calls": [.object(members)]]
  }

  /// `message.tool_calls` of a reply in one piece.
  var whole: JSONValue {
    .array(
      calls.enumerated().map { index, call in
        [
          "id": .string("call_demo_\(index)"), "type": "function",
          "function": [
            "name": .string(call.name), "arguments": .string(call.arguments.description),
          ],
        ]
      })
  }
}
