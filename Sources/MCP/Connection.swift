import Conversation
import JSON
import Synchronization

/// A server that was reached, and what was agreed on with it.
struct Connection: Sendable {
  let transport: any MessageTransport
  let revision: Revision
  let notices: Notices
}

/// What a server says beside its answers: that its tools are others.
final class Notices: Sendable {
  private let hasChanged = Mutex(false)
  private let onToolsChanged: @Sendable () -> Void

  init(_ onToolsChanged: @escaping @Sendable () -> Void) {
    self.onToolsChanged = onToolsChanged
  }

  func take(_ message: RPCMessage) {
    guard case .notification("notifications/tools/list_changed", _) = message else { return }
    hasChanged.withLock { $0 = true }
    onToolsChanged()
  }

  /// Whether the tools have become others since this was asked last.
  func takeChange() -> Bool {
    hasChanged.withLock { hasChanged in
      defer { hasChanged = false }
      return hasChanged
    }
  }
}

/// Sees to what a server says and asks while one of its calls is made.
struct CallListener: Sendable {
  private let settings: MCPServerSettings
  private let transport: any MessageTransport
  private let deadline: Deadline
  private let context: MCPServer.CallContext

  init(
    _ settings: MCPServerSettings, _ transport: any MessageTransport, _ deadline: Deadline,
    _ context: MCPServer.CallContext
  ) {
    self.settings = settings
    self.transport = transport
    self.deadline = deadline
    self.context = context
  }

  func receive(_ message: RPCMessage) async {
    switch message {
    case .notification("notifications/progress", let params):
      deadline.progress()
      context.progress(Self.words(ofProgress: params))
    case .notification, .response: break
    case .request(let id, "ping", _): await transport.send(.response(id: id, .result([:])))
    case .request(let id, "elicitation/create", let params):
      await transport.send(.response(id: id, .result(await answer(params))))
    case .request(let id, let method, _): await transport.send(.refusal(of: method, id: id))
    }
  }

  /// The parameters with which a call is made again that was answered by questions (MCP 2026-07-28,
  /// multi round-trip requests): the answers, and the server's own state as it came.
  func answers(to result: JSONValue) async -> [JSONMember] {
    var answers: [JSONMember] = []
    if case .object(let requests)? = result["inputRequests"] {
      for request in requests {
        let isQuestion = request.value["method"]?.string == "elicitation/create"
        let params = request.value["params"] ?? [:]
        answers.append(
          JSONMember(request.name, isQuestion ? await answer(params) : ["action": "decline"]))
      }
    }
    let state = result["requestState"].map { [JSONMember("requestState", $0)] } ?? []
    return [JSONMember("inputResponses", .object(answers))] + state
  }

  private func answer(_ params: JSONValue) async -> JSONValue {
    guard let elicitation = Elicitation(params, from: settings.name, host: settings.host) else {
      return ["action": "decline"]
    }
    guard deadline.mayAsk() else { return ["action": "cancel"] }
    deadline.asks(true)
    defer { deadline.asks(false) }
    return await context.ask(elicitation).result(for: elicitation)
  }

  /// Progress as `50/100 Reticulating`.
  private static func words(ofProgress params: JSONValue) -> String {
    // Servers in Python write whole numbers as 50.0.
    let numbers = [params["progress"]?.text, params["total"]?.text].compactMap(\.self).map {
      $0.hasSuffix(".0") ? String($0.dropLast(2)) : $0
    }
    let figures = numbers.joined(separator: "/")
    return [figures, params["message"]?.string ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
