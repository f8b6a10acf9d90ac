package import Conversation
import Files
import JSON
import Language
import Yams

/// What a tool's `NAME.yaml` says: `description`, `parameters` (JSON Schema), `ask`, `timeout`.
package struct ToolDescriptionFile: Equatable, Sendable {
  package var summary = ""
  package var parameters = ToolDefinition.noParameters
  package var asking = Tool.Asking.always
  package var timeLimit = Duration.seconds(60)

  /// Reads the file at `path`.
  package init(path: String) throws(ToolProblem) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try SmallFile.bytes(of: path, atMost: 1_000_000)
    } catch {
      throw ToolProblem(
        say("\(path) cannot be read: \(FileError.reason(of: error.code)). The tool is left out."))
    }
    try self.init(yaml: String(decoding: bytes, as: UTF8.self), path: path)
  }

  /// Reads the text of the file at `path`, which names it in sentences.
  package init(yaml: String, path: String) throws(ToolProblem) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: yaml, .basic)
    } catch {
      throw ToolProblem(say("\(path) is no YAML. The tool is left out: mend the file."))
    }
    guard let root else { return }
    guard let mapping = root.mapping else {
      throw ToolProblem(
        say("\(path) holds nothing by name, expected lines like “description: …”."))
    }
    for (key, value) in mapping {
      try take(key.scalar?.string ?? "", value, path: path)
    }
  }

  private mutating func take(_ name: String, _ value: Node, path: String) throws(ToolProblem) {
    switch name {
    case "description": summary = value.scalar?.string ?? ""
    case "parameters":
      let schema = JSONValue(value)
      guard case .object? = schema else {
        throw ToolProblem(
          say("parameters in \(path) is no JSON Schema, expected an object with “type: object”."))
      }
      parameters = schema?.description ?? parameters
    case "ask":
      guard let asking = Tool.Asking(rawValue: value.scalar?.string ?? "") else {
        throw ToolProblem(say("ask in \(path) is none of always, once and never."))
      }
      self.asking = asking
    case "timeout":
      guard let seconds = value.scalar.flatMap({ Double($0.string) }), seconds > 0,
        seconds <= 86_400
      else {
        throw ToolProblem(
          say("timeout in \(path) is no number of seconds above 0 and up to 86400."))
      }
      timeLimit = .seconds(seconds)
    default:
      throw ToolProblem(
        say(
          "There is no setting \(name) in \(path), expected description, parameters, ask or timeout."
        ))
    }
  }
}

extension JSONValue {
  /// The JSON that a YAML node says (YAML 1.2.2 §10.3, the core schema); nil where it says none that is
  /// JSON, such as `.inf`, and for names that are no texts.
  init?(_ node: Node) {
    switch node {
    case .mapping(let mapping):
      var members: [JSONMember] = []
      for (key, value) in mapping {
        guard let name = key.scalar?.string, let value = JSONValue(value) else { return nil }
        members.append(JSONMember(name, value))
      }
      self = .object(members)
    case .sequence(let sequence):
      let elements = sequence.compactMap { JSONValue($0) }
      guard elements.count == sequence.count else { return nil }
      self = .array(elements)
    case .scalar(let scalar): self = JSONValue(scalar)
    case .alias: return nil
    }
  }

  private init(_ scalar: Node.Scalar) {
    guard scalar.style == .any || scalar.style == .plain else {
      self = .string(scalar.string)
      return
    }
    switch scalar.string {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE": self = true
    case "false", "False", "FALSE": self = false
    default:
      // What JSON itself reads as a number is one; any other scalar is a text.
      if case .number(let number)? = JSONValue(parsing: scalar.string) {
        self = .number(number)
      } else {
        self = .string(scalar.string)
      }
    }
  }
}
