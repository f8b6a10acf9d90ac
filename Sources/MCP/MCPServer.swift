package import Conversation
import JSON
import Language
package import Tools

/// A server of the Model Context Protocol: started at its first use, asked for its tools, and called.
///
/// A server that was lost is started anew at the next use. Each of its methods may wait for the server, up
/// to the limits of its settings.
package actor MCPServer {
  /// How a server is.
  package struct Status: Equatable, Sendable {
    /// The revision that was agreed on; nil where the server was not started, or cannot be.
    package var revision: Revision?
    /// The names of its tools, without those that the settings leave out; nil where they were not listed.
    package var tools: [String]?
    /// What went wrong last; nil since it answered again.
    package var error: MCPError?
    /// The last line that it wrote beside the protocol.
    package var lastWords: String?

    package init(revision: Revision? = nil, tools: [String]? = nil, error: MCPError? = nil) {
      self.revision = revision
      self.tools = tools
      self.error = error
    }
  }

  /// What a call may need beside its arguments.
  package struct CallContext: Sendable {
    /// Gets how far the call has come.
    package var progress: @Sendable (String) -> Void
    /// Asks the user.
    package var ask: @Sendable (Elicitation) async -> ElicitationAnswer

    package init(
      progress: @escaping @Sendable (String) -> Void,
      ask: @escaping @Sendable (Elicitation) async -> ElicitationAnswer
    ) {
      self.progress = progress
      self.ask = ask
    }
  }

  package nonisolated let settings: MCPServerSettings
  /// Called when the server says that its tools are others, on any thread.
  private let onToolsChanged: @Sendable () -> Void
  private let identity: ClientIdentity
  private let pause: @Sendable (Duration) async throws -> Void
  private var connection: Connection?
  private var tools: [RemoteTool]?
  private var error: MCPError?
  /// Of an earlier run of the program, or of a server that was lost; found out anew where it is wrong.
  private var knownRevision: Revision?
  private var isStarting = false
  private var starters: [CheckedContinuation<Void, Never>] = []
  private var lastID = 0

  /// `pause` waits, and throws when its task is cancelled.
  package init(
    _ settings: MCPServerSettings, version: String, answersQuestions: Bool,
    knownRevision: Revision? = nil,
    pause: @escaping @Sendable (Duration) async throws -> Void,
    onToolsChanged: @escaping @Sendable () -> Void = {}
  ) {
    self.settings = settings
    self.knownRevision = knownRevision
    self.pause = pause
    self.onToolsChanged = onToolsChanged
    identity = ClientIdentity(version: version, answersQuestions: answersQuestions)
  }

  package var status: Status {
    var status = Status(
      revision: connection?.revision, tools: tools.map { $0.map(\.name) }, error: error)
    status.lastWords = connection?.transport.lastWords
    return status
  }

  /// The revision that was agreed on last, to be known at the next start.
  package var revision: Revision? { knownRevision }

  /// Its tools, as far as the settings take them in; listed again only where the server said that they
  /// are others.
  package func listTools() async throws(MCPError) -> [RemoteTool] {
    let listed = try await withSession { connection throws(MCPError) -> [RemoteTool]? in
      if tools != nil, !connection.notices.takeChange() { return nil }
      return try await list(at: connection)
    }
    guard let listed else { return tools ?? [] }
    tools = listed.filter { settings.includes($0.name) }
    return tools ?? []
  }

  /// Calls a tool with arguments that are the text of a JSON object; cancelling the task gives it up.
  ///
  /// A tool that fails has an output that says so.
  package func call(
    _ tool: String, arguments: String, _ context: CallContext
  ) async -> ToolOutput {
    do throws(MCPError) {
      let arguments = JSONValue(parsing: arguments) ?? [:]
      let result = try await withSession { connection throws(MCPError) in
        try await call(tool, arguments, at: connection, context)
      }
      return ToolOutput(callResult: result)
    } catch {
      return .failure(error.phrase(of: settings.name).text())
    }
  }

  /// Ends the server; the next use would start it again.
  package func close() async {
    let connection = connection
    self.connection = nil
    await connection?.transport.close()
  }

  /// Does `body` with the connection, and once more where the server has forgotten its session: then it
  /// has not taken the request.
  private func withSession<Value: Sendable>(
    _ body: (Connection) async throws(MCPError) -> Value
  ) async throws(MCPError) -> Value {
    let first = try await connect()
    do throws(MCPError) {
      return try await noting { () async throws(MCPError) in try await body(first) }
    } catch .sessionLost {
      let second = try await connect()
      return try await noting { () async throws(MCPError) in try await body(second) }
    }
  }

  /// Does `body`, and remembers why it failed, or that it did not.
  private func noting<Value: Sendable>(
    _ body: () async throws(MCPError) -> Value
  ) async throws(MCPError) -> Value {
    do throws(MCPError) {
      let value = try await body()
      error = nil
      return value
    } catch {
      if error != .stopped { self.error = error }
      throw error
    }
  }
}

