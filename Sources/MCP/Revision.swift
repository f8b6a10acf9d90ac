import JSON

/// A revision of the Model Context Protocol, the newest first.
package enum Revision: String, CaseIterable, Sendable {
  /// Without sessions: each request says what the client is.
  case stateless = "2026-07-28"
  case november2025 = "2025-11-25"
  case june2025 = "2025-06-18"
  case march2025 = "2025-03-26"
  case november2024 = "2024-11-05"

  /// Whether an `initialize` handshake begins a session.
  package var hasSession: Bool { self != .stateless }

  /// The newest of those that a server names; nil where none is known.
  static func newest(among names: [String]) -> Revision? {
    allCases.first { names.contains($0.rawValue) }
  }
}

/// What this client says of itself.
struct ClientIdentity: Equatable, Sendable {
  /// The program's version.
  var version: String
  /// Whether there is somebody whom a server can ask.
  var answersQuestions: Bool

  private var info: JSONValue { ["name": "iris", "title": "Iris", "version": .string(version)] }

  private var capabilities: JSONValue {
    answersQuestions ? ["elicitation": ["form": [:], "url": [:]]] : [:]
  }

  /// The parameters of `initialize` (MCP 2025-11-25, lifecycle).
  var initialization: JSONValue {
    [
      "protocolVersion": .string(Revision.november2025.rawValue), "capabilities": capabilities,
      "clientInfo": info,
    ]
  }

  /// The members of `_meta` that each request carries (MCP 2026-07-28, basic, `_meta`).
  var metadata: [JSONMember] {
    let prefix = "io.modelcontextprotocol/"
    return [
      JSONMember(prefix + "protocolVersion", .string(Revision.stateless.rawValue)),
      JSONMember(prefix + "clientInfo", info),
      JSONMember(prefix + "clientCapabilities", capabilities),
    ]
  }
}
