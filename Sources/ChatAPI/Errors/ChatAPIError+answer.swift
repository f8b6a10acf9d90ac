/// What the start of an answer says: its status and its headers.
package struct ResponseHead: Equatable, Sendable {
  package var status: Int
  /// Names in lower case; of a repeated header the last value.
  package var headers: [String: String] = [:]

  package init(status: Int, headers: [String: String] = [:]) {
    self.status = status
    self.headers = headers
  }

  var isSuccess: Bool { (200..<300).contains(status) }
}

extension ChatAPIError {
  /// Reads an answer that is an error: its status, its headers and what its body says.
  init(_ head: ResponseHead, fault: ServerFault, server: String, key: APIKey?) {
    let status = head.isSuccess ? fault.status ?? head.status : head.status
    let kind = AnswerFault(status: status, fault: fault, head: head, hasKey: key != nil)
    self.init(.answer(kind), server: server, status: status)
    message = fault.message.map { text in
      let line = text.folded(to: 500)
      return key?.redacting(line) ?? line
    }
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

  /// Whether code, type or message holds one of `words`, in lower case.
  fileprivate func mentions(_ words: String...) -> Bool {
    let text = [code, type, message].compactMap { $0?.lowercased() }.joined(separator: " ")
    return words.contains { text.contains($0) }
  }
}

extension AnswerFault {
  /// Tells what an answer is about, first by its codes, then by its words (facts §4, §5, §7).
  fileprivate init(status: Int, fault: ServerFault, head: ResponseHead, hasKey: Bool) {
    self =
      switch status {
      case 300..<400: .redirected(to: head.headers["location"])
      case 401: hasKey ? .keyRefused : .keyMissing
      case 402: .quotaUsedUp
      case 403 where !fault.mentions("moderation", "content_policy"): .forbidden
      case 404: Self.missing(fault)
      case 413: .tooLarge
      case 429: fault.isAboutQuota ? .quotaUsedUp : .rateLimited
      case 503, 529: .overloaded
      case 408, 409, 500...: .serverFailed
      default: Self.told(by: fault, hasKey: hasKey)
      }
  }

  private static func missing(_ fault: ServerFault) -> AnswerFault {
    if fault.mentions("image input", "image_url") { return .pictureRefused(fault.picturePlace) }
    return fault.mentions("model", "deployment") ? .modelNotFound : .notFound
  }

  /// Other statuses, and errors inside a 200: told by code and words alone.
  private static func told(by fault: ServerFault, hasKey: Bool) -> AnswerFault {
    if fault.isPage { return .page }
    if fault.isAboutQuota { return .quotaUsedUp }
    if fault.mentions("rate_limit") { return .rateLimited }
    if fault.mentions("overloaded", "slow_down") { return .overloaded }
    if fault.mentions("server_error", "internal_error", "internalservererror") {
      return .serverFailed
    }
    if fault.isAboutKey { return hasKey ? .keyRefused : .keyMissing }
    if fault.isAboutLength { return .contextTooLong }
    if fault.isAboutPicture { return .pictureRefused(fault.picturePlace) }
    if fault.mentions("unsupported_parameter", "unsupported_value", "unknown_parameter") {
      return .parameterRefused(name: fault.parameter)
    }
    if fault.mentions("content_filter", "content_policy", "moderation") { return .contentRefused }
    return fault.isAboutModelName ? .modelNotFound : .badRequest
  }
}

extension ServerFault {
  fileprivate var isAboutQuota: Bool {
    mentions("insufficient_quota", "exceeded your current quota", "insufficient balance")
  }

  /// LiteLLM without a database has only its master key: it looks for any other in the database.
  fileprivate var isAboutKey: Bool {
    mentions("invalid_api_key", "api key not valid", "invalid api key", "no_db_connection")
  }

  fileprivate var isAboutModelName: Bool {
    mentions(
      "model_not_found", "invalid model", "not a valid model", "unknown model", "model not exist",
      "model not found")
  }

  fileprivate var isAboutLength: Bool {
    mentions(
      "context_length_exceeded", "maximum context length", "context window", "context size",
      "exceed_context_size", "prompt is too long", "input is too long")
  }

  fileprivate var isAboutPicture: Bool {
    if let parameter, parameter.contains("image_url") { return true }
    return mentions(
      "invalid_image", "unsupported image", "image_url", "image urls", "valid image",
      "base64 encoded image", "image input", "support image", "support vision", "multimodal",
      "timeout while downloading", "too many images", "image exceeds", "image is too large")
  }

  /// The place in a parameter like `messages[1].content[2].image_url.detail`, or
  /// `messages.1.content.2`.
  fileprivate var picturePlace: AnswerFault.PicturePlace? {
    let numbers = (parameter ?? "").split { !$0.isNumber }.compactMap { Int($0) }
    guard let first = numbers.first, parameter?.hasPrefix("messages") == true else { return nil }
    return AnswerFault.PicturePlace(message: first, part: numbers.dropFirst().first)
  }
}