// MARK: - Starting

extension MCPServer {
  /// The connection, which is made where there is none; who comes meanwhile waits for it.
  private func connect() async throws(MCPError) -> Connection {
    while isStarting { await withCheckedContinuation { starters.append($0) } }
    if let connection, connection.transport.isOpen { return connection }
    isStarting = true
    defer {
      isStarting = false
      for starter in starters { starter.resume() }
      starters = []
    }
    await connection?.transport.close()
    (connection, tools) = (nil, nil)
    let opened = try await noting { () async throws(MCPError) in try await open() }
    connection = opened
    return opened
  }

  private func open() async throws(MCPError) -> Connection {
    let notices = Notices(onToolsChanged)
    let transport = try settings.makeTransport(pausing: pause) { notices.take($0) }
    do throws(MCPError) {
      let revision = try await agree(over: transport)
      transport.agreed(on: revision)
      knownRevision = revision
      return Connection(transport: transport, revision: revision, notices: notices)
    } catch {
      await transport.close()
      throw error
    }
  }

  /// Finds out which revision the server speaks, and begins a session where that has them.
  ///
  /// A server of 2026-07-28 or later knows `server/discover`, or has an error of those revisions for it;
  /// any other answer, or none, is an older one's, which is spoken to by `initialize` (MCP 2026-07-28,
  /// versioning). What it spoke last time is tried first.
  private func agree(over transport: any MessageTransport) async throws(MCPError) -> Revision {
    if knownRevision?.hasSession == true {
      do throws(MCPError) {
        return try await initialize(over: transport)
      } catch {
        guard case .refused = error else { throw error }
      }
    }
    if let revision = try await discover(over: transport, within: settings.probeLimit) {
      return revision
    }
    do throws(MCPError) {
      return try await initialize(over: transport)
    } catch {
      // One that was slow to start, and knows no handshake.
      guard case .refused = error else { throw error }
      let late = try? await discover(over: transport, within: settings.probeLimit)
      guard let late else { throw error }
      return late
    }
  }

  /// The revision without sessions, where the server has it; nil for an older server.
  private func discover(
    over transport: any MessageTransport, within limit: Duration
  ) async throws(MCPError) -> Revision? {
    let outcome: RPCOutcome
    do throws(MCPError) {
      let request = request("server/discover", [], of: .stateless)
      outcome = try await exchange(request, over: transport, within: limit)
    } catch .silent {
      return nil
    }
    switch outcome {
    case .result(let result):
      guard let named = result["supportedVersions"]?.elements?.compactMap(\.string) else {
        return nil
      }
      return try pick(from: named)
    case .error(let error) where error.isModern:
      return try pick(from: error.data["supported"]?.elements?.compactMap(\.string) ?? [])
    case .error: return nil
    }
  }

  /// The revision without sessions; nil where the server has only others, of those that Iris knows.
  private func pick(from named: [String]) throws(MCPError) -> Revision? {
    guard let revision = Revision.newest(among: named) else { throw .noCommonRevision(named) }
    return revision.hasSession ? nil : revision
  }

  private func initialize(over transport: any MessageTransport) async throws(MCPError) -> Revision {
    lastID += 1
    let request = RPCRequest(id: lastID, method: "initialize", params: identity.initialization)
    switch try await exchange(request, over: transport, within: settings.startLimit) {
    case .error(let error): throw .refused(code: error.code, message: error.message)
    case .result(let result):
      guard let named = result["protocolVersion"]?.string else { throw .unintelligible }
      guard let revision = Revision(rawValue: named), revision.hasSession else {
        throw .noCommonRevision([named])
      }
      transport.agreed(on: revision)
      await transport.send(.notification(method: "notifications/initialized", params: [:]))
      return revision
    }
  }
}

