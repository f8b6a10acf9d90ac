import Conversation
import JSON

/// The pictures of a reply beside its text, each once: `images` of a message or a delta (OpenRouter and
/// relays like it), and parts of content that are pictures.
struct ReplyPictures: Sendable {
  /// The hashes of those that came; some servers send all of them again with the last chunk.
  private var seen: Set<Int> = []

  /// Gives out the pictures of a delta or a message.
  mutating func read(_ message: JSONValue?, into events: inout ReplyEventBuffer) {
    for picture in message?["images"]?.elements ?? [] { deliver(picture, into: &events) }
    for part in message?["content"]?.elements ?? [] {
      let type = part["type"]?.string ?? ""
      if type.contains("image") { deliver(part, into: &events) }
    }
  }

  private mutating func deliver(_ json: JSONValue, into events: inout ReplyEventBuffer) {
    guard let url = Self.url(of: json), seen.insert(url.hashValue).inserted else { return }
    events.append(pictureAt: url)
  }

  /// The address of a picture, or a `data:` URL of its bytes, wherever a server puts them.
  private static func url(of json: JSONValue) -> String? {
    if let url = json.string { return url }
    let holder = json["image_url"] ?? json["image"] ?? json["url"] ?? json["source"]
    if let url = holder?.string ?? holder?["url"]?.string { return url.isEmpty ? nil : url }
    let inline = holder ?? json["inline_data"] ?? json["inlineData"] ?? json
    let letters = ["b64_json", "data", "base64", "image_base64"].lazy
      .compactMap { inline[$0]?.string }.first
    guard let letters, !letters.isEmpty else { return nil }
    return DataURL.prefix(mediaType: "image/png") + letters
  }
}
