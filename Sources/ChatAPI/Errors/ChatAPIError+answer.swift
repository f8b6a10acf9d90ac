/// What the start of an answer says: its status and its headers.
package struct ResponseHead: Equatable, Sendable {
  package var status: Int
  /// Names in lower case; of a repeated header the last value.
  package var headers: [String: String] = [:]

  package init(status: Int, headers: [String: String] = [:]) {
    self.status = status
    self.headers = headers
  }

  package var isSuccess: Bool { (200..<300).contains(status) }
}

/// What a request held, as far as a refusal may be about it.
package struct RequestFacts: Equatable, Sendable {
  /// How many pictures; nil where that is not known.
  package var pictureCount: Int?
  /// The names of the settings, as on the wire.
  package var settings: [String] = []
  /// The call that was made, like `/responses`; nil for one that asks for no reply.
  package var call: String?
  /// The place of each item's message among the request's messages, where the wire has items.
  package var messagePlaces: [Int] = []
  /// The identifiers of files of the server that are named.
  package var files: [String] = []
  /// The most tokens that the reply may have; nil where none was set.
  package var tokenLimit: Int?
  /// The hosts at which the server is to fetch pictures itself.
  package var pictureHosts: [String] = []

  package init(
    pictureCount: Int? = nil, settings: [String] = [], call: String? = nil,
    messagePlaces: [Int] = [], files: [String] = [], tokenLimit: Int? = nil
  ) {
    self.pictureCount = pictureCount
    self.settings = settings
    self.call = call
    self.messagePlaces = messagePlaces
    self.files = files
    self.tokenLimit = tokenLimit
  }
}

extension ChatAPIError {
  /// Reads an answer that is an error: what its body says, what the request held, its status.
  init(
    _ head: ResponseHead, fault: ServerFault, server: String, key: APIKey?,
    request: RequestFacts = RequestFacts()
  ) {
    let status = head.isSuccess ? fault.status ?? head.status : head.status
    let reading = RefusalReading(
      status: status, fault: fault, head: head, hasKey: key != nil, request: request)
    self.init(.answer(reading.kind), server: server, status: status)
    // Before it is cut: half a key at the end would not be known for one.
    message = fault.message.map { (key?.redacting($0) ?? $0).folded(to: 500) }
    code = fault.code ?? fault.type
    parameter = fault.parameter
    requestID = head.headers["x-request-id"] ?? head.headers["request-id"]
  }
}

extension ServerFault {
  /// The HTTP status that an error inside a 200 names in its code.
  fileprivate var status: Int? {
    code.flatMap { Int($0) }.flatMap { (400..<600).contains($0) ? $0 : nil }
  }
}

/// Tells what an answer is about: first by its words and by what the request held, then by its
/// status (facts of compatible servers, §4, §5, §7).
private struct RefusalReading {
  let status: Int
  let fault: ServerFault
  let head: ResponseHead
  let hasKey: Bool
  let request: RequestFacts

  var kind: AnswerFault {
    if (300..<400).contains(status) { return .redirected(to: head.headers["location"]) }
    if status == 401 { return refusedKey }
    if status == 402 { return .quotaUsedUp }
    if saysFileIsGone { return .fileGone }
    return fault.isPage ? page : told ?? byStatus
  }

  /// Whether a file that the request names is not there any more: the words name its identifier, or a file
  /// that is not found.
  private var saysFileIsGone: Bool {
    guard !request.files.isEmpty, [400, 403, 404, 410, 422].contains(status), !fault.isPage else {
      return false
    }
    let words = (fault.message ?? "").lowercased()
    let namesOne = request.files.contains { words.contains($0.lowercased()) }
    let isGone = [
      "not found", "no such", "not exist", "expired", "deleted", "no longer", "not have access",
      "could not be found", "invalid file",
    ].contains(where: words.contains)
    return isGone && (namesOne || words.contains("file"))
  }

  private var refusedKey: AnswerFault { hasKey ? .keyRefused : .keyMissing }

  /// What the words say; nil where they say nothing that is known.
  private var told: AnswerFault? {
    let topic = fault.topic
    switch topic {
    case .quota: return .quotaUsedUp
    // A limit of the reply that is too high is told in the words of a conversation that is too long.
    case .length where fault.refusesReplyLimit(among: request.settings),
      .parameter where fault.refusesReplyLimit(among: request.settings),
      nil where fault.refusesReplyLimit(among: request.settings):
      return .replyLimitTooHigh(most: fault.highestReplyLimit)
    case .tooMuchAtOnce, .length: return .contextTooLong
    case .rate: return .rateLimited
    case .load: return .overloaded
    case .key: return refusedKey
    case .content: return moderated ?? .contentRefused
    case .turns, .systemRole: return .turnsRefused
    case .model, .parameter, nil: break
    }
    if request.settings.contains("tools"), let refused = fault.toolsRefusal { return refused }
    // A limit of requests is no picture's fault, whatever they are called.
    if status != 429, isAboutPictures {
      return .pictureRefused(PictureRefusal(fault, request))
    }
    if saysPictureIsUnreachable { return .pictureRefused(PictureRefusal(.notFetched)) }
    if topic == .model { return .modelNotFound }
    if topic == .parameter { return .parameterRefused(name: fault.parameter) }
    return fault.namedSetting(of: request.settings).map { .parameterRefused(name: $0) }
  }

