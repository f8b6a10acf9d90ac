import ChatEngine
package import Conversation
package import Language

// The server's own tools: its search of the web, and its Python.
extension ChatState {
  /// `/web on|off|cached`: nothing is searched before the user has said so.
  mutating func setWeb(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else {
      return tell(phrase(engine.requestParameters.web ?? .off))
    }
    guard let web = WebSearch(rawValue: rest) else { return misused(.web) }
    var parameters = conversation.parameters
    parameters.web = web
    let phrase = phrase(web)
    return send(.settings(.parameters(parameters)))
      + tell(web == .off ? phrase : onResponses(phrase))
  }

  /// `/python on|off`.
  mutating func setPython(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else {
      return tell(phrase(python: engine.requestParameters.python ?? false))
    }
    guard ["on", "off"].contains(rest) else { return misused(.python) }
    var parameters = conversation.parameters
    parameters.python = rest == "on"
    let phrase = phrase(python: rest == "on")
    return send(.settings(.parameters(parameters)))
      + tell(rest == "off" ? phrase : onResponses(phrase))
  }

  private func phrase(_ web: WebSearch) -> Phrase {
    switch web {
    case .on where currentProvider.isDemo: say("The model may search the web on its server.")
    case .cached where currentProvider.isDemo:
      say("The model may search what its server holds of the web already.")
    case .on: say("The model may search the web on its server, some $0.01 a search.")
    case .cached:
      say("The model may search what its server holds of the web already, some $0.01 a search.")
    case .off: say("The model searches nothing.")
    }
  }

  private func phrase(python isOn: Bool) -> Phrase {
    guard !isOn || !currentProvider.isDemo else {
      return say("The model may run Python on its server; files are kept here.")
    }
    return isOn
      ? say(
        "The model may run Python on its server, some $0.03 for 20 minutes; files are kept here.")
      : say("The model runs no Python on its server.")
  }

  /// With what stands in the way where the call was chosen that has no such tools.
  func onResponses(_ phrase: Phrase) -> Phrase {
    guard currentProvider.api == .chat else { return phrase }
    return say("\(phrase) /chat/completions has no such tool: /api auto asks where there is one.")
  }
}

extension HostedToolCall.Tool {
  /// What users know the tool by.
  package var phrase: Phrase {
    switch self {
    case .webSearch: say("web search")
    case .fileSearch: say("file search")
    case .codeInterpreter: say("Python")
    }
  }
}
