import Conversation
import JSON

/// One model that a server offers, with what the server tells of it.
package struct ModelListing: Equatable, Sendable {
  package var id: String
  package var owner: String?
  /// Seconds since 1970.
  package var created: Int64?
  /// How many tokens it reads at most.
  package var contextLength: Int?
  /// Whether it reads pictures, where the server says so.
  package var readsPictures: Bool?
  /// Whether it takes sound, where the server says so.
  package var hearsSound: Bool?
  /// The day on which it goes, as the server writes it.
  package var shutdownDate: String?

  package init(id: String) {
    self.id = id
  }

  /// Reads one entry of `GET …/models`, of OpenAI's form or a relay's; nil where it has no
  /// name that a request can carry.
  private init?(_ json: JSONValue) {
    guard let id = json.string ?? (json["id"] ?? json["name"] ?? json["model"])?.text,
      id.isModelName
    else { return nil }
    self.id = id
    owner = json["owned_by"]?.string
    created = json["created"]?.count.map { Int64($0) }
    contextLength =
      (json["context_length"] ?? json["context_window"] ?? json["max_context_length"]
      ?? json["max_model_len"] ?? json["meta"]?["n_ctx"])?.count
    readsPictures = Self.inputs(of: json).map { $0.contains("image") }
    hearsSound = Self.hears(json)
    shutdownDate = json["shutdown_date"]?.text
  }

  /// What the model reads: OpenRouter's `architecture.input_modalities`, Mistral's
  /// `capabilities.vision`.
  private static func inputs(of json: JSONValue) -> [String]? {
    if let vision = json["capabilities"]?["vision"]?.bool { return vision ? ["image"] : [] }
    let list = json["architecture"]?["input_modalities"] ?? json["input_modalities"]
    return list?.elements?.compactMap(\.string)
  }

  /// Whether the model hears: OpenRouter's `architecture.input_modalities`, Mistral's
  /// `capabilities.audio`.
  private static func hears(_ json: JSONValue) -> Bool? {
    if let audio = json["capabilities"]?["audio"]?.bool { return audio }
    let list = json["architecture"]?["input_modalities"] ?? json["input_modalities"]
    return list?.elements.map { $0.contains { $0.string == "audio" } }
  }

  /// The models of an answer: `{"data": […]}`, `{"models": […]}` or the bare array; nil for none of
  /// these.
  static func all(in json: JSONValue) -> [ModelListing]? {
    let list = json["data"]?.elements ?? json["models"]?.elements ?? json.elements
    return list?.compactMap(ModelListing.init)
  }
}
