import Conversation
import JSON
import Language
import Yams

extension Field {
  /// Members of the request's body, kept at `path`: known ones are checked, others are passed on.
  static func body(_ name: String, _ path: WritableKeyPath<Target, Parameters>) -> Field {
    Field(name: name) { node, target in node.readBody(of: name, into: &target[keyPath: path]) }
  }
}

extension Node {
  /// Reads `name: value` members of a request's body; what cannot be one is left out and named.
  fileprivate func readBody(
    of section: String, into parameters: inout Parameters
  ) -> [ConfigurationMistake] {
    guard let mapping else {
      return [mistake(say("\(section) holds nothing by name, expected lines like “top_k: 40”"))]
    }
    return mapping.compactMap { key, value in
      let name = key.scalar?.string ?? ""
      guard let json = value.json else {
        return value.mistake(say("\(name) does not fit, expected a value that JSON can write"))
      }
      do throws(ParameterError) {
        try parameters.set(name: name, json: String(decoding: json.bytes, as: UTF8.self))
        return nil
      } catch {
        return key.mistake(error.phrase)
      }
    }
  }

  /// Reads what is set for single models of a server: `models:`, by name.
  func readModels(into provider: inout ProviderSettings) -> [ConfigurationMistake] {
    guard let mapping else {
      return [mistake(say("models holds nothing by name, expected lines like “qwen3:”"))]
    }
    var mistakes: [ConfigurationMistake] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string, name.isModelName else {
        mistakes.append(key.mistake(say("this is no model's name, expected one word")))
        continue
      }
      var settings = ModelSettings()
      mistakes += value.read(ModelSettings.fields, of: name, into: &settings)
      provider.modelParameters[name] = settings.parameters
    }
    return mistakes
  }

  /// The value as YAML 1.2's core schema reads it (10.3.2); nil for what JSON has not: a name that is
  /// no text, a number that is none or infinite.
  fileprivate var json: JSONValue? {
    if let sequence {
      let elements = sequence.map(\.json)
      return elements.contains(nil) ? nil : .array(elements.compactMap(\.self))
    }
    if let mapping {
      let members = mapping.map { key, value -> JSONMember? in
        guard let name = key.scalar?.string, let value = value.json else { return nil }
        return JSONMember(name, value)
      }
      return members.contains(nil) ? nil : .object(members.compactMap(\.self))
    }
    return scalar.map {
      $0.style == .plain || $0.style == .any ? .plain($0.string) : .string($0.string)
    }
  }
}

extension JSONValue {
  /// What a plain scalar stands for: a text where it is neither null, a truth value nor a number.
  fileprivate static func plain(_ text: String) -> JSONValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    if case .number? = JSONValue(parsing: text) { return .number(text) }
    // Numbers that YAML writes otherwise than JSON: `.5`, `+1`, `0x10`.
    guard let first = text.first, first.isNumber || "+-.".contains(first),
      let number = Double(text), number.isFinite
    else { return .string(text) }
    return .number(
      number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)")
  }
}

/// What is set for one model of a server.
private struct ModelSettings {
  var parameters = Parameters()

  static var fields: [Field<ModelSettings>] { [.body("body", \.parameters)] }
}
