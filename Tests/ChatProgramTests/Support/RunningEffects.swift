import ChatEngine
import ChatProgram
import Configuration
import Foundation
import Testing

/// An effect runner with a store of its own in a temporary folder, and what it posts.
struct RunningEffects {
  let folder: String
  let services: Services
  let runner: EffectRunner
  private let events: AsyncStream<EngineEvent>
  private let end: AsyncStream<EngineEvent>.Continuation

  /// A runner in a new folder, or as another program would be in one that is there.
  init(in folder: String? = nil) throws {
    self.folder = folder ?? NSTemporaryDirectory() + "runner-" + UUID().uuidString
    let installation = try Installation(Invocation(), environment: ["HOME": self.folder])
    services = Services(
      installation, directory: ServerDirectory(installation), patience: .seconds(10),
      backupDelay: .seconds(600))
    let (events, end) = AsyncStream.makeStream(of: EngineEvent.self)
    (self.events, self.end) = (events, end)
    runner = EffectRunner(services, post: { end.yield($0) })
  }

  /// The event that answers an effect: the first that comes.
  func answer(to effect: EngineEffect) async throws -> EngineEvent {
    runner.run(effect)
    return try await next()
  }

  func answer(to effect: StoreEffect) async throws -> StoreEvent? {
    guard case .store(let event) = try await answer(to: .store(effect)) else { return nil }
    return event
  }

  /// The next event; one that never comes ends with the suite's limit of time.
  func next() async throws -> EngineEvent {
    for await event in events { return event }
    throw CancellationError()
  }

  /// Ends the runner and the services; all that was posted and not read yet.
  @discardableResult
  func finish() async -> [EngineEvent] {
    await runner.finish()
    _ = await services.close()
    end.finish()
    return await events.reduce(into: []) { $0.append($1) }
  }

  /// Writes a file below the folder; its path.
  func write(_ text: String, to name: String) throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder + "/" + name
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }
}

/// An event that a test did not wait for.
struct UnexpectedEvent: Error {
  var description: String

  init(_ event: Any) { description = String(describing: event) }
}
