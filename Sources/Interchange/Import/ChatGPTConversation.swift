import JSON

/// A conversation in ChatGPT's export (`conversations.json`), as far as Iris has words for it.
///
/// The format is not published; this reads what exports of 2023 to 2026 hold. What has another
/// shape reads as absent.
struct ChatGPTConversation {
  var title: String?
  /// The same in every export.
  var id: String?
  var created: JSONValue?
  /// The node of the last message in use.
  var current: String?
  var nodes: [String: Node]

  struct Node {
    var parent: String?
    var children: [String]
    var message: Entry?
  }

  init(_ json: JSONValue) throws(ImportFault) {
    guard case .object(let members)? = json["mapping"] else { throw ImportFault("mapping") }
    title = json["title"]?.string
    id = json["conversation_id"]?.string ?? json["id"]?.string
    created = json["create_time"]
    current = json["current_node"]?.string
    nodes = [:]
    nodes.reserveCapacity(members.count)
    for member in members {
      do throws(ImportFault) {
        nodes[member.name] = try Node(member.value)
      } catch {
        throw error.within("mapping", member.name)
      }
    }
  }
}

extension ChatGPTConversation.Node {
  fileprivate init(_ json: JSONValue) throws(ImportFault) {
    parent = json["parent"]?.string
    children = json["children"]?.elements?.compactMap(\.string) ?? []
    do throws(ImportFault) {
      message = try json["message"].map { value throws(ImportFault) in
        try ChatGPTConversation.Entry(value)
      }
    } catch {
      throw error.within("message")
    }
  }
}

extension ChatGPTConversation {
  /// A message.
  struct Entry {
    var role: String
    var created: JSONValue?
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

    init(_ json: JSONValue) throws(ImportFault) {
      guard let role = json["author"]?["role"]?.string else { throw ImportFault("author", "role") }
      guard let content = json["content"], let type = content["content_type"]?.string else {
        throw ImportFault("content", "content_type")
      }
      self.role = role
      contentType = type
      created = json["create_time"]
      recipient = json["recipient"]?.string
      let metadata = json["metadata"]
      model = metadata?["model_slug"]?.string
      isHidden = metadata?["is_visually_hidden_from_conversation"]?.bool ?? false
      references = (metadata?["content_references"]?.elements ?? []).compactMap { Reference($0) }
      parts =
        content["parts"]?.elements?.map { Part($0) }
        ?? content["text"]?.string.map { [.text($0)] } ?? []
      thoughts = (content["thoughts"]?.elements ?? []).map { thought in
        [thought["summary"], thought["content"]].compactMap { $0?.string }
          .filter { !$0.isEmpty }.joined(separator: "\n")
      }.joined(separator: "\n\n")
      instructions = ["user_profile", "user_instructions"].compactMap { content[$0]?.string }
    }
  }

  /// A source that a reply names by a mark in its text.
  struct Reference {
    /// The mark, between U+E200 and U+E201.
    var mark: String
    /// The same as Markdown.
    var words: String?

    init?(_ json: JSONValue) {
      guard let mark = json["matched_text"]?.string else { return nil }
      self.mark = mark
      words = json["alt"]?.string ?? Self.links(json["items"])
    }

    /// Sources without words of their own, as links.
    private static func links(_ items: JSONValue?) -> String? {
      let links = (items?.elements ?? []).compactMap { item -> String? in
        guard let url = item["url"]?.string else { return nil }
        return "([\(item["attribution"]?.string ?? item["title"]?.string ?? url)](\(url)))"
      }
      return links.isEmpty ? nil : links.joined(separator: " ")
    }
  }

  enum Part {
    case text(String)
    /// A picture by the name of its file, without its ending.
    case picture(String)
    case sound
    case other

    init(_ json: JSONValue) {
      if let text = json.string {
        self = .text(text)
        return
      }
      let pointer = json["asset_pointer"]?.string?.split(separator: "/").last
      switch json["content_type"]?.string {
      case "image_asset_pointer": self = pointer.map { .picture(String($0)) } ?? .other
      case "audio_transcription": self = json["text"]?.string.map { .text($0) } ?? .other
      case "audio_asset_pointer", "real_time_user_audio_video_asset_pointer": self = .sound
      default: self = .other
      }
    }
  }
}
