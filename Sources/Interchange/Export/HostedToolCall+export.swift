import Conversation

extension HostedToolCall.Tool {
  /// What stands above a call in exports, which are in English.
  var heading: String {
    switch self {
    case .webSearch: "Search of the web"
    case .fileSearch: "Search of files"
    case .codeInterpreter: "Python, run by the server"
    case .imageGeneration: "A picture, made by the server"
    }
  }

  /// The language of its input, for a block of code.
  var language: String { self == .codeInterpreter ? "python" : "" }
}