// MARK: - Requests

extension MCPServer {
  /// A request with the parameters that the revision wants beside its own; its number is its progress
  /// token.
  private func request(
    _ method: String, _ params: [JSONMember], of revision: Revision, reportsProgress: Bool = false
  ) -> RPCRequest {
    lastID += 1
    var metadata = revision.hasSession ? [] : identity.metadata
    if reportsProgress { metadata.append(JSONMember("progressToken", JSONValue(lastID))) }
    let meta = metadata.isEmpty ? [] : [JSONMember("_meta", .object(metadata))]
    return RPCRequest(id: lastID, method: method, params: .object(params + meta))
  }

  private func exchange(
    _ request: RPCRequest, over transport: any MessageTransport, within limit: Duration
  ) async throws(MCPError) -> RPCOutcome {
    try await exchange(request, over: transport, Deadline(limit)) { message in
      guard case .request(let id, let method, _) = message else { return }
      await transport.send(.refusal(of: method, id: id))
    }
  }

  private func exchange(
    _ request: RPCRequest, over transport: any MessageTransport, _ deadline: Deadline,
    _ receive: @escaping @Sendable (RPCMessage) async -> Void
  ) async throws(MCPError) -> RPCOutcome {
    let outcome = await deadline.wait(pausing: pause) {
      await transport.exchange(request, receive)
    }
    if let outcome { return try outcome.get() }
    throw Task.isCancelled ? .stopped : .silent(seconds: Int(deadline.limit.components.seconds))
  }

  /// All pages of the list; a server whose pages do not end is left after a hundred.
  private func list(at connection: Connection) async throws(MCPError) -> [RemoteTool] {
    var tools: [RemoteTool] = []
    var cursors: Set<String> = []
    var cursor: String?
    repeat {
      let page = cursor.map { [JSONMember("cursor", .string($0))] } ?? []
      let request = request("tools/list", page, of: connection.revision)
      let outcome = try await exchange(
        request, over: connection.transport, within: settings.startLimit)
      guard case .result(let result) = outcome else {
        // A server without tools may not know the method.
        guard case .error(let error) = outcome, error.code == RPCError.methodNotFound else {
          throw outcome.failure
        }
        return tools
      }
      tools += (result["tools"]?.elements ?? []).compactMap(RemoteTool.init)
      cursor = result["nextCursor"]?.string
    } while cursor.map { cursors.insert($0).inserted && cursors.count < 100 } ?? false
    return tools
  }

  /// Calls the tool, as often as the server wants to know more of the user before it answers.
  private func call(
    _ tool: String, _ arguments: JSONValue, at connection: Connection, _ context: CallContext
  ) async throws(MCPError) -> JSONValue {
    let deadline = Deadline(settings.callLimit)
    var answers: [JSONMember] = []
    for _ in 0..<Deadline.questionLimit {
      let params =
        [JSONMember("name", .string(tool)), JSONMember("arguments", arguments)] + answers
      var request = request("tools/call", params, of: connection.revision, reportsProgress: true)
      request.name = tool
      request.parameterHeaders =
        tools?.first { $0.name == tool }?.headerValues(of: arguments) ?? [:]
      let transport = connection.transport
      let listener = CallListener(settings, transport, deadline, context)
      let outcome = try await exchange(request, over: transport, deadline) {
        await listener.receive($0)
      }
      guard case .result(let result) = outcome else { throw outcome.failure }
      guard result["resultType"]?.string == "input_required" else { return result }
      answers = await listener.answers(to: result)
    }
    throw .refused(code: 0, message: "It asks the user again and again.")
  }
}

extension RPCOutcome {
  /// The error that the outcome is to who needs a result.
  fileprivate var failure: MCPError {
    switch self {
    case .error(let error): .refused(code: error.code, message: error.message)
    case .result: .unintelligible
    }
  }
}

extension RPCMessage {
  /// The response to a request that this client does not do.
  static func refusal(of method: String, id: JSONValue) -> RPCMessage {
    .response(
      id: id,
      .error(RPCError(code: RPCError.methodNotFound, message: "Method not found: \(method)")))
  }
}