  private var moderated: AnswerFault? {
    fault.moderation.map { .moderated(stage: $0.stage, categories: $0.categories) }
  }

  /// Whether the server could not fetch a picture: it names the picture's host, or tells of a connection
  /// that it made itself.
  private var saysPictureIsUnreachable: Bool {
    guard !request.pictureHosts.isEmpty, status != 429 else { return false }
    let words = fault.words
    if PictureRefusal.connectionWords.contains(where: words.contains) { return true }
    let names = words.split { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "-" }
    // A name without a dot may be any word.
    return request.pictureHosts.contains { host in
      host.contains(".") && names.contains { $0 == host }
    }
  }

  /// Whether a picture is refused: one was sent, and pictures are spoken of.
  private var isAboutPictures: Bool {
    if let parameter = fault.parameter, parameter.contains("image_url") { return true }
    return request.pictureCount != 0 && RefusalTopic.isAboutPictures(fault.words)
  }

  private var byStatus: AnswerFault {
    switch status {
    case 403: .forbidden
    case 404: isAboutModel ? .modelNotFound : missingResponses ?? .notFound
    case 405, 501: request.call.map { .callMissing($0) } ?? .notFound
    case 413: .tooLarge
    case 429: .rateLimited
    case 503, 529: .overloaded
    case 408, 409: .serverFailed
    case 500...: hasKey || !isBare ? .serverFailed : .serverFailedWithoutKey
    default: failedByItself ? .serverFailed : .badRequest
    }
  }

  /// A server that lacks this call has the other as a rule; one without the other is no chat server.
  private var missingResponses: AnswerFault? {
    request.call == Responses.call ? .callMissing(Responses.call) : nil
  }

  private var isAboutModel: Bool {
    let words = fault.words
    // LiteLLM speaks of its model group where the server behind has no such path.
    guard !words.contains("invalid url") else { return false }
    return ["model", "deployment", "模型"].contains { words.contains($0) }
  }

  /// Whether a failure has no words of its own, as of a gateway that broke at the missing key.
  private var isBare: Bool {
    let words = fault.message?.lowercased().trimmingBlanks ?? ""
    return words.isEmpty || words == "internal server error"
  }

  /// Errors inside a 200 that name no status.
  private var failedByItself: Bool {
    ["server_error", "internal_error", "internalservererror"].contains { fault.words.contains($0) }
  }

  /// A page for a browser: what the status means for a gateway, else that no API answers here.
  private var page: AnswerFault {
    [403, 404, 408, 409, 413, 429].contains(status) || status >= 500 ? byStatus : .page
  }
}

extension ServerFault {
  /// The setting that the words refuse, among those that were sent.
  fileprivate func namedSetting(of settings: [String]) -> String? {
    var error = ChatAPIError(.answer(.badRequest), server: "", status: 400, message: message)
    error.code = code ?? type
    error.parameter = parameter
    return ParameterRules.refusedName(by: error, sent: settings)
  }
}

extension ServerFault {
  /// What the words say against tools, in a request that has some; nil where they say nothing.
  fileprivate var toolsRefusal: AnswerFault? {
    // What is wrong with one tool's schema is no refusal of tools.
    guard parameter?.hasPrefix("tools[") != true else { return nil }
    // Servers quote what they refuse, each in its own way.
    let words = words.filter { !"`'\"’".contains($0) }
    func says(_ texts: String...) -> Bool { texts.contains { words.contains($0) } }
    guard says("tool", "function call", "工具", "函数调用") else { return nil }
    if says("reasoning_effort", "reasoning effort"), says("not supported", "not support") {
      return .toolsRefusedWithReasoning
    }
    let isRefused = says(
      "does not support tool", "do not support tool", "not support function", "support tool use",
      "tools is not supported", "tools are not supported", "tool use is not supported",
      "tool calling is not supported", "tool calls are not supported",
      "function calling is not supported", "doesnt support tool", "doesnt support function",
      "tool choice requires", "--enable-auto-tool-choice",
      "tool-call-parser", "tools param requires --jinja", "function calling is not enabled",
      "不支持工具", "不支持 tools", "不支持tools", "不支持函数")
    return isRefused ? .toolsRefused : nil
  }
}
