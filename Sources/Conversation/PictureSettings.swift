package import Language

/// A setting of the pictures that are asked for, by the name that `/set`, `--set` and `config.yaml` know.
///
/// It is never a member of a request for a reply.
package enum PictureSetting: String, CaseIterable, Sendable {
  case model = "picture_model"
  case size = "picture_size"
  case quality = "picture_quality"
  case style = "picture_style"
  case background = "picture_background"
  case format = "picture_format"

  /// What a value must be, to end the sentence “… takes”.
  package var expectation: Phrase {
    switch self {
    case .model: say("the name of a model")
    case .size: say("a size such as 1536x1024, 3:2 or auto")
    case .quality: say("a word such as low, medium or hd")
    case .style: say("a word such as vivid or natural")
    case .background: say("transparent or opaque")
    case .format: say("a format such as png, jpeg or webp")
    }
  }

  /// Whether a text can be the setting's value: one word, and of a size one that is read as such.
  fileprivate func takes(_ text: String) -> Bool {
    guard (1...100).contains(text.utf8.count), !text.contains(where: \.isWhitespace) else {
      return false
    }
    return self != .size || Drawing.Size(text) != nil
  }
}

/// The settings of pictures that hold until others are named; what is not set is left to the model.
package struct PictureSettings: Hashable, Sendable {
  private var values: [PictureSetting: String] = [:]

  package init() {}

  package var isEmpty: Bool { values.isEmpty }

  package subscript(_ setting: PictureSetting) -> String? { values[setting] }

  /// Sets a value, or takes it away with nil.
  ///
  /// - Returns: false where the setting takes no such value; nothing changes then.
  package mutating func set(_ setting: PictureSetting, to text: String?) -> Bool {
    guard text.map(setting.takes) ?? true else { return false }
    values[setting] = text
    return true
  }

  /// These settings, and the others' where these are silent.
  package func over(_ base: PictureSettings) -> PictureSettings {
    var result = base
    for (setting, text) in values { result.values[setting] = text }
    return result
  }

  /// These settings without those that are the same in `base`.
  package func changes(from base: PictureSettings) -> PictureSettings {
    var result = self
    for (setting, text) in base.values where values[setting] == text {
      result.values[setting] = nil
    }
    return result
  }

  /// A drawing with these settings in the place of its own.
  package func applied(to drawing: Drawing) -> Drawing {
    var result = drawing
    if let model = values[.model] { result.model = model }
    if let size = values[.size].flatMap(Drawing.Size.init) { result.size = size }
    if let quality = values[.quality] { result.quality = quality }
    if let style = values[.style] { result.style = style }
    if let background = values[.background] { result.background = background }
    if let format = values[.format] { result.format = format }
    return result
  }
}

/// An object with the names that `/set` knows; what cannot be read is left out.
extension PictureSettings: Codable {
  package init(from decoder: any Decoder) throws {
    let texts = try decoder.singleValueContainer().decode([String: String].self)
    for (name, text) in texts {
      guard let setting = PictureSetting(rawValue: name) else { continue }
      _ = set(setting, to: text)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Dictionary(uniqueKeysWithValues: values.map { ($0.rawValue, $1) }))
  }
}
