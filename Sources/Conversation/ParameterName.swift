import JSON
package import Language

/// A parameter that Iris knows, by its name on the wire (OpenAI API reference, chat/create).
package enum ParameterName: String, CaseIterable, Sendable {
  case temperature
  case topP = "top_p"
  case maxTokens = "max_tokens"
  case frequencyPenalty = "frequency_penalty"
  case presencePenalty = "presence_penalty"
  case seed
  case stop
  case responseFormat = "response_format"
  case reasoningEffort = "reasoning_effort"
  case store
  case upload

  /// What a value must be, to end the sentence “… takes”.
  package var expectation: Phrase {
    switch self {
    case .temperature: say("a number from 0 to 2")
    case .topP: say("a number from 0 to 1")
    case .maxTokens: say("a whole number above 0")
    case .frequencyPenalty, .presencePenalty: say("a number from -2 to 2")
    case .seed: say("a whole number")
    case .stop: say("one to four texts, each in quotes where it has spaces")
    case .responseFormat: say("text, json, or a file with a JSON Schema")
    case .reasoningEffort: say("a word such as low, medium or high")
    case .store, .upload: say("on or off")
    }
  }
}

/// Why a member of a request's body cannot be set.
package enum ParameterError: Error, Equatable, Sendable {
  /// No letters, digits and `_ . -`, or too many.
  case notAName(String)
  /// Iris writes this member itself.
  case reserved(String)
  /// The text is no JSON, or longer than 64 KiB.
  case notJSON(name: String, text: String)
  /// JSON, but none that a known parameter takes.
  case misfit(ParameterName, text: String)
  /// A text that a setting of pictures does not take.
  case pictureMisfit(PictureSetting, text: String)
}

extension ParameterError {
  /// What is wrong, and what would be right.
  package var phrase: Phrase {
    switch self {
    case .notAName(let name):
      say("“\(name)” cannot name a setting: it takes letters, digits and _ . - alone, as in top_k.")
    case .reserved(let name):
      say("Iris itself writes \(name) into each request. Leave it out.")
    case .notJSON(let name, let text):
      say("\(name) takes JSON, such as 40, true, [1, 2] or \"text\" in quotes, not \(text).")
    case .misfit(let name, let text):
      say("\(name.rawValue) takes \(name.expectation), not \(text).")
    case .pictureMisfit(let setting, let text):
      say("\(setting.rawValue) takes \(setting.expectation), not \(text).")
    }
  }
}

extension Parameters {
  /// Sets a member of the body by its name and JSON: of a known parameter its own value, which is
  /// checked; of any other a ``BodyMember``, which is passed on as it is.
  package mutating func set(name: String, json: String) throws(ParameterError) {
    if let setting = PictureSetting(rawValue: name) {
      // A word is taken with quotes and without.
      return try set(setting, to: JSONValue(parsing: json)?.string ?? json)
    }
    if let known = ParameterName(rawValue: name) { return try set(known, json: json) }
    guard BodyMember.isName(name) else { throw .notAName(name) }
    guard !BodyMember.isReserved(name) else { throw .reserved(name) }
    guard let member = BodyMember(name: name, json: json) else {
      throw .notJSON(name: name, text: json)
    }
    set(member)
  }

  private mutating func set(_ known: ParameterName, json: String) throws(ParameterError) {
    // The words of /set need no quotes in a shell.
    let word: JSONValue? = ["on", "off"].contains(json) ? .string(json) : nil
    guard json.utf8.count <= 1 << 16, let value = word ?? JSONValue(parsing: json) else {
      throw .notJSON(name: known.rawValue, text: json)
    }
    guard set(known, to: value) else { throw .misfit(known, text: json) }
  }

  /// Sets how pictures are asked for; nil takes the setting away.
  package mutating func set(_ setting: PictureSetting, to text: String?) throws(ParameterError) {
    var settings = pictures ?? PictureSettings()
    guard settings.set(setting, to: text) else {
      throw .pictureMisfit(setting, text: text ?? "")
    }
    pictures = settings.isEmpty ? nil : settings
  }

  /// - Returns: false where the parameter takes no such value; nothing changes then.
  private mutating func set(_ name: ParameterName, to value: JSONValue) -> Bool {
    switch name {
    case .temperature: assign(value.number(in: 0...2), to: \.temperature)
    case .topP: assign(value.number(in: 0...1), to: \.topP)
    case .frequencyPenalty: assign(value.number(in: -2...2), to: \.frequencyPenalty)
    case .presencePenalty: assign(value.number(in: -2...2), to: \.presencePenalty)
    case .maxTokens:
      assign(value.wholeNumber.flatMap { $0 > 0 ? Int(exactly: $0) : nil }, to: \.maxTokens)
    case .seed: assign(value.wholeNumber, to: \.seed)
    case .stop: assign(value.stops, to: \.stop)
    case .responseFormat: assign(value.responseFormat, to: \.responseFormat)
    case .reasoningEffort:
      assign(value.string.flatMap { $0.isEmpty ? nil : $0 }, to: \.reasoningEffort)
    case .store: assign(value.flag, to: \.store)
    case .upload: assign(value.flag, to: \.upload)
    }
  }

  private mutating func assign<Value>(
    _ value: Value?, to path: WritableKeyPath<Self, Value?>
  ) -> Bool {
    guard let value else { return false }
    self[keyPath: path] = value
    return true
  }

  private mutating func assign<Value>(
    _ value: Value?, to path: WritableKeyPath<Self, Value>
  ) -> Bool {
    guard let value else { return false }
    self[keyPath: path] = value
    return true
  }
}

extension JSONValue {
  fileprivate func number(in range: ClosedRange<Double>) -> Double? {
    guard case .number(let text) = self, let number = Double(text), range.contains(number) else {
      return nil
    }
    return number
  }

  fileprivate var wholeNumber: Int64? {
    if case .number(let text) = self { Int64(text) } else { nil }
  }

  /// A truth value, or the word for it that `/set` takes.
  fileprivate var flag: Bool? {
    switch string {
    case "on": true
    case "off": false
    default: bool
    }
  }

  /// One text, or a list of one to four.
  fileprivate var stops: [String]? {
    if let string { return [string] }
    guard let elements, 1...4 ~= elements.count else { return nil }
    let texts = elements.compactMap(\.string)
    return texts.count == elements.count ? texts : nil
  }

  /// The object as the wire has it, or the word that `/set` takes.
  fileprivate var responseFormat: ResponseFormat? {
    switch self["type"]?.string ?? string {
    case "text": return .text
    case "json_object", "json": return .jsonObject
    case "json_schema":
      guard let schema = self["json_schema"], let name = schema["name"]?.string,
        let value = schema["schema"]
      else { return nil }
      return .jsonSchema(name: name, schema: String(decoding: value.bytes, as: UTF8.self))
    default: return nil
    }
  }
}
