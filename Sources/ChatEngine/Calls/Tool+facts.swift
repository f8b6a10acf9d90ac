package import Conversation
import Language
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

extension ToolDefinition {
  /// What the definition costs in each request: its text, and what a server writes around it.
  package var tokens: TokenEstimate {
    TokenEstimate.ofText(wireName + summary + parameters) + .perMessage
  }
}
