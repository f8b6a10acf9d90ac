import ChatAPI
import ChatEngine
import Configuration
import Conversation
import FoundationEssentials
import Language
import ModelCatalog
import Tools

/// The calls about tools, without the screen: `tools`.
package struct ToolCalls: Sendable {
  private let installation: Installation

  package init(_ installation: Installation) {
    self.installation = installation
  }

  /// `iris tools`: every tool, where it runs, when it asks, and what its definition costs in each
  /// request; what cannot be used is told on standard error.
  package func list(asJSON: Bool) -> ExitStatus {
    let library = ToolLibrary(installation, client: ChatClient(timing: .quiet))
    let options = installation.toolOptions
    let listing = Blocking.wait {
      let listing = await library.list(.all)
      await library.servers.close()
      return listing
    }
    let tools = (listing?.tools ?? []).map { PrintedTool($0, options) }
    for problem in (listing?.problems ?? []) + [installation.ruleProblem].compactMap(\.self) {
      StandardError.say(problem, in: installation.language)
    }
    guard !asJSON else {
      CallOutput.write(json: tools)
      return .done
    }
    CallOutput.write(
      head: [say("source"), say("tool"), say("asks"), say("on"), say("tokens")],
      in: installation.language,
      tools.map { [$0.source, $0.name, $0.asks, $0.isOn ? "on" : "", "≈\($0.tokens)"] })
    return .done
  }
}

/// A tool as it is printed.
private struct PrintedTool: Encodable {
  let name: String
  let description: String
  let source: String
  /// `always`, `once` or `never`, or `denied`, or `allowed` by a rule without a pattern.
  let asks: String
  let isOn: Bool
  let tokens: Int

  init(_ tool: Tool, _ options: Calls.Options) {
    name = tool.name
    description = tool.definition.summary
    source = tool.source.text
    let rules = options.rules
    let isAllowed = rules.allows(tool.name, arguments: "{}")
    asks = rules.denies(tool.name) ? "denied" : isAllowed ? "allowed" : tool.asking.rawValue
    isOn = ([tool.name, tool.server].compactMap(\.self)).contains { options.enabled.contains($0) }
    tokens = tool.definition.tokens.tokens ?? 0
  }

  private enum CodingKeys: String, CodingKey {
    case name, description, source, asks, tokens
    case isOn = "on"
  }
}
