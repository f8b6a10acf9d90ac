/// Reads from a refusal what to change in a request before asking again (facts §2, §7).
package enum ParameterRules {
  /// What may be left out without changing what the user asked for, or with a word to him.
  ///
  /// Not `response_format`: a reply of another shape would be no answer.
  private static let droppable = [
    "temperature", "top_p", "frequency_penalty", "presence_penalty", "stop", "seed", "random_seed",
    "reasoning_effort", "stream_options", "store", "stream", "include", "reasoning.effort",
    "reasoning.summary", "reasoning", "text.verbosity", "reasoning_content",
  ]
  private static let tokenNames = ["max_tokens", "max_completion_tokens"]

  /// The change that `error` asks for, given the names of the settings that were sent; nil where it
  /// asks for none, or for one that would not help.
  ///
  /// A server names one parameter in each answer, so that several rounds may be needed.
  package static func adaptation(to error: ChatAPIError, sent: [String]) -> Adaptation? {
    guard error.isAboutRequest, error.kind != .answer(.toolsRefusedWithReasoning) else {
      return nil
    }
    if error.says("reasoning_content"), error.says("passed back") { return .echoReasoning }
    if error.kind == .answer(.turnsRefused) {
      return error.says("system role") ? .foldSystem : .joinRoles
    }
    guard error.isAboutParameter else { return nil }
    if error.says("developer"), error.says("role") || error.parameter?.contains("role") == true {
      return .systemRole
    }
    guard let name = refusedName(by: error, sent: sent) else { return nil }
    if let other = tokenNames.first(where: { $0 != name }), tokenNames.contains(name) {
      return .rename(name, to: other)
    }
    return droppable.contains(name) ? .omit(name) : nil
  }

  /// The setting, of those that were sent, that a refusal of a parameter is about.
  static func refusedName(by error: ChatAPIError, sent: [String]) -> String? {
    error.isAboutParameter ? sent.first(where: error.names) : nil
  }
}

extension ChatAPIError {
  /// Whether the server may have read the request and not liked it.
  ///
  /// Not by a status that speaks of something else; but servers written in Python answer what they
  /// cannot parse with 500.
  fileprivate var isAboutRequest: Bool {
    guard case .answer = kind, let status else { return false }
    return ![401, 402, 403, 404, 408, 413, 429, 503, 504, 529].contains(status)
  }

  fileprivate func says(_ words: String) -> Bool {
    message?.lowercased().contains(words) == true
  }

  /// Whether a parameter or its value is refused, by the code or by the usual words.
  fileprivate var isAboutParameter: Bool {
    let codes = [
      "unsupported_parameter", "unsupported_value", "unknown_parameter", "extra_forbidden",
      "invalid_value", "unsupported_parameter_value",
    ]
    if let code, codes.contains(code) { return true }
    let words = [
      "unsupported", "not support", "not allowed", "not permitted", "unknown", "unrecognized",
      "unexpected", "extra ", "not one of", "cannot find field", "invalid role", "input should be",
      "field required", "validation error", "不支持", "不合法", "无效", "参数错误",
    ]
    return words.contains(where: says)
  }

  /// Whether the answer names the setting `name`: as its parameter, or in its words; there in quotes
  /// where the name, like `stop`, could be a word of any sentence.
  fileprivate func names(_ name: String) -> Bool {
    if let parameter, !parameter.isEmpty {
      return parameter == name || parameter.hasPrefix(name + ".")
    }
    guard let message else { return false }
    if name.contains("_") { return message.contains(name) }
    return ["'", "\"", "`"].contains { message.contains($0 + name + $0) } || calls(name)
  }

  /// Whether the words call `name` a parameter, or say of it what is said of one, without quotes.
  private func calls(_ name: String) -> Bool {
    let words = (message ?? "").lowercased().split { !$0.isLetter && !$0.isNumber }
    let text = " \(words.joined(separator: " ")) "
    let before = ["parameter", "parameters", "field", "fields", "argument"]
    let behind = ["is not supported", "is unsupported", "not supported", "is not allowed"]
    return before.contains { text.contains(" \($0) \(name) ") }
      || behind.contains { text.contains(" \(name) \($0) ") }
  }
}
