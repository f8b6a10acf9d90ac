import Language
import Yams

/// One setting of a mapping: its name, and how its value gets into a `Target`.
///
/// A table of fields is the whole grammar of a mapping: what is read, what is refused, and what an
/// unknown name is compared with all come from it.
struct Field<Target> {
  let name: String
  /// Puts the value into the target, and answers what of it could not be used.
  let read: (Node, inout Target) -> [ConfigurationMistake]
}

extension Field {
  /// A setting with one value, kept at `path`.
  static func value<Value>(
    _ name: String, _ path: WritableKeyPath<Target, Value>, _ shape: Shape<Value>
  ) -> Field {
    value(name, shape) { target, value in target[keyPath: path] = value }
  }

  /// A setting with one value, kept at `path`, which is nil without it.
  static func value<Value>(
    _ name: String, _ path: WritableKeyPath<Target, Value?>, _ shape: Shape<Value>
  ) -> Field {
    value(name, shape) { target, value in target[keyPath: path] = value }
  }

  /// A setting with one value, which `keep` puts where it belongs.
  static func value<Value>(
    _ name: String, _ shape: Shape<Value>, keep: @escaping (inout Target, Value) -> Void
  ) -> Field {
    Field(name: name) { node, target in
      guard let value = shape.read(node) else { return [node.misfit(of: name, shape)] }
      keep(&target, value)
      return []
    }
  }

  /// A mapping with settings of its own, kept at `path`.
  static func section<Part>(
    _ name: String, _ path: WritableKeyPath<Target, Part>, _ fields: [Field<Part>]
  ) -> Field {
    Field(name: name) { node, target in
      node.read(fields, of: name, into: &target[keyPath: path])
    }
  }
}

extension Node {
  /// Whether the value is left empty, or `null`: as if the setting were not there.
  var isUnset: Bool {
    guard let scalar, scalar.style == .plain || scalar.style == .any else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  var place: Place { mark?.place ?? Place(line: 1, column: 1) }

  func mistake(_ problem: Phrase) -> ConfigurationMistake {
    ConfigurationMistake(line: place.line, column: place.column, problem: problem)
  }

  /// Reads the mapping called `section` by its table, and answers all that could not be used.
  func read<Target>(
    _ fields: [Field<Target>], of section: String, into target: inout Target
  ) -> [ConfigurationMistake] {
    guard let mapping else { return isUnset ? [] : [mistake(notAMapping(section))] }
    return mapping.flatMap { key, value in
      guard let field = fields.first(where: { $0.name == key.scalar?.string }) else {
        return [key.mistake(unknown(key.scalar?.string ?? "", among: fields.map(\.name)))]
      }
      return value.isUnset ? [] : field.read(value, &target)
    }
  }

  fileprivate func misfit<Value>(of name: String, _ shape: Shape<Value>) -> ConfigurationMistake {
    guard let text = scalar?.string, !text.isEmpty, !shape.isPrivate else {
      return mistake(say("\(name) does not fit, expected \(shape.expectation)"))
    }
    let shown = text.count > 40 ? text.prefix(39) + "…" : text[...]
    return mistake(say("\(name) is “\(shown)”, expected \(shape.expectation)"))
  }
}

private func notAMapping(_ section: String) -> Phrase {
  section.isEmpty
    ? say("this is no configuration, expected lines like “model: NAME”")
    : say("\(section) holds nothing by name, expected indented lines like “name: value”")
}

private func unknown(_ name: String, among names: [String]) -> Phrase {
  guard let nearest = nearest(to: name, among: names) else {
    return say("there is no setting \(name) here, expected \(alternatives(names))")
  }
  return say("there is no setting \(name) here, expected \(nearest)")
}

/// The names as a choice: “a, b or c”.
func alternatives(_ names: [String]) -> Phrase {
  guard let last = names.last, names.count > 1 else { return verbatim(names.first ?? "") }
  return say("\(names.dropLast().joined(separator: ", ")) or \(last)")
}

/// A name as it is in every language.
func verbatim(_ text: String) -> Phrase {
  Phrase(key: "%@", arguments: [.text(text)])
}
