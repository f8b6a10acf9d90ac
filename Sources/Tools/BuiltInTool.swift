package import Conversation

/// A tool inside Iris itself; none is offered to a model before the user names it.
package enum BuiltInTool: String, CaseIterable, Sendable {
  case time
  case searchConversations = "search_conversations"
  case readPicture = "read_picture"
}

extension BuiltInTool {
  package var tool: Tool {
    Tool(definition, source: .builtIn, asking: self == .time ? .never : .always)
  }

  private var definition: ToolDefinition {
    ToolDefinition(name: rawValue, summary: summary, parameters: parameters)
  }

  /// For a model to read.
  private var summary: String {
    switch self {
    case .time: "The present date and time, with the user's time zone."
    case .searchConversations:
      """
      Searches the user's earlier conversations, which are kept on this machine, for messages with \
      all words of a text; the newest first.
      """
    case .readPicture:
      """
      Shows a region of a picture of this conversation at full detail. Use it where a picture that \
      you were sent is too small to read. Pictures are numbered from 1 in the order in which they \
      were sent; the region is in fractions of the whole picture, from its upper left corner.
      """
    }
  }

  private var parameters: String {
    switch self {
    case .time: ToolDefinition.noParameters
    case .searchConversations:
      """
      {"type":"object","properties":{"text":{"type":"string","description":"Words to search for."},\
      "limit":{"type":"integer","minimum":1,"maximum":20}},"required":["text"]}
      """
    case .readPicture:
      """
      {"type":"object","properties":{"picture":{"type":"integer","minimum":1},\
      "left":{"type":"number","minimum":0,"maximum":1},"top":{"type":"number","minimum":0,"maximum":1},\
      "width":{"type":"number","minimum":0,"maximum":1},\
      "height":{"type":"number","minimum":0,"maximum":1}},\
      "required":["picture","left","top","width","height"]}
      """
    }
  }
}
