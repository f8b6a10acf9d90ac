import ChatEngine
import Conversation
import Language

/// Where a setting in force comes from, to be told by `/params`.
private enum SettingOrigin {
  case commandLine
  /// Set in this conversation, now or when it was stored.
  case conversation
  /// `config.yaml`, or the environment.
  case configuration
  /// Chosen on the screen in an earlier run.
  case lastTime
  /// What Iris takes for a server where nobody has said.
  case usual

  func phrase(behind value: Phrase) -> Phrase {
    switch self {
    case .commandLine: say("\(value) (command line)")
    case .conversation: say("\(value) (set in this conversation)")
    case .configuration: say("\(value) (configuration)")
    case .lastTime: say("\(value) (chosen last time)")
    case .usual: say("\(value) (by default)")
    }
  }
}

extension ChatState {
  /// `/params`: what goes with the next request beside its messages, and where each value comes from.
  mutating func listParameters() -> [ChatEffect] {
    let target = engine.target
    let (name, host) = (target.provider.name, target.provider.host)
    let server: Phrase = name == host ? .verbatim(name) : say("\(name), \(host)")
    var rows = [
      Page.Row(
        "model",
        target.modelName.map { originOfModel.phrase(behind: .verbatim($0)) } ?? say("none")),
      Page.Row("provider", originOfProvider.phrase(behind: server)),
    ]
    if let text = conversation.instructions {
      let excerpt = Phrase.verbatim(Label(text).text)
      rows.append(Page.Row("system", originOfInstructions.phrase(behind: excerpt)))
    }
    return show(
      Page(title: say("What is sent with the next request"), rows: rows + parameterRows))
  }

  private var parameterRows: [Page.Row] {
    let parameters = engine.requestParameters
    let known = ParameterName.allCases.map { name in
      guard let value = parameters.value(of: name) else {
        return Page.Row(name.rawValue, say("not sent"), isDim: true)
      }
      let origin = origin { $0.value(of: name) == value }
      return Page.Row(name.rawValue, origin.phrase(behind: .verbatim(value)))
    }
    let others = parameters.others.map { member in
      let origin = origin { $0.others.contains(member) }
      return Page.Row(member.name, origin.phrase(behind: say("\(member.json), sent unchecked")))
    }
    let pictures = PictureSetting.allCases.compactMap { setting -> Page.Row? in
      guard let value = parameters.pictures?[setting] else { return nil }
      let origin = origin { $0.pictures?[setting] == value }
      return Page.Row(setting.rawValue, origin.phrase(behind: say("\(value), for pictures alone")))
    }
    return known + others + pictures
  }

  /// The first source in which `isThere` finds the value.
  private func origin(of isThere: (Parameters) -> Bool) -> SettingOrigin {
    let sources = engine.settings.sources
    let target = engine.target
    if session.followsCommandLine, isThere(sources.commandLine.parameters) { return .commandLine }
    if session.isReopened, isThere(conversation.parameters) { return .conversation }
    let configured = target.provider.parameters(of: target.modelName)
      .over(sources.configuration.parameters)
    return isThere(configured) ? .configuration : .conversation
  }

  private var originOfProvider: SettingOrigin {
    let name = currentProvider.name
    let sources = engine.settings.sources
    if session.followsCommandLine, sources.commandLine.provider == name { return .commandLine }
    if session.isReopened, conversation.provider != nil { return .conversation }
    if sources.configuration.provider == name { return .configuration }
    return name == engine.settings.defaultProvider ? .usual : .conversation
  }

  private var originOfModel: SettingOrigin {
    let name = currentModel
    let sources = engine.settings.sources
    if session.followsCommandLine, sources.commandLine.model == name { return .commandLine }
    if session.isReopened, conversation.model != nil { return .conversation }
    if sources.keptModels[currentProvider.name] == name { return .lastTime }
    if sources.configuration.model == name { return .configuration }
    return conversation.model == nil ? .usual : .conversation
  }

  private var originOfInstructions: SettingOrigin {
    let text = conversation.instructions
    let sources = engine.settings.sources
    if session.followsCommandLine, sources.commandLine.instructions == text { return .commandLine }
    if session.isReopened { return .conversation }
    return sources.configuration.instructions == text ? .configuration : .conversation
  }
}
