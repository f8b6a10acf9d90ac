import Synchronization

/// When an exchange is given up: so long after the last sign of progress, and not while the user is asked.
final class Deadline: Sendable {
  private struct State {
    var lastSign: ContinuousClock.Instant
    var questions = 0
    var asked = 0
  }

  let limit: Duration
  private let state: Mutex<State>

  init(_ limit: Duration) {
    self.limit = limit
    state = Mutex(State(lastSign: .now))
  }

  /// The server has said something of the exchange.
  func progress() { state.withLock { $0.lastSign = .now } }

  /// How often in one exchange a server may ask.
  static let questionLimit = 20

  /// Whether the server may ask once more.
  ///
  /// What it asks beyond that moves nothing: the exchange ends in its time.
  func mayAsk() -> Bool {
    state.withLock { state in
      state.asked += 1
      return state.asked <= Self.questionLimit
    }
  }

  /// The user is asked, or has answered.
  func asks(_ isAsking: Bool) {
    state.withLock { state in
      state.questions += isAsking ? 1 : -1
      state.lastSign = .now
    }
  }

  /// How long there still is; at most 0 where the time is up.
  private var rest: Duration {
    state.withLock { $0.questions > 0 ? limit : limit - $0.lastSign.duration(to: .now) }
  }

  /// Waits for `body` until the time is up; nil then, and where the task is cancelled, whatever `body`
  /// still does.
  func wait<Value: Sendable>(
    pausing pause: @escaping @Sendable (Duration) async throws -> Void,
    for body: @escaping @Sendable () async -> Value
  ) async -> Value? {
    await withTaskGroup(of: Value?.self) { group in
      group.addTask { await body() }
      group.addTask {
        while self.rest > .zero {
          do { try await pause(self.rest) } catch { return nil }
        }
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
  }
}
