import ChatEngine
import Conversation
import Language

extension ChatState {
  mutating func set(_ rest: String) -> [ChatEffect] {
    let parts = rest.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return misused(.set) }
    guard let name = ParameterName(rawValue: parts[0]) else {
      return fail(unknownParameter(parts[0]))
    }
    return set(name, to: parts[1].trimmed)
  }

  /// `/temperature X` and its like; without a value, says what is set.
  mutating func set(_ name: ParameterName, to value: String) -> [ChatEffect] {
    guard !value.isEmpty else { return tellValue(of: name) }
    var parameters = conversation.parameters
    guard parameters.set(name, to: value) else {
      // What is no word of the format is the path of a schema.
      if name == .responseFormat { return [.readSchema(path: value.unquoted)] }
      return fail(say("\(name.rawValue) takes \(name.expectation), not \(value)."))
    }
    return send(.settings(.parameters(parameters))) + tellValue(of: name)
  }

  mutating func unset(_ rest: String) -> [ChatEffect] {
    guard let name = ParameterName(rawValue: rest) else {
      return rest.isEmpty ? misused(.unset) : fail(unknownParameter(rest))
    }
    return unset(name)
  }

  mutating func unset(_ name: ParameterName) -> [ChatEffect] {
    var parameters = conversation.parameters
    parameters.unset(name)
    return send(.settings(.parameters(parameters))) + tellValue(of: name)
  }

  /// Asks for replies of the shape that a file described.
  mutating func use(_ format: ResponseFormat) -> [ChatEffect] {
    var parameters = conversation.parameters
    parameters.responseFormat = format
    return send(.settings(.parameters(parameters))) + tellValue(of: .responseFormat)
  }

  private mutating func tellValue(of name: ParameterName) -> [ChatEffect] {
    guard let value = conversation.parameters.value(of: name) else {
      return tell(say("\(name.rawValue) is not set, and not sent."))
    }
    return tell(say("\(name.rawValue) is \(value)."))
  }

  private func unknownParameter(_ name: String) -> Phrase {
    let names = ParameterName.allCases.map(\.rawValue).joined(separator: ", ")
    return say("There is no parameter \(name): there are \(names).")
  }

  mutating func listParameters() -> [ChatEffect] {
    var rows = [
      Page.Row("model", currentModel.map(Phrase.verbatim) ?? say("none")),
      Page.Row("provider", .verbatim("\(currentProvider.name) (\(currentProvider.host))")),
    ]
    rows += ParameterName.allCases.map { name in
      guard let value = conversation.parameters.value(of: name) else {
        return Page.Row(name.rawValue, say("not sent"), isDim: true)
      }
      return Page.Row(name.rawValue, .verbatim(value))
    }
    return show(Page(title: say("What is sent with the next request"), rows: rows))
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
    guard !rest.contains(where: \.isWhitespace) else { return misused(.model) }
    return send(.settings(.model(rest)))
      + tell(say("The model is \(rest) now."), offers: offerToSend)
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
