/// What a model's name tells of OpenAI's families (facts §2): only what is published there.
struct ModelFamily: Equatable, Sendable {
  /// When a model takes temperature and its like.
  enum Sampling: Equatable, Sendable {
    case always
    /// Only with `reasoning_effort: none`; whether that is what the model does when none is set.
    case withoutReasoning(isDefault: Bool)
    case never
  }

  /// Whether the model reasons: `max_completion_tokens` and `developer` are its names.
  var isReasoning = false
  var sampling = Sampling.always
  var takesStop = true

  /// Reads a model's name, with a relay's prefix (`openai/gpt-5.1`) or without.
  init(model: String) {
    let name = model.lowercased().split(separator: "/").last ?? ""
    if ["o1", "o3", "o4"].contains(where: { name == $0 || name.hasPrefix($0 + "-") }) {
      isReasoning = true
      sampling = .never
      takesStop = name.hasPrefix("o1")
    } else if name.hasPrefix("gpt-"), !name.contains("chat"),
      let version = Version(name.dropFirst(4))
    {
      isReasoning = version.major >= 5
      sampling = Self.sampling(of: version, name: name)
    }
  }

  private static func sampling(of version: Version, name: Substring) -> Sampling {
    switch (version.major, version.minor) {
    case (..<5, _): .always
    case (5, 0): .never
    case (5, 1...4): .withoutReasoning(isDefault: true)
    case (5, _): .withoutReasoning(isDefault: false)
    case (6, 0) where name.contains("astra"), (6, 1) where name.contains("sol"): .never
    case (6, 0...1): .withoutReasoning(isDefault: false)
    default: .never
    }
  }
}

extension ModelFamily {
  /// Names of the settings that the family refuses at an effort of reasoning; nil is its own.
  func refusedSettings(effort: String?) -> [String] {
    let samples: Bool =
      switch sampling {
      case .always: true
      case .never: false
      case .withoutReasoning(let isDefault): effort.map { $0 == "none" } ?? isDefault
      }
    return (samples ? [] : ["temperature", "top_p", "frequency_penalty", "presence_penalty"])
      + (takesStop ? [] : ["stop"])
  }
}

/// The number in a name like `5.1-mini` or `4o`.
private struct Version {
  let major: Int
  var minor = 0

  init?(_ text: Substring) {
    guard let major = Int(text.prefix(while: \.isNumber)) else { return nil }
    self.major = major
    let rest = text.drop(while: \.isNumber)
    if rest.first == "." { minor = Int(rest.dropFirst().prefix(while: \.isNumber)) ?? 0 }
  }
}
