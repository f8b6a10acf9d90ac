import ChatEngine
package import Conversation
package import Language

// The server's own tools: its search of the web, its Python, and its pictures.
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

  /// `/pictures on|off`.
  mutating func setPictures(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else {
      return tell(phrase(makingPictures: engine.requestParameters.makesPictures ?? false))
    }
    guard ["on", "off"].contains(rest) else { return misused(.pictures) }
    var parameters = conversation.parameters
    parameters.makesPictures = rest == "on"
    let phrase = phrase(makingPictures: rest == "on")
    let effects = send(.settings(.parameters(parameters)))
    guard rest == "on", currentProvider.api == .chat else { return effects + tell(phrase) }
    return effects
      + tell(
        say(
          """
          \(phrase) /chat/completions has no such tool: /api auto asks where there is one, and /draw \
          makes pictures anywhere.
          """))
  }

  private func phrase(makingPictures isOn: Bool) -> Phrase {
    guard isOn else { return say("The model makes no pictures in its replies.") }
    guard let line = usualDrawingLine else {
      return say("The model may make pictures in its replies; what they cost is not known.")
    }
    return currentProvider.isDemo
      ? say("The model may make pictures in its replies.")
      : say("The model may make pictures in its replies, each by \(line).")
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
    case .imageGeneration: say("picture")
    }
  }
}
