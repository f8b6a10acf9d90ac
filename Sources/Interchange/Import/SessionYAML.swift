import JSON
import Yams

/// A YAML text as the same value of JSON.
enum SessionYAML {
  /// More nodes than a session has, and few enough that aliases within aliases cost little.
  private static let mostNodes = 2_000_000
  private static let deepest = 32

  /// The value; nil for what is no YAML, is nested deeper than sessions are, or grows by its aliases.
  ///
  /// The depth is bounded before the text is parsed, for the parser recurses.
  static func value(of text: String) -> JSONValue? {
    guard isShallow(text), let node = (try? Yams.compose(yaml: text)).flatMap(\.self) else {
      return nil
    }
    var count = 0
    return value(of: node, &count)
  }

  /// Whether neither brackets nor indentation can nest deeper than ``deepest`` by far.
  ///
  /// Text within quotes counts as well: a line of a message that opens hundreds of brackets stands in a
  /// block or in quotes, where they are harmless, and is passed over by its first sign.
  private static func isShallow(_ text: String) -> Bool {
    var depth = 0
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let words = line.drop { $0 == UInt8(ascii: " ") }
      var rest = words
      var marks = 0
      while let sign = rest.first, "-?".utf8.contains(sign), rest.dropFirst().first == 0x20 {
        marks += 1
        rest = rest.dropFirst(2)
      }
      guard marks < deepest else { return false }
      guard let first = rest.first, "[{".utf8.contains(first) || depth > 0 else { continue }
      for sign in rest {
        if "[{".utf8.contains(sign) { depth += 1 }
        if "]}".utf8.contains(sign) { depth = max(0, depth - 1) }
        guard depth < 500 else { return false }
      }
    }
    return true
  }

  private static func value(of node: Node, _ count: inout Int, depth: Int = 0) -> JSONValue? {
    count += 1
    guard count <= mostNodes, depth < deepest else { return nil }
    switch node {
    case .scalar(let scalar): return value(of: scalar, in: node)
    case .sequence(let sequence):
      var elements: [JSONValue] = []
      for element in sequence {
        guard let value = value(of: element, &count, depth: depth + 1) else { return nil }
        elements.append(value)
      }
      return .array(elements)
    case .mapping(let mapping):
      var members: [JSONMember] = []
      for (key, element) in mapping {
        guard let name = key.string, let value = value(of: element, &count, depth: depth + 1) else {
          return nil
        }
        members.append(JSONMember(name, value))
      }
      return .object(members)
    case .alias: return nil
    }
  }

  /// A plain scalar by YAML's core schema, one in quotes or a block as text.
  private static func value(of scalar: Node.Scalar, in node: Node) -> JSONValue {
    guard scalar.style == .plain else { return .string(scalar.string) }
    if node.null != nil { return .null }
    if let flag = node.bool { return .bool(flag) }
    if Double(scalar.string) != nil, JSONValue(parsing: scalar.string) != nil {
      return .number(scalar.string)
    }
    return .string(scalar.string)
  }
}
