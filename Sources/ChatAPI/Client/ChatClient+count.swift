import Conversation
import JSON

extension ChatClient {
  /// How many tokens a server counts for a request; nil where it has no call that counts it.
  ///
  /// Each of the ``CountingCall``s is asked once; one that is missing is learned, and asked for no more.
  package func countTokens(
    of request: ModelRequest, at provider: Provider
  ) async throws(ChatAPIError) -> Int? {
    let request = request.forCounting
    for call in CountingCall.allCases where call.takes(request) {
      let known = learnedRules.adaptations(for: request.model, at: provider)
      guard !known.contains(.missingCall(call.path)) else { continue }
      let body = call.body(of: request, at: provider, knowing: known)
      do throws(ChatAPIError) {
        let answer = try await ask(call, body, at: provider, knowing: known)
        if let count = answer?["input_tokens"]?.count ?? answer?["count"]?.count { return count }
        if let tokens = answer?["tokens"]?.elements, call == .tokenize, tokens.isEmpty,
          let count = try await countTemplated(body, at: provider)
        {
          return count
        }
      } catch {
        guard call.isMissing(error) else { throw error }
      }
      learn(.missingCall(call.path), for: request.model, at: provider)
    }
    return nil
  }

  /// What llama.cpp before its own counting calls makes of a chat's body: `/tokenize` looks at `content`
  /// alone there, which `/apply-template` writes.
  private func countTemplated(
    _ body: RequestBody, at provider: Provider
  ) async throws(ChatAPIError) -> Int? {
    let templated = try await answer("/apply-template", body, at: provider.atRoot)
    guard let prompt = templated?["prompt"]?.string else { return nil }
    let content: JSONValue = [
      "content": .string(prompt), "add_special": true, "parse_special": true,
    ]
    let counted = try await answer(
      CountingCall.tokenize.path, RequestBody(json: content), at: provider.atRoot)
    return counted?["tokens"]?.elements?.count
  }

  private func ask(
    _ call: CountingCall, _ body: RequestBody, at provider: Provider, knowing known: Set<Adaptation>
  ) async throws(ChatAPIError) -> JSONValue? {
    guard !call.isAtRoot else { return try await answer(call.path, body, at: provider.atRoot) }
    return try await answer(
      call.path, body, at: provider, withoutVersion: known.contains(.plainPath))
  }

  /// The JSON that a call answers with; nil where it is none.
  private func answer(
    _ call: String, _ body: RequestBody, at provider: Provider, withoutVersion: Bool = false
  ) async throws(ChatAPIError) -> JSONValue? {
    var exchange = try provider.transfer(.post(body), call: call, withoutVersion: withoutVersion)
    // Some servers list the tokens.
    exchange.byteLimit = 32 << 20
    exchange.limits.firstByte = min(provider.timeLimits.firstByte, .seconds(60))
    let (_, answer) = try await collect(
      exchange, server: provider.name, key: provider.apiKey, hiding: provider.redaction)
    return JSONValue(parsing: try answer.get())
  }
}

/// A call by which servers count the tokens of a request, in the order in which they are tried.
private enum CountingCall: CaseIterable {
  /// OpenAI API reference, responses/input_tokens; llama.cpp has it too.
  case responses
  /// llama.cpp's own.
  case chat
  /// vLLM's, which takes a chat's body, stands beside `/v1`, and counts words alone.
  case tokenize
  /// Anthropic's, which llama.cpp and vLLM speak: here for words alone.
  case messages

  var path: String {
    switch self {
    case .responses: Responses.call + "/input_tokens"
    case .chat: ChatCompletions.call + "/input_tokens"
    case .tokenize: "/tokenize"
    case .messages: "/messages/count_tokens"
    }
  }

  /// Whether it stands at the server's address without a version.
  var isAtRoot: Bool { self == .tokenize }

  /// Whether it counts all of the request.
  func takes(_ request: ModelRequest) -> Bool {
    switch self {
    case .responses, .chat: true
    case .tokenize: !request.messages.contains(where: \.hasFiles)
    case .messages:
      request.tools.isEmpty
        && request.messages.allSatisfy { message in
          message.role != .tool && message.calls.isEmpty && !message.hasFiles
        }
    }
  }

  func body(
    of request: ModelRequest, at provider: Provider, knowing known: Set<Adaptation>
  ) -> RequestBody {
    let adaptations = known.union(Self.uncounted)
    switch self {
    case .responses:
      return Responses(provider.dialect).encode(request, adaptations: adaptations).body
    case .chat, .tokenize:
      return ChatCompletions(provider.dialect).encode(request, adaptations: adaptations).body
    case .messages: return RequestBody(json: Self.messages(of: request))
    }
  }

  /// The body of Anthropic's call, whose instructions stand beside the messages.
  private static func messages(of request: ModelRequest) -> JSONValue {
    let system = request.messages.filter { $0.role == .system }.map(\.text)
    let others = request.messages.filter { $0.role != .system }.map { message -> JSONValue in
      ["role": .string(message.role.rawValue), "content": .string(message.text)]
    }
    var members = [
      JSONMember("model", .string(request.model)), JSONMember("messages", .array(others)),
    ]
    if !system.isEmpty {
      members.append(JSONMember("system", .string(system.joined(separator: "\n\n"))))
    }
    return .object(members)
  }

  /// Whether an error says that the server is there and has not the call; of those that few servers have
  /// whatever it answers says so, but that there was too much of it.
  func isMissing(_ error: ChatAPIError) -> Bool {
    guard case .answer(let fault) = error.kind, let status = error.status else { return false }
    switch self {
    case .responses, .chat: return [404, 405, 501].contains(status) && fault.isOfAddress
    case .tokenize, .messages:
      return status == 501 || status < 500 && ![408, 413, 429].contains(status)
    }
  }

  /// Members that are no part of what is counted, and that the call refuses.
  private static let uncounted: Set<Adaptation> = [
    .omit("stream"), .omit("store"), .omit("include"), .omit("stream_options"),
  ]
}

extension Provider {
  /// The server without the version at the end of its address: where calls stand that are none of OpenAI's.
  fileprivate var atRoot: Provider {
    var root = self
    if root.base.path.hasSuffix("/v1") { root.base.path.removeLast(3) }
    root.hasAssumedVersion = false
    return root
  }
}

extension ModelRequest {
  /// The request with that alone which makes its prompt longer.
  fileprivate var forCounting: ModelRequest {
    var request = self
    request.isStreamed = false
    request.parameters = Parameters()
    request.parameters.responseFormat = parameters.responseFormat
    request.parameters.reasoningEffort = parameters.reasoningEffort
    return request
  }
}
