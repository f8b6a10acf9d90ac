/// A tool as a model is told of it (OpenAI API reference, chat/create, `tools[].function`).
package struct ToolDefinition: Hashable, Sendable {
  /// The tool's own name, of any length; requests carry ``wireName``.
  package var name: String
  /// What the tool does and when to use it, for the model to read.
  package var summary: String
  /// The JSON Schema of its arguments, as JSON text of an object.
  package var parameters: String

  package init(name: String, summary: String, parameters: String = ToolDefinition.noParameters) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
  }

  /// The schema of a tool that takes no arguments.
  package static let noParameters = #"{"type":"object","properties":{}}"#
}

extension ToolDefinition {
  /// The tool's name in requests.
  package var wireName: String { Self.wireName(of: name) }

  /// The name under which requests speak of a tool: 1 to 64 of the characters `a-z`, `A-Z`, `0-9`,
  /// `_` and `-` (OpenAI API reference, chat/create, `tools[].function.name`).
  ///
  /// A name of that form stays. Any other gets `_` for what is not allowed, and at its end eight
  /// hexadecimal digits of its FNV-1a hash, so that two names hardly ever meet. The way back is to
  /// compare with the names of the tools that were offered.
  package static func wireName(of name: String) -> String {
    let bytes = Array(name.utf8)
    guard bytes.isEmpty || bytes.count > 64 || !bytes.allSatisfy(\.isAllowedInName) else {
      return name
    }
    let hash = bytes.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let digits = String(hash, radix: 16)
    let mark = "_" + String(repeating: "0", count: 8 - digits.count) + digits
    let kept = bytes.prefix(64 - mark.utf8.count).map {
      $0.isAllowedInName ? $0 : UInt8(ascii: "_")
    }
    return String(decoding: kept, as: UTF8.self) + mark
  }
}

extension UInt8 {
  fileprivate var isAllowedInName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
