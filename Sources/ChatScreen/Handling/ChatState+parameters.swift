import ChatEngine
import Conversation
import Language

extension ChatState {
  /// `/set [NAME [VALUE]]`: sets, tells one value, or lists all, as vim's `:set` does.
  mutating func set(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else { return listParameters() }
    let parts = rest.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return tellValue(ofSetting: parts.first ?? "") }
    if let setting = PictureSetting(rawValue: parts[0]) {
      return set(setting, to: parts[1].trimmed)
    }
    guard let name = ParameterName(rawValue: parts[0]) else {
      return setMember(parts[0], to: parts[1].trimmed)
    }
    return set(name, to: parts[1].trimmed)
  }

  /// `/set NAME`: what a known setting is now.
  private mutating func tellValue(ofSetting name: String) -> [ChatEffect] {
    if let setting = PictureSetting(rawValue: name) { return tell(valueOf(setting)) }
    return ParameterName(rawValue: name).map { tellValue(of: $0) } ?? misused(.set)
  }

  /// Sets a member of the body that Iris does not know: it is passed on unchecked, and that is said.
  private mutating func setMember(_ name: String, to json: String) -> [ChatEffect] {
    var parameters = conversation.parameters
    do throws(ParameterError) {
      try parameters.set(name: name, json: json)
    } catch {
      return fail(error.phrase)
    }
    let value = parameters.others.first { $0.name == name }?.json ?? json
    let phrase = say("\(name) is \(value). Iris does not know it, and sends it unchecked.")
    let meant = ParameterName.allCases.map(\.rawValue).first {
      name.count > 5 && EditDistance.between($0, name) <= 2
    }
    return send(.settings(.parameters(parameters)))
      + tell(
        meant.map { say("\(phrase) Did you mean \($0)?") } ?? phrase,
        offers: meant.map { _ in [.unset(name)] } ?? [])
  }

  /// `/temperature X` and its like; without a value, says what is set.
  mutating func set(_ name: ParameterName, to value: String) -> [ChatEffect] {
    guard !value.isEmpty else { return tellValue(of: name) }
    var parameters = conversation.parameters
    guard parameters.set(name, to: value) else {
      // What is no word of the format is the path of a schema.
      if name == .responseFormat { return readSchema(at: value.unquoted) }
      return fail(say("\(name.rawValue) takes \(name.expectation), not \(value)."))
    }
    if name == .responseFormat { session.isReadingSchema = false }
    return send(.settings(.parameters(parameters))) + tellValue(of: name)
  }

  mutating func unset(_ rest: String) -> [ChatEffect] {
    var parameters = conversation.parameters
    if let setting = PictureSetting(rawValue: rest) { return set(setting, to: nil) }
    guard let name = ParameterName(rawValue: rest) else {
      guard parameters.unset(memberNamed: rest) else {
        return rest.isEmpty ? misused(.unset) : failToUnset(rest)
      }
      return send(.settings(.parameters(parameters)))
        + tell(say("\(rest) is not set, and not sent."))
    }
    parameters.unset(name)
    return send(.settings(.parameters(parameters))) + tellValue(of: name)
  }

  /// How pictures are asked for from now on in this conversation; nil takes the setting away.
  private mutating func set(_ setting: PictureSetting, to text: String?) -> [ChatEffect] {
    var parameters = conversation.parameters
    do throws(ParameterError) {
      try parameters.set(setting, to: text)
    } catch {
      return fail(error.phrase)
    }
    return send(.settings(.parameters(parameters))) + tell(valueOf(setting))
  }

  /// What a setting of pictures is now, and what a /draw asks for with it, and costs.
  private func valueOf(_ setting: PictureSetting) -> Phrase {
    let name = setting.rawValue
    let told: Phrase =
      if let value = conversation.parameters.pictures?[setting] {
        say("\(name) is \(value), for each /draw from now on.")
      } else if let value = engine.requestParameters.pictures?[setting] {
        say("\(name) is \(value), by config.yaml. /set \(name) VALUE goes before it here.")
      } else {
        say("\(name) is not set: the model's usual one is taken.")
      }
    return usualDrawingLine.map { say("\(told) A /draw now: \($0)") } ?? told
  }

  /// Has a schema read, which the next message waits for.
  private mutating func readSchema(at path: String) -> [ChatEffect] {
    session.isReadingSchema = true
    return [.readSchema(path: path)]
  }

  /// Asks for replies of the shape that a file described; one that was wanted in another conversation
  /// is no longer.
  mutating func use(_ format: ResponseFormat) -> [ChatEffect] {
    guard session.isReadingSchema else { return [] }
    session.isReadingSchema = false
    var parameters = conversation.parameters
    parameters.responseFormat = format
    return send(.settings(.parameters(parameters)))
      + sendIfReady(telling: { $0.tellValue(of: .responseFormat) })
  }

  /// The file is no schema.
  mutating func missSchema(_ phrase: Phrase) -> [ChatEffect] {
    guard session.isReadingSchema else { return [] }
    session.isReadingSchema = false
    session.isSendingWhenReady = false
    return fail(phrase) + giveBackCommand(for: \.readsSchema)
  }

  private mutating func tellValue(of name: ParameterName) -> [ChatEffect] {
    guard let value = engine.requestParameters.value(of: name) else {
      return tell(say("\(name.rawValue) is not set, and not sent."))
    }
    guard conversation.parameters.value(of: name) == nil else {
      return tell(say("\(name.rawValue) is \(value)."))
    }
    return tell(say("\(name.rawValue) is \(value), by config.yaml for \(currentProvider.name)."))
  }

  /// What the configuration sets for the server is not the conversation's to take away.
  private mutating func failToUnset(_ name: String) -> [ChatEffect] {
    guard engine.requestParameters.others.contains(where: { $0.name == name }) else {
      return fail(unknownParameter(name))
    }
    let server = currentProvider.name
    return fail(
      say("\(name) is set for \(server) in config.yaml. /set \(name) VALUE goes before it here."))
  }

  private func unknownParameter(_ name: String) -> Phrase {
    let others = conversation.parameters.others.map(\.name)
    let known = ParameterName.allCases.map(\.rawValue) + PictureSetting.allCases.map(\.rawValue)
    let names = (known + others).joined(separator: ", ")
    return say("There is no parameter \(name): there are \(names).")
  }

  mutating func setRole(_ rest: String) -> [ChatEffect] {
    guard let role = Role(written: rest.lowercased()) else {
      return rest.isEmpty
        ? tell(say("The next Enter writes a message of the \(session.role.rawValue)."))
        : misusedRole(rest)
    }
    session.role = role
    return switch role {
    case .user: tell(say("Enter sends what you write, and asks for a reply."))
    case .system: tell(say("Enter adds instructions to the history; /role user goes back."))
    case .assistant, .tool, .unknown:
      tell(say("Enter adds an answer as if the model had given it; /role user goes back."))
    }
  }

  private mutating func misusedRole(_ word: String) -> [ChatEffect] {
    fail(say("There is no role \(word): it is user, system or assistant."))
  }

  /// `/system`: the message that opens every request.
  mutating func setInstructions(_ rest: String) -> [ChatEffect] {
    switch rest {
    case "":
      guard let instructions = conversation.instructions else {
        return tell(say("There is no system message. /system TEXT sets one."))
      }
      return tell(say("The system message is: \(instructions)"))
    case "-":
      let old = rememberInstructions()
      return old + send(.settings(.instructions(nil)))
        + tell(say("The system message is removed; Up brings it back."))
    default:
      let old = rememberInstructions()
      return old + send(.settings(.instructions(rest)))
        + tell(say("The system message opens every request now."))
    }
  }

  /// The message that is replaced goes to the history, as the command that would set it again.
  private func rememberInstructions() -> [ChatEffect] {
    conversation.instructions.map { remember("/system " + $0) } ?? []
  }

  mutating func setModel(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else {
      guard let model = currentModel else {
        return tell(say("No model is chosen. /model NAME or /models chooses one."))
      }
      return tell(say("The model is \(model). /models lists the others."))
    }
    guard rest.isModelName, !rest.contains(where: \.isWhitespace) else { return misused(.model) }
    let provider = currentProvider
    let listed = engine.settings.models
    let effects = send(.settings(.model(rest)))
    guard listed.isEmpty || listed.contains(rest) else {
      notice = Notice(
        .warning,
        say(
          "The model is \(rest) now, which \(provider.host) does not list. /models lists what it has."
        ),
        offers: [.models] + offerToSend)
      return provider.isDemo ? effects : effects + [.keepModel(rest, provider: provider.name)]
    }
    guard !provider.isDemo else {
      return effects + tell(say("The model is \(rest) now."), offers: offerToSend)
    }
    return effects + [.keepModel(rest, provider: provider.name)]
      + tell(
        say("The model is \(rest) now. New conversations with \(provider.name) begin with it."),
        offers: offerToSend)
  }

  mutating func setProvider(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else { return pickProvider() }
    guard let provider = engine.settings.providers.first(where: { $0.name == rest }) else {
      let names = engine.settings.providers.map(\.name).joined(separator: ", ")
      return fail(say("There is no provider \(rest): there are \(names)."))
    }
    return send(.settings(.provider(provider.name)))
      + tell(say("Requests go to \(provider.host) now."), offers: offerToSend)
  }

  /// `/api [auto|chat|responses]`: the call that the server in use is asked with.
  mutating func setAPI(_ rest: String) -> [ChatEffect] {
    let host = currentProvider.host
    guard !rest.isEmpty else { return tell(currentProvider.api.phrase(host: host)) }
    guard let api = WireChoice(rawValue: rest) else { return misused(.api) }
    return send(.settings(.api(api)))
      + tell(
        api == .auto
          ? api.phrase(host: host)
          : say("\(api.phrase(host: host)) api: in config.yaml keeps that."),
        offers: offerToSend)
  }

  /// The server's models, with what the catalogue knows of them.
  var modelItems: [Picker.Item] {
    engine.settings.models.map { id in
      Picker.Item(title: id, remark: modelRemark(id), choice: .model(id))
    }
  }

  mutating func pickModel() -> [ChatEffect] {
    let picker = Picker(subject: .models, title: say("Models"), items: modelItems)
    return open(.picker(picker)) + send(.settings(.listModels))
  }

  mutating func pickProvider() -> [ChatEffect] {
    let items = engine.settings.providers.map {
      Picker.Item(title: $0.name, remark: $0.host, choice: .provider($0.name))
    }
    return open(.picker(Picker(subject: .providers, title: say("Providers"), items: items)))
  }
}

extension WireChoice {
  /// How a server is asked.
  fileprivate func phrase(host: String) -> Phrase {
    switch self {
    case .auto: say("\(host) is asked with the call that it wants, as far as is known.")
    case .chat: say("\(host) is asked at /chat/completions.")
    case .responses: say("\(host) is asked at /responses.")
    }
  }
}
