/// A call of one of the server's own tools: the server made it and answered it by itself (OpenAI API
/// reference, responses/create, output items).
package struct HostedToolCall: Hashable, Codable, Sendable {
  /// The tool, by the type of its item on the wire.
  package enum Tool: String, Codable, CaseIterable, Sendable {
    case webSearch = "web_search_call"
    case fileSearch = "file_search_call"
    case codeInterpreter = "code_interpreter_call"
    case imageGeneration = "image_generation_call"
  }

  package var tool: Tool
  /// What was looked for, or the address that was opened; of the interpreter, its code; of a picture, the
  /// prompt as the model put it, empty where the server does not tell.
  package var input: String
  /// What the code printed; empty where it printed nothing, or the server does not tell.
  package var output: String
  /// The container in which the code ran; nil for the other tools.
  package var container: String?
  /// Whether the server says that it failed.
  package var isFailed: Bool
  /// The item as its server gave it, a JSON object; it goes back to that server as it came, and nowhere
  /// else.
  ///
  /// Of a picture only what names it to a server that keeps replies; empty where the server keeps none.
  package var opaque: String
  /// The settings with which a picture was made, as far as they are known; nil for the other tools.
  package var drawing: Drawing?

  package init(
    _ tool: Tool, input: String, output: String = "", container: String? = nil,
    isFailed: Bool = false, opaque: String, drawing: Drawing? = nil
  ) {
    self.tool = tool
    self.input = input
    self.output = output
    self.container = container
    self.isFailed = isFailed
    self.opaque = opaque
    self.drawing = drawing
  }
}

/// What a reply's text refers to: a page of the web, or a file.
package struct Citation: Hashable, Codable, Sendable {
  /// The page's title, or the file's name; never empty.
  package var title: String
  /// The page's address; nil for a file.
  package var url: SafeURL?

  package init(title: String, url: SafeURL?) {
    self.title = title
    self.url = url
  }
}

extension [Citation] {
  /// A line each, by its number: `1. Title https://…`.
  package var lines: [String] {
    enumerated().map { index, citation in
      let address = citation.url.map { " " + $0.rawValue } ?? ""
      return "\(index + 1). \(citation.title)\(address)"
    }
  }
}

/// How requests offer the server's own search of the web.
package enum WebSearch: String, Codable, CaseIterable, Sendable {
  case on
  case off
  /// Only what the server holds of the web already is searched, so that no page is asked.
  case cached
}
