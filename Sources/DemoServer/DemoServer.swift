import FlyingFox
import FlyingSocks

/// A server on this machine that speaks the wire of an OpenAI-compatible API over real HTTP.
///
/// It stands in for a model on a first run without a key, and for a server in tests: it streams
/// Markdown that says what it was really sent. It listens on the loopback address only, keeps
/// nothing, and writes nothing to standard output. What model names mean is told at `DemoModel`.
package final class DemoServer: Sendable {
  /// What requests are sent to, without a slash at its end: `http://127.0.0.1:49152/v1`.
  package let baseURL: String

  private let server: HTTPServer
  private let handler: DemoHandler
  /// Accepts and answers until the server is stopped.
  private let serving: Task<Void, Never>

  private init(
    server: HTTPServer, handler: DemoHandler, serving: Task<Void, Never>, port: UInt16
  ) {
    self.server = server
    self.handler = handler
    self.serving = serving
    baseURL = "http://127.0.0.1:\(port)/v1"
  }

  /// Starts to listen, and returns when connections are accepted.
  ///
  /// A `port` of zero is any that is free; `pace` is the time between two deltas of a reply, zero
  /// for as fast as the client reads; a body above `maxBodyBytes` is refused, because a request is
  /// held in memory as a whole; `encoder` makes encoded sound; `log` keeps every request, bodies included;
  /// `executor` runs the server's tasks, where those that tasks share by default will not do.
  package static func start(
    port: UInt16 = 0, pace: Duration = .milliseconds(15), maxBodyBytes: Int = 128 << 20,
    encoder: DemoEncoder = .ofThisMachine, log: RequestLog? = nil,
    executor: (any TaskExecutor)? = nil
  ) async throws(DemoServerError) -> DemoServer {
    let handler = DemoHandler(
      pace: pace, maxBodyBytes: maxBodyBytes, encoder: encoder, log: log)
    let failure = DemoServerError.cannotListen(port: port)
    guard let server = HTTPServer(loopbackPort: port, handler: handler) else { throw failure }
    let (ports, port) = AsyncStream.makeStream(of: UInt16?.self)
    let serving = Task(executorPreference: executor) { await server.run(telling: port) }
    guard let port = await ports.first(where: { _ in true }) ?? nil else {
      serving.cancel()
      throw failure
    }
    return DemoServer(server: server, handler: handler, serving: serving, port: port)
  }

  /// How many replies are being streamed at this moment.
  package var runningReplies: Int { handler.running.count }

  /// Stops listening, breaks off the replies that are running, and returns when all is closed.
  package func stop() async {
    await server.stop()
    await serving.value
  }

  /// Returns when the server has stopped.
  package func waitUntilStopped() async { await serving.value }
}

extension HTTPServer {
  /// A silent server on 127.0.0.1, with ten minutes for a request to arrive whole.
  fileprivate init?(loopbackPort port: UInt16, handler: DemoHandler) {
    guard
      let configuration = try? Configuration(
        address: .inet(ip4: "127.0.0.1", port: port), timeout: 600,
        sharedRequestBufferSize: 65_536, logger: .disabled)
    else { return nil }
    self.init(config: configuration, handler: handler)
  }

  /// Runs until it is stopped, and tells its port when it listens, or nil when it cannot.
  fileprivate func run(telling port: AsyncStream<UInt16?>.Continuation) async {
    await withDiscardingTaskGroup { group in
      group.addTask {
        try? await self.run()
        port.yield(nil)
      }
      group.addTask {
        try? await self.waitUntilListening(timeout: 120)
        if case .ip4(_, let number) = await self.listeningAddress { port.yield(number) }
      }
    }
  }
}
