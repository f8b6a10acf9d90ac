import Conversation
package import JSON

/// The members of a response's request beside model and input.
extension ResponsesEncoder {
  /// Everything beside model and input, after the adaptations.
  package var settings: [JSONMember] {
    let (proposed, omitted, unknown) = (proposed, omitted, unknown)
    let left = proposed.filter { !omitted.contains($0.name) && !unknown.contains($0.name) }
    let members = left.filter { !isLearnedAway(Self.settingName(ofMember: $0.name)) }
    return members + others
  }

  /// What the user set and the model's family is known to refuse.
  package var omitted: [String] {
    let names = Set(proposed.map(\.name))
    return family.refusedSettings(effort: request.parameters.reasoningEffort)
      .filter(names.contains)
  }

  /// What the user set and the wire has no member for, where the server keeps to OpenAI's own.
  package var unknown: [String] {
    guard dialect.prefersResponses else { return [] }
    let (names, omitted) = (Set(proposed.map(\.name)), omitted)
    return ["frequency_penalty", "presence_penalty", "seed", "stop"].filter {
      names.contains($0) && !omitted.contains($0)
    }
  }

  /// What a setting is called by users, of a member of the body: what is learned of servers goes by it.
  static func settingName(ofMember name: String) -> String {
    switch name {
    case "reasoning.effort": "reasoning_effort"
    case "text.verbosity": "verbosity"
    case "text.format": "response_format"
    case "max_output_tokens": "max_tokens"
    default: name
    }
  }

  /// The settings that Iris knows, before anything is left out.
  private var proposed: [JSONMember] {
    let parameters = request.parameters
    let members: [(String, JSONValue?)] = [
      // Always told: transformers 5.24 sends events where it is not.
      ("stream", .bool(request.isStreamed)),
      ("store", .bool(request.parameters.store == true)),
      ("include", included.isEmpty ? nil : .array(included)),
      ("temperature", JSONValue(parameters.temperature)),
      ("top_p", JSONValue(parameters.topP)),
      ("max_output_tokens", parameters.maxTokens.map { JSONValue(max($0, leastTokens)) }),
      ("frequency_penalty", JSONValue(parameters.frequencyPenalty)),
      ("presence_penalty", JSONValue(parameters.presencePenalty)),
      ("seed", parameters.seed.map { JSONValue($0) }),
      ("stop", parameters.stop.isEmpty ? nil : .array(parameters.stop.map { .string($0) })),
      ("reasoning", object("reasoning", reasoning)),
      ("text", object("text", text)),
      ("tools", tools.isEmpty ? nil : .array(tools)),
    ]
    return present(members, beside: others)
  }

  /// What of the reply comes only where it is asked for.
  private var included: [JSONValue] {
    (takesReasoning ? ["reasoning.encrypted_content"] : [])
      + (request.parameters.python == true ? ["code_interpreter_call.outputs"] : [])
      + (request.vectorStores.isEmpty ? [] : ["file_search_call.results"])
  }

  /// The user's tools, and the server's own that are wanted.
  private var tools: [JSONValue] {
    var tools = request.tools.map { JSONValue($0) }
    switch request.parameters.web {
    case .on?: tools.append(["type": "web_search"])
    case .cached?: tools.append(["type": "web_search", "external_web_access": false])
    case .off?, nil: break
    }
    if request.parameters.python == true {
      tools.append(["type": "code_interpreter", "container": ["type": "auto"]])
    }
    if let tool = request.pictureTool { tools.append(.object(tool.members)) }
    if !request.vectorStores.isEmpty {
      let stores = request.vectorStores.map(JSONValue.string)
      tools.append(["type": "file_search", "vector_store_ids": .array(stores)])
    }
    return tools
  }

  /// OpenAI refuses a smaller limit of tokens on this call.
  private var leastTokens: Int { dialect.prefersResponses ? 16 : 1 }

  /// Whether the request is about reasoning at all: of other models servers refuse to speak of it.
  private var takesReasoning: Bool {
    family.isReasoning || request.parameters.reasoningEffort != nil
  }

  private var reasoning: [JSONMember] {
    let effort = request.parameters.reasoningEffort.map {
      JSONMember("effort", .string($0))
    }
    let summary = takesReasoning ? JSONMember("summary", "auto") : nil
    return [effort, summary].compactMap(\.self)
  }

  private var text: [JSONMember] {
    let format = request.parameters.responseFormat.map { JSONMember("format", JSONValue($0)) }
    let verbosity = userMember("verbosity").map { JSONMember("verbosity", $0) }
    return [format, verbosity].compactMap(\.self)
  }

  /// An object of these members, without those that were learned away, under those that the user gave
  /// for it; nil for an empty one.
  private func object(_ name: String, _ members: [JSONMember]) -> JSONValue? {
    var given: [JSONMember] = []
    if case .object(let members)? = userMember(name) { given = members }
    let names = Set(given.map(\.name))
    let left = members.filter { member in
      let wireName = name + "." + member.name
      return !names.contains(member.name) && !isLearnedAway(wireName)
        && !isLearnedAway(Self.settingName(ofMember: wireName))
    }
    return left.isEmpty && given.isEmpty ? nil : .object(left + given)
  }

  private func userMember(_ name: String) -> JSONValue? {
    request.parameters.others.first { $0.name == name }.flatMap { JSONValue(parsing: $0.json) }
  }

  /// What the user set of which Iris knows nothing, but for what stands in other members here.
  private var others: [JSONMember] {
    request.parameters.others.compactMap { member in
      guard !["verbosity", "reasoning", "text"].contains(member.name) else { return nil }
      return JSONValue(parsing: member.json).map { JSONMember(member.name, $0) }
    }
  }
}

extension JSONValue {
  /// A tool as the wire describes it; without a word the server would try to hold the model to its
  /// schema, which few schemas are made for.
  fileprivate init(_ tool: ToolDefinition) {
    self = [
      "type": "function", "name": .string(tool.wireName), "description": .string(tool.summary),
      "parameters": tool.schema, "strict": false,
    ]
  }

  fileprivate init(_ format: ResponseFormat) {
    switch format {
    case .text: self = ["type": "text"]
    case .jsonObject: self = ["type": "json_object"]
    case .jsonSchema(let name, let schema):
      self = [
        "type": "json_schema", "name": .string(name), "strict": true,
        "schema": JSONValue(parsing: schema) ?? .null,
      ]
    }
  }
}
