import Conversation
import JSON

/// The parts within a reply's text of Open WebUI, whose thoughts and calls of tools are HTML: `<details
/// type="reasoning">` and `<details type="tool_calls" name="…" arguments="…" result="…">`.
enum DetailsMarkup {
  /// The parts in their order; `details` of other types stay text.
  ///
  /// - Complexity: linear in the text.
  static func parts(of text: String) -> [ContentPart] {
    var parts: [ContentPart] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "<details "),
      let head = rest[start.upperBound...].firstIndex(of: ">"),
      let end = rest[head...].firstRange(of: "</details>")
    {
      let attributes = attributes(of: rest[start.upperBound..<head])
      let inner = rest[rest.index(after: head)..<end.lowerBound]
      let before = rest[..<start.lowerBound]
      switch attributes["type"] {
      case "reasoning":
        append(before, to: &parts)
        parts.append(reasoning: thoughts(in: inner))
      case "tool_calls":
        append(before, to: &parts)
        parts += call(attributes)
      default: parts.append(text: String(rest[..<end.upperBound]))
      }
      rest = rest[end.upperBound...]
    }
    append(rest, to: &parts)
    return parts
  }

  private static func append(_ text: Substring, to parts: inout [ContentPart]) {
    let words = text.trimmingPrefix(while: \.isNewline)
    if !words.allSatisfy(\.isWhitespace) { parts.append(text: String(words)) }
  }

  /// The text behind the summary, which is quoted line by line.
  private static func thoughts(in inner: Substring) -> String {
    let body = inner.firstRange(of: "</summary>").map { inner[$0.upperBound...] } ?? inner
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      unescaped(line).trimmingPrefix("> ").trimmingPrefix(">")
    }
    let words = lines.joined(separator: "\n").trimmingPrefix(while: \.isNewline)
    return String(words.reversed().trimmingPrefix(while: \.isNewline).reversed())
  }

  private static func call(_ attributes: [String: String]) -> [ContentPart] {
    let name = attributes["name"] ?? ""
    let id = attributes["id"] ?? name
    let call = ToolCall(
      id: id, name: name, arguments: plain(attributes["arguments"]), state: .finished)
    let result = plain(attributes["result"])
    guard !result.isEmpty else { return [.toolCall(call)] }
    return [.toolCall(call), .toolResult(ToolResult(callID: id, parts: [.text(result)]))]
  }

  /// Arguments and results are JSON texts within JSON strings, as a rule.
  private static func plain(_ text: String?) -> String {
    guard let text else { return "" }
    return JSONValue(parsing: text)?.string ?? text
  }

  /// The attributes of a tag, unescaped: `name="value"` each.
  private static func attributes(of head: Substring) -> [String: String] {
    var attributes: [String: String] = [:]
    var rest = head
    while let equals = rest.firstRange(of: "=\""),
      let end = rest[equals.upperBound...].firstIndex(of: "\"")
    {
      let name = rest[..<equals.lowerBound].split(whereSeparator: \.isWhitespace).last ?? ""
      attributes[String(name)] = unescaped(rest[equals.upperBound..<end])
      rest = rest[rest.index(after: end)...]
    }
    return attributes
  }

  private static func unescaped(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return String(text) }
    let entities = [
      ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"),
      ("&amp;", "&"),
    ]
    return entities.reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
  }
}
