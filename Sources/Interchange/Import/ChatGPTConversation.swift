import FoundationEssentials

/// A conversation in ChatGPT's export (`conversations.json`), as far as Iris has words for it.
///
/// The format is not published; this reads what exports of 2023 to 2026 hold. What has another
/// shape reads as absent.
struct ChatGPTConversation: Decodable {
  var title: String?
  /// The same in every export.
  var id: String?
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
    /// Whom it is for: `all`, or the tool that is called.
    var recipient: String?
    /// Whether ChatGPT itself does not show it.
    var isHidden: Bool
    /// The thoughts before a reply, a heading and a text each.
    var thoughts: String
    /// What the user has written for all conversations.
    var instructions: [String]
    /// What stands in the place of a mark in the text.
    var references: [Reference]

    private enum Keys: String, CodingKey {
      case author, role, content, parts, text, metadata, recipient, thoughts, summary
      case created = "create_time"
      case contentType = "content_type"
      case model = "model_slug"
      case isHidden = "is_visually_hidden_from_conversation"
      case references = "content_references"
      case profile = "user_profile"
      case instructions = "user_instructions"
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Keys.self)
      let author = try object.nestedContainer(keyedBy: Keys.self, forKey: .author)
      role = try author.decode(String.self, forKey: .role)
      created = try? object.decode(Double.self, forKey: .created)
      recipient = try? object.decode(String.self, forKey: .recipient)
      let metadata = try? object.nestedContainer(keyedBy: Keys.self, forKey: .metadata)
      model = try? metadata?.decode(String.self, forKey: .model)
      isHidden = (try? metadata?.decode(Bool.self, forKey: .isHidden)) ?? false
      references = (try? metadata?.decode([Reference].self, forKey: .references)) ?? []
      let content = try object.nestedContainer(keyedBy: Keys.self, forKey: .content)
      contentType = try content.decode(String.self, forKey: .contentType)
      let text = try? content.decode(String.self, forKey: .text)
      parts = (try? content.decode([Part].self, forKey: .parts)) ?? text.map { [.text($0)] } ?? []
      let thoughts = (try? content.decode([Thought].self, forKey: .thoughts)) ?? []
      self.thoughts = thoughts.map(\.text).joined(separator: "\n\n")
      instructions = [Keys.profile, .instructions].compactMap {
        try? content.decode(String.self, forKey: $0)
      }
    }
  }

  /// A source that a reply names by a mark in its text.
  struct Reference: Decodable {
    /// The mark, between U+E200 and U+E201.
    var mark: String
    /// The same as Markdown.
    var words: String?

    private enum CodingKeys: String, CodingKey {
      case mark = "matched_text"
      case words = "alt"
    }
  }

  private struct Thought: Decodable {
    var summary: String?
    var content: String?

    var text: String {
      [summary, content].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "\n")
    }
  }

  enum Part: Decodable {
    case text(String)
    /// A picture by the name of its file, without its ending.
    case picture(String)
    case sound
    case other

    private enum Keys: String, CodingKey {
      case pointer = "asset_pointer"
      case contentType = "content_type"
      case text
    }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        self = .text(text)
        return
      }
      let object = try? decoder.container(keyedBy: Keys.self)
      let pointer = (try? object?.decode(String.self, forKey: .pointer))?.split(separator: "/").last
      switch try? object?.decode(String.self, forKey: .contentType) {
      case "image_asset_pointer": self = pointer.map { .picture(String($0)) } ?? .other
      case "audio_transcription":
        self = (try? object?.decode(String.self, forKey: .text)).map { .text($0) } ?? .other
      case "audio_asset_pointer", "real_time_user_audio_video_asset_pointer": self = .sound
      default: self = .other
      }
    }
  }

  private enum CodingKeys: String, CodingKey {
    case title
    case id = "conversation_id"
    case created = "create_time"
    case current = "current_node"
    case nodes = "mapping"
  }
}
