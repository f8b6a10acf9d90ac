import JSON

/// One message of JSON-RPC 2.0, as the Model Context Protocol sends them: never in batches.
enum RPCMessage: Equatable, Sendable {
  /// Wants a response with the same identifier, a text or a number.
  case request(id: JSONValue, method: String, params: JSONValue)
  case notification(method: String, params: JSONValue)
  case response(id: JSONValue, RPCOutcome)
}

/// What a request came to: its result, or an error of the peer's.
enum RPCOutcome: Equatable, Sendable {
  case result(JSONValue)
  case error(RPCError)
}

/// An error object (JSON-RPC 2.0 §5.1).
struct RPCError: Equatable, Sendable {
  var code: Int
  var message: String
  var data: JSONValue = .null

  /// The peer does not know the method.
  static let methodNotFound = -32_601
  /// The revision is none of the peer's; `data.supported` lists those that are (MCP 2026-07-28).
  static let unsupportedVersion = -32_022
  /// A header says something else than the body (MCP 2026-07-28).
  static let headerMismatch = -32_020
  /// The client lacks a capability that the request needs (MCP 2026-07-28).
  static let missingCapability = -32_021

  /// Whether only a server of revision 2026-07-28 or later has such an error.
  var isModern: Bool {
    [Self.unsupportedVersion, Self.headerMismatch, Self.missingCapability].contains(code)
  }
}

extension RPCMessage {
  /// Reads a message; nil for anything else, such as a log line.
  init?(_ json: JSONValue) {
    guard json["jsonrpc"]?.string == "2.0" else { return nil }
    let id = json["id"] ?? .null
    if let method = json["method"]?.string {
      let params = json["params"] ?? [:]
      self =
        id == .null
        ? .notification(method: method, params: params)
        : .request(id: id, method: method, params: params)
    } else if let error = json["error"] {
      let message = error["message"]?.string ?? ""
      let outcome = RPCError(
        code: error["code"]?.integer ?? 0, message: message, data: error["data"] ?? .null)
      self = .response(id: id, .error(outcome))
    } else if let result = json["result"] {
      self = .response(id: id, .result(result))
    } else {
      return nil
    }
  }

  /// The message as JSON text of one line.
  var bytes: [UInt8] { json.bytes }

  private var json: JSONValue {
    switch self {
    case .request(let id, let method, let params):
      ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": params]
    case .notification(let method, let params):
      ["jsonrpc": "2.0", "method": .string(method), "params": params]
    case .response(let id, .result(let result)): ["jsonrpc": "2.0", "id": id, "result": result]
    case .response(let id, .error(let error)):
      [
        "jsonrpc": "2.0", "id": id,
        "error": ["code": JSONValue(error.code), "message": .string(error.message)],
      ]
    }
  }
}

/// A request of ours before it has its place on a wire.
struct RPCRequest: Equatable, Sendable {
  var id: Int
  var method: String
  var params: JSONValue
  /// What `Mcp-Name` says of it over HTTP.
  var name: String?
  /// Arguments that the tool wants in headers too, by the ends of their names (`Mcp-Param-…`).
  var parameterHeaders: [String: String] = [:]

  var message: RPCMessage { .request(id: JSONValue(id), method: method, params: params) }
}
