import FoundationEssentials

/// A conversation in ChatGPT's export (`conversations.json`), as far as Iris has words for it.
///
/// The format is not published; this reads what exports of 2023 to 2026 hold. What has another
/// shape reads as absent.
struct ChatGPTConversation: Decodable {
  var title: String?
  /// Seconds since 1970.
  var created: Double?
  /// The node of the last message in use.
  var current: String?
  var nodes: [String: Node]

  struct Node: Decodable {
    var parent: String?
    var children: [String]?
    var message: Entry?
  }

  /// A message.
  struct Entry: Decodable {
    var role: String
    var created: Double?
    var model: String?
    var contentType: String
    var parts: [Part]

    private enum Keys: String, CodingKey {
      case author, role, content, parts, text, metadata
      case created = "create_time"
      case contentType = "content_type"
      case model = "model_slug"
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Keys.self)
      let author = try object.nestedContainer(keyedBy: Keys.self, forKey: .author)
      role = try author.decode(String.self, forKey: .role)
      created = try? object.decode(Double.self, forKey: .created)
      model = try? object.nestedContainer(keyedBy: Keys.self, forKey: .metadata)
        .decode(String.self, forKey: .model)
      let content = try object.nestedContainer(keyedBy: Keys.self, forKey: .content)
      contentType = try content.decode(String.self, forKey: .contentType)
      let text = try? content.decode(String.self, forKey: .text)
      parts = (try? content.decode([Part].self, forKey: .parts)) ?? text.map { [.text($0)] } ?? []
    }
  }

  enum Part: Decodable {
    case text(String)
    /// A picture by the name of its file, without its ending.
    case picture(String)
    case other

    private enum Keys: String, CodingKey {
      case pointer = "asset_pointer"
      case contentType = "content_type"
    }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        self = .text(text)
      } else if let object = try? decoder.container(keyedBy: Keys.self),
        (try? object.decode(String.self, forKey: .contentType)) == "image_asset_pointer",
        let pointer = try? object.decode(String.self, forKey: .pointer),
        let name = pointer.split(separator: "/").last
      {
        self = .picture(String(name))
      } else {
        self = .other
      }
    }
  }

  private enum CodingKeys: String, CodingKey {
    case title
    case created = "create_time"
    case current = "current_node"
    case nodes = "mapping"
  }
}
