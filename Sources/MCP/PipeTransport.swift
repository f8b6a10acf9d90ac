import JSON
import Processes
import Synchronization

/// A server that is a program of this machine: messages are lines of its standard input and output (MCP
/// 2026-07-28, transports/stdio).
final class PipeTransport: MessageTransport {
  fileprivate struct State {
    /// By the request's number, where its messages go.
    var waiting: [Int: AsyncStream<RPCMessage>.Continuation] = [:]
    /// Whose requests and progress belong to a call: the newest is asked for what names no call.
    var order: [Int] = []
    var ending: MCPError?
    /// The last line of standard output that was no message.
    var strayLine: String?
  }

  /// Gets what a server says beside any call.
  fileprivate typealias Listener = @Sendable (RPCMessage) -> Void

  private let state: Shared
  private let process: LineProcess

  /// The part that the program's thread changes.
  fileprivate final class Shared: Sendable {
    fileprivate let state = Mutex(State())
  }

  /// Starts the program; `onNotice` gets its notifications that belong to no call, on its thread.
  init(
    _ program: ChildProgram, onNotice: @escaping @Sendable (RPCMessage) -> Void
  ) throws(MCPError) {
    let shared = Shared()
    let answers = Answers()
    let process = LineProcess(program, lineLimit: messageLimit) { event in
      switch event {
      case .line(let line): shared.receive(line, answers, onNotice)
      case .lineTooLong: shared.end(.tooLong(limit: messageLimit))
      case .ended(let status):
        let words = answers.lastWords ?? shared.strayLine
        shared.end(.ended(status: Int(status), words: words))
      }
    }
    guard let process else { throw .notStarted(command: program.arguments.first ?? "") }
    answers.attach(process)
    state = shared
    self.process = process
  }

  func exchange(
    _ request: RPCRequest, _ receive: @escaping @Sendable (RPCMessage) async -> Void
  ) async -> Result<RPCOutcome, MCPError> {
    // Unbounded: a server says little beside its answer, and its lines are bounded.
    let (messages, continuation) = AsyncStream.makeStream(of: RPCMessage.self)
    if let ending = state.begin(request.id, continuation) { return .failure(ending) }
    defer { state.forget(request.id) }
    process.send(request.message.bytes)
    for await message in messages {
      if case .response(_, let outcome) = message { return .success(outcome) }
      await receive(message)
    }
    guard Task.isCancelled else { return .failure(state.ending ?? .unintelligible) }
    process.send(RPCMessage.cancellation(of: request).bytes)
    return .failure(.stopped)
  }

  func send(_ message: RPCMessage) async { process.send(message.bytes) }

  func agreed(on revision: Revision) {}

  var isOpen: Bool { state.ending == nil }

  var lastWords: String? {
    Self.lastLine(process.errors) ?? state.strayLine
  }

  func close() async { await process.end() }

  fileprivate static func lastLine(_ bytes: [UInt8]) -> String? {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .last { !$0.allSatisfy(\.isWhitespace) }.map {
        $0.split(separator: " ").joined(separator: " ")
      }
      .map { String($0.prefix(300)) }
  }

  /// What the program's thread sends and knows of the program that it serves.
  fileprivate final class Answers: Sendable {
    private let process = Mutex<LineProcess?>(nil)

    func attach(_ process: LineProcess) { self.process.withLock { $0 = process } }

    func send(_ message: RPCMessage) { process.withLock { $0 }?.send(message.bytes) }

    var lastWords: String? { process.withLock { $0 }.flatMap { PipeTransport.lastLine($0.errors) } }
  }
}

extension PipeTransport.Shared {
  var ending: MCPError? { state.withLock { $0.ending } }
  var strayLine: String? { state.withLock { $0.strayLine } }

  /// Notes who waits for the outcome of a request; why there will be none, where the program has ended.
  func begin(_ id: Int, _ continuation: AsyncStream<RPCMessage>.Continuation) -> MCPError? {
    state.withLock { state in
      guard state.ending == nil else { return state.ending }
      state.waiting[id] = continuation
      state.order.append(id)
      return nil
    }
  }

  func forget(_ id: Int) {
    state.withLock { state in
      state.waiting[id] = nil
      state.order.removeAll { $0 == id }
    }
  }

  func end(_ error: MCPError) {
    let waiting = state.withLock { state in
      state.ending = state.ending ?? error
      return state.waiting.values
    }
    for continuation in waiting { continuation.finish() }
  }

  /// Takes a line of the program: a message for who waits, or one that is answered here.
  func receive(
    _ line: [UInt8], _ answers: PipeTransport.Answers, _ onNotice: PipeTransport.Listener
  ) {
    guard let message = JSONValue(parsing: line).flatMap(RPCMessage.init) else {
      let words = PipeTransport.lastLine(line)
      return state.withLock { $0.strayLine = words ?? $0.strayLine }
    }
    switch message {
    case .response(let id, _):
      // One that nobody waits for any more was given up.
      id.integer.flatMap { id in state.withLock { $0.waiting[id] } }?.yield(message)
    case .request(let id, "ping", _): answers.send(.response(id: id, .result([:])))
    case .request(let id, let method, _):
      guard let newest = state.withLock({ state in state.order.last.flatMap { state.waiting[$0] } })
      else {
        let error = RPCError(code: RPCError.methodNotFound, message: "not now: " + method)
        return answers.send(.response(id: id, .error(error)))
      }
      newest.yield(message)
    case .notification(_, let params):
      let id = params["progressToken"]?.integer
      guard let waiting = id.flatMap({ id in state.withLock { $0.waiting[id] } }) else {
        return onNotice(message)
      }
      waiting.yield(message)
    }
  }
}
