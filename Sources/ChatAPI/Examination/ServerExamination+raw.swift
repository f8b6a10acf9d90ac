import JSON
import Language

/// The questions whose requests and answers Iris itself has no other use for.
extension ServerExamination {
  func askForTool() async -> Finding {
    let function: JSONValue = [
      "name": "get_time", "description": "Tells the time.",
      "parameters": ["type": "object", "properties": [:]],
    ]
    var plain = request("What time is it? Use the tool.")
    plain.isStreamed = false
    let applied = client.learnedRules.adaptations(for: model, at: provider)
    let settings = ChatCompletionsEncoder(plain, dialect: provider.dialect, adaptations: applied)
      .settings
    let body = JSONValue.object(
      [
        JSONMember("model", .string(model)),
        JSONMember("messages", [["role": "user", "content": .string(plain.messages[0].text)]]),
        JSONMember("tools", [["type": "function", "function": function]]),
      ] + settings)
    switch await post(body, to: ChatCompletions.call) {
    case .failure(let error): return failure(.tool, error)
    case .success(let json):
      let message = json["choices"]?[0]?["message"]
      let calls = message?["tool_calls"]?.elements ?? []
      let name = calls.first?["function"]?["name"]?.string
      if let name { return Finding(.tool, .yes, say("it calls \(name.folded(to: 40))")) }
      guard message != nil else { return Finding(.tool, .unknown, say("the answer has no reply")) }
      return Finding(.tool, .unknown, say("taken, but the model called none"))
    }
  }

  func askForResponses() async -> Finding {
    let body: JSONValue = [
      "model": .string(model), "input": "Say: OK", "store": false,
      "max_output_tokens": .number(String(Self.replyTokens)),
    ]
    switch await post(body, to: Responses.call) {
    case .failure(let error): return failure(.responses, error)
    case .success(let json):
      return json["output"]?.elements == nil
        ? Finding(.responses, .unknown, say("the answer has no output"))
        : Finding(.responses, .yes, say("the second wire is there"))
    }
  }

  /// Posts a body that was made by hand, once, and reads the JSON of the answer.
  private func post(
    _ body: JSONValue, to call: String
  ) async -> Result<JSONValue, ChatAPIError> {
    var writer = RequestBody.Writer()
    writer.text.append(json: body)
    let applied = client.learnedRules.adaptations(for: model, at: provider)
    do {
      var request = try provider.transfer(
        .post(writer.body()), call: call, withoutVersion: applied.contains(.plainPath))
      request.byteLimit = 1 << 20
      let (head, result) = try await client.collect(
        request, server: provider.name, key: provider.apiKey, hiding: provider.redaction)
      let bytes = try result.get()
      guard let json = JSONValue(parsing: bytes) else {
        return .failure(ChatAPIError(.reply(.malformed), server: provider.name))
      }
      guard let head, let fault = ServerFault(json) else { return .success(json) }
      return .failure(
        ChatAPIError(head, fault: fault, server: provider.name, key: provider.apiKey)
          .redacted(by: provider.redaction))
    } catch {
      return .failure(error)
    }
  }
}
