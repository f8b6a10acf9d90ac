package import Conversation
package import Language
package import ModelCatalog

extension Tool.Source {
  /// Where it runs, in a few words.
  package var text: String {
    switch self {
    case .builtIn: "Iris"
    case .program(let path): path
    case .server(let name, let host): host.map { "\(name) (\($0))" } ?? name
    }
  }
}

extension Tool {
  /// Where it runs, and what leaves the machine, for whoever is to allow a call.
  package var placePhrase: Phrase {
    switch source {
    case .builtIn: say("runs inside Iris; the result goes to the model")
    case .program(let path):
      say("runs \(path) here, with your rights; the result goes to the model")
    case .server(let name, nil): say("runs on the server \(name) on this machine")
    case .server(let name, let host?): say("sends the arguments to \(host) (\(name))")
    }
  }
}

extension ToolDefinition {
  /// What the definition costs in each request: its text, and what a server writes around it.
  package var tokens: TokenEstimate {
    TokenEstimate.ofText(wireName + summary + parameters) + .perMessage
  }
}
